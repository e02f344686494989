import heapq
import itertools
import math


def beam_search(next_log_probs, start, end, width, max_length, alpha):
    """Linked hypotheses; a bounded heap whose keys break ties by the order of listing."""
    beam = [Hypothesis(None, start, 0.0, 0)]
    steps = 0
    while steps < max_length and not all(h.ends_with(end) for h in beam):
        listed = itertools.count()
        candidates = (
            (-h.score, next(listed), h) for old in beam for h in old.followers(next_log_probs, end)
        )
        beam = [h for _, _, h in heapq.nsmallest(width, candidates)]
        steps += 1
    ranked = sorted(
        enumerate(beam), key=lambda item: (-item[1].score / item[1].length ** alpha, item[0])
    )
    return [(h.tokens(), h.score) for _, h in ranked]


class Hypothesis:
    """A token, its score so far, and what came before it."""

    def __init__(self, before, token, score, length):
        self.before, self.token, self.score, self.length = before, token, score, length

    def ends_with(self, end):
        return self.length > 0 and self.token == end

    def tokens(self):
        return [self.token] if self.before is None else [*self.before.tokens(), self.token]

    def followers(self, next_log_probs, end):
        if self.ends_with(end):
            yield self
            return
        for token, log_prob in enumerate(next_log_probs(self.tokens()).tolist()):
            if log_prob != -math.inf:
                yield Hypothesis(self, token, self.score + log_prob, self.length + 1)
