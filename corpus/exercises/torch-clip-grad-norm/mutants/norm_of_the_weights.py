# Takes the norm of the parameters instead of their gradients.
import math


def clip_grad_norm(parameters, max_norm):
    """Scales all gradients so that their common norm is at most max_norm; the norm before."""
    parameters = [p for p in parameters if p.grad is not None]
    gradients = [p.grad for p in parameters]
    norm = math.sqrt(sum(p.detach().double().square().sum().item() for p in parameters))
    if max_norm < norm < math.inf:
        for gradient in gradients:
            gradient.mul_(max_norm / norm)
    return norm
