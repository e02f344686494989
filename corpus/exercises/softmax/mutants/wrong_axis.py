# Normalises down the columns instead of along the rows.
import numpy as np


def softmax(x):
    powers = np.exp(x - x.max(axis=0, keepdims=True, initial=-np.inf))
    return powers / powers.sum(axis=0, keepdims=True)
