import math


def warmup_cosine(step, peak, floor, warmup, total):
    """The share of the cosine as a squared sine of what is left."""
    ramp = (step + 1) / max(warmup, 1)
    left = (total - step) / max(total - warmup, 1)
    share = math.sin(math.pi / 2 * min(max(left, 0.0), 1.0)) ** 2
    return peak * ramp if step < warmup else share * peak + (1 - share) * floor


def step_decay(step, base, factor, milestones):
    rate = base
    for milestone in milestones:
        if milestone > step:
            break
        rate *= factor
    return rate
