# Clips every gradient by its own norm.
import math


def clip_grad_norm(parameters, max_norm):
    """Scales all gradients so that their common norm is at most max_norm; the norm before."""
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = math.sqrt(sum(g.double().square().sum().item() for g in gradients))
    for gradient in gradients:
        own = gradient.double().norm().item()
        if max_norm < own < math.inf:
            gradient.mul_(max_norm / own)
    return norm
