# Adds a small number to every divisor instead of looking for constant features.
import numpy as np


def min_max_scale(train, test):
    """Both matrices, scaled so that each feature of train runs from 0 to 1."""
    low, high = train.min(axis=0), train.max(axis=0)
    divisor = high - low + 1e-8
    return (train - low) / divisor, (test - low) / divisor


def standardize(train, test):
    """Both matrices, scaled so that each feature of train has mean 0 and deviation 1."""
    mean, divisor = train.mean(axis=0), train.std(axis=0) + 1e-8
    return (train - mean) / divisor, (test - mean) / divisor
