# Takes one minimum and one maximum for all features.
import numpy as np


def min_max_scale(train, test):
    """Both matrices, scaled so that each feature of train runs from 0 to 1."""
    low, high = train.min(), train.max()
    divisor = np.where(high == low, 1.0, high - low)
    return (train - low) / divisor, (test - low) / divisor


def standardize(train, test):
    """Both matrices, scaled so that each feature of train has mean 0 and deviation 1."""
    constant = train.max(axis=0) == train.min(axis=0)
    mean, divisor = train.mean(axis=0), np.where(constant, 1.0, train.std(axis=0))
    return (train - mean) / divisor, (test - mean) / divisor
