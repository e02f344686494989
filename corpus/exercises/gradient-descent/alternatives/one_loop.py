import math


def descend(f, grad, x, rate, tolerance, max_steps):
    """One loop: each turn tries a point, and either goes there or halves the step."""
    value, steps, t = f(x), 0, rate
    g = grad(x)
    squared = math.fsum(g * g)
    while math.sqrt(squared) > tolerance and steps < max_steps:
        trial = x - t * g
        reached = f(trial)
        if math.isnan(reached) or reached > value - 0.25 * t * squared:
            t *= 0.5
            continue
        x, value, steps, t = trial, reached, steps + 1, rate
        g = grad(x)
        squared = math.fsum(g * g)
    return x, steps, math.sqrt(squared) <= tolerance
