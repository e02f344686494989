# Standardises every example over its features.
import numpy as np


def min_max_scale(train, test):
    """Both matrices, scaled so that each feature of train runs from 0 to 1."""
    low, high = train.min(axis=0), train.max(axis=0)
    divisor = np.where(high == low, 1.0, high - low)
    return (train - low) / divisor, (test - low) / divisor


def standardize(train, test):
    """Both matrices, scaled so that each feature of train has mean 0 and deviation 1."""
    return tuple(
        (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True) for x in (train, test)
    )
