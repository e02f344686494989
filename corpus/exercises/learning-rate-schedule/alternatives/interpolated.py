import bisect

import numpy as np


def warmup_cosine(step, peak, floor, warmup, total):
    """The angle grows evenly between two fixed steps and stands still outside of them."""
    if step in range(warmup):
        return np.linspace(0.0, peak, warmup + 1)[step + 1]
    angle = np.interp(step, [warmup, total], [0.0, np.pi]) if step < total else np.pi
    return (peak + floor) / 2 + (peak - floor) / 2 * np.cos(angle)


def step_decay(step, base, factor, milestones):
    return base * factor ** bisect.bisect_right(milestones, step)
