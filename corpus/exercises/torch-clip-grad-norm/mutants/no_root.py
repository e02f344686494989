# Takes the sum of squares for the norm.
import math


def clip_grad_norm(parameters, max_norm):
    """Scales all gradients so that their common norm is at most max_norm; the norm before."""
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = sum(g.double().square().sum().item() for g in gradients)
    if max_norm < norm < math.inf:
        for gradient in gradients:
            gradient.mul_(max_norm / norm)
    return norm
