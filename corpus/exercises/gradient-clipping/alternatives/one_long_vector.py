import numpy as np


def clip_by_norm(gradients, max_norm):
    """All elements behind one another in one vector; what is too long is divided by its norm."""
    flat = np.concatenate([np.zeros(0), *(np.ravel(g) for g in gradients)])
    norm = float(np.linalg.norm(flat))
    if norm > max_norm:
        flat = flat / norm * max_norm
    ends = np.cumsum([g.size for g in gradients], dtype=int)
    parts = np.split(flat, ends)[: len(gradients)]
    clipped = zip(parts, gradients, strict=True)
    return [part.reshape(g.shape).astype(g.dtype) for part, g in clipped], norm


def clip_by_value(gradients, limit):
    clipped = []
    for g in gradients:
        new = g.copy()
        new[new > limit] = limit
        new[new < -limit] = -limit
        clipped.append(new)
    return clipped
