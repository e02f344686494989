# Puts all sines first and all cosines behind them.
import numpy as np


def positional_encoding(start, length, width, base):
    """Encodings of `length` positions from `start` on, (length, width)."""
    positions = np.arange(start, start + length)[:, None]
    angles = positions / base ** (np.arange(0, width, 2) / width)
    encoding = np.empty((length, width))
    encoding[:, : (width + 1) // 2] = np.sin(angles)
    encoding[:, (width + 1) // 2 :] = np.cos(angles[:, : width // 2])
    return encoding
