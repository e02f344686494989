# Computes the angles in float32.
import numpy as np


def positional_encoding(start, length, width, base):
    """Encodings of `length` positions from `start` on, (length, width)."""
    positions = np.arange(start, start + length)[:, None]
    angles = positions.astype(np.float32) / np.float32(base) ** (
        np.arange(0, width, 2) / width
    ).astype(np.float32)
    encoding = np.empty((length, width))
    encoding[:, 0::2] = np.sin(angles)
    encoding[:, 1::2] = np.cos(angles[:, : width // 2])
    return encoding
