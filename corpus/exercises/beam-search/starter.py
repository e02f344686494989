import numpy as np


def beam_search(next_log_probs, start, end, width, max_length, alpha):
    """The last beam as a list of (tokens, score), best first."""
    raise NotImplementedError
