import math


def warmup_cosine(step, peak, floor, warmup, total):
    """Rate of a step: linear warm-up, then half a cosine down to the floor."""
    raise NotImplementedError


def step_decay(step, base, factor, milestones):
    """Rate of a step: multiplied by factor at every milestone."""
    raise NotImplementedError
