"""Both corrections are folded into one rate and a larger eps, so that no corrected array is needed."""

import math


def adam_step(w, gradient, m, v, t, rate, beta1, beta2, eps):
    m = m + (1 - beta1) * (gradient - m)
    v = v + (1 - beta2) * (gradient * gradient - v)
    root = math.sqrt(1 - beta2**t)
    rate_now = rate * root / (1 - beta1**t)
    return w - rate_now * m / (v**0.5 + eps * root), m, v
