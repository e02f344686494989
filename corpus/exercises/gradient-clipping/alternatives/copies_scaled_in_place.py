import math

import numpy as np


def clip_by_norm(gradients, max_norm):
    """The norm of the norms; copies are scaled where that is needed."""
    norm = math.hypot(*(np.linalg.norm(np.asarray(g, dtype=np.float64)) for g in gradients))
    copies = [np.array(g) for g in gradients]
    if norm > max_norm:
        for copy in copies:
            copy *= max_norm / norm
    return copies, norm


def clip_by_value(gradients, limit):
    return [np.sign(g) * np.minimum(np.abs(g), limit) for g in gradients]
