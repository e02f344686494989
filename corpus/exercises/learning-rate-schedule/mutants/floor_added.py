# Adds the floor to the whole cosine, which then starts above the peak.
import math


def warmup_cosine(step, peak, floor, warmup, total):
    """Rate of a step: linear warm-up, then half a cosine down to the floor."""
    if step < warmup:
        return peak * (step + 1) / warmup
    if step >= total:
        return floor
    progress = (step - warmup) / (total - warmup)
    return floor + peak * (1 + math.cos(math.pi * progress)) / 2


def step_decay(step, base, factor, milestones):
    """Rate of a step: multiplied by factor at every milestone."""
    reached = sum(step >= milestone for milestone in milestones)
    return base * factor**reached
