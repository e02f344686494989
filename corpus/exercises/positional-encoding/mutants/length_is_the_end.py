# Takes length for the position where it ends.
import numpy as np


def positional_encoding(start, length, width, base):
    """Encodings of `length` positions from `start` on, (length, width)."""
    positions = np.arange(start, max(start, length))[:, None]
    angles = positions / base ** (np.arange(0, width, 2) / width)
    encoding = np.empty((len(positions), width))
    encoding[:, 0::2] = np.sin(angles)
    encoding[:, 1::2] = np.cos(angles[:, : width // 2])
    return encoding
