import math

import numpy as np


def positional_encoding(start, length, width, base):
    """One number after the other."""
    encoding = np.zeros((length, width))
    for row in range(length):
        for column in range(width):
            pair = column // 2
            angle = (start + row) / base ** (2 * pair / width)
            encoding[row, column] = math.cos(angle) if column % 2 else math.sin(angle)
    return encoding
