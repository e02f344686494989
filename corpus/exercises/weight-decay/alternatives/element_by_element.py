import math

import numpy as np


def sgd_step(w, gradient, velocity, rate, beta, decay, decoupled):
    """One weight after the other."""
    new_w, new_velocity = np.empty_like(w), np.empty_like(w)
    for place, weight in np.ndenumerate(w):
        pull = decay * weight
        speed = beta * velocity[place] + gradient[place]
        if not decoupled:
            speed += pull
        weight -= rate * speed
        if decoupled:
            weight -= rate * pull
        new_w[place], new_velocity[place] = weight, speed
    return new_w, new_velocity


def adam_step(w, gradient, m, v, t, rate, beta1, beta2, eps, decay, decoupled):
    """One weight after the other."""
    new_w, new_m, new_v = np.empty_like(w), np.empty_like(w), np.empty_like(w)
    for place, weight in np.ndenumerate(w):
        pull, slope = decay * weight, gradient[place]
        if not decoupled:
            slope += pull
        first = beta1 * m[place] + (1 - beta1) * slope
        second = beta2 * v[place] + (1 - beta2) * slope**2
        weight -= rate * (first / (1 - beta1**t)) / (math.sqrt(second / (1 - beta2**t)) + eps)
        if decoupled:
            weight -= rate * pull
        new_w[place], new_m[place], new_v[place] = weight, first, second
    return new_w, new_m, new_v
