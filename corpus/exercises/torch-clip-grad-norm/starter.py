import torch


def clip_grad_norm(parameters, max_norm):
    """Scales all gradients so that their common norm is at most max_norm; the norm before."""
    raise NotImplementedError
