# Clips the scores against overflow instead of shifting them.
import numpy as np


def softmax(x):
    powers = np.exp(np.clip(x, -500, 500))
    return powers / powers.sum(axis=1, keepdims=True)
