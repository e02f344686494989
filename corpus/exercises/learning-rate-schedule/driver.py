"""Asks an answer's schedules for the rates of several steps."""


def cosine_rates(answer, steps, peak, floor, warmup, total):
    return [answer.warmup_cosine(step, peak, floor, warmup, total) for step in steps]


def decayed_rates(answer, steps, base, factor, milestones):
    return [answer.step_decay(step, base, factor, milestones) for step in steps]
