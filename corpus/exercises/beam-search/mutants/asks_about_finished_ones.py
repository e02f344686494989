# Asks the model about every hypothesis before it looks whether it is finished.
import numpy as np


def beam_search(next_log_probs, start, end, width, max_length, alpha):
    """The last beam as a list of (tokens, score), best first."""
    beam = [([start], 0.0)]
    for _ in range(max_length):
        candidates = []
        for tokens, score in beam:
            log_probs = next_log_probs(tokens)
            if finished(tokens, end):
                candidates.append((tokens, score))
                continue
            for token in np.flatnonzero(log_probs > -np.inf):
                candidates.append(([*tokens, int(token)], score + float(log_probs[token])))
        beam = sorted(candidates, key=lambda c: -c[1])[:width]
        if all(finished(tokens, end) for tokens, _ in beam):
            break
    return sorted(beam, key=lambda c: -c[1] / (len(c[0]) - 1) ** alpha)


def finished(tokens, end):
    """Whether the end token was generated last."""
    return len(tokens) > 1 and tokens[-1] == end
