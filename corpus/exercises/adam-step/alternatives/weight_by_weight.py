import math

import numpy as np


def adam_step(w, gradient, m, v, t, rate, beta1, beta2, eps):
    """One weight after the other, in plain numbers."""
    result = [np.array(w), np.array(m), np.array(v)]
    for place in np.ndindex(w.shape):
        g = float(gradient[place])
        first = beta1 * float(m[place]) + (1 - beta1) * g
        second = beta2 * float(v[place]) + (1 - beta2) * g * g
        step = first / (1 - beta1**t) / (math.sqrt(second / (1 - beta2**t)) + eps)
        result[0][place] -= rate * step
        result[1][place], result[2][place] = first, second
    return tuple(result)
