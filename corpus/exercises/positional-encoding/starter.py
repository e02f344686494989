import numpy as np


def positional_encoding(start, length, width, base):
    """Encodings of `length` positions from `start` on, (length, width)."""
    raise NotImplementedError
