# Puts new tensors in the place of the gradients.
import math


def clip_grad_norm(parameters, max_norm):
    """Scales all gradients so that their common norm is at most max_norm; the norm before."""
    parameters = [p for p in parameters if p.grad is not None]
    gradients = [p.grad for p in parameters]
    norm = math.sqrt(sum(g.double().square().sum().item() for g in gradients))
    if max_norm < norm < math.inf:
        for p in parameters:
            p.grad = p.grad * (max_norm / norm)
    return norm
