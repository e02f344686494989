import numpy as np


def min_max_scale(train, test):
    """Both matrices, scaled so that each feature of train runs from 0 to 1."""
    raise NotImplementedError


def standardize(train, test):
    """Both matrices, scaled so that each feature of train has mean 0 and deviation 1."""
    raise NotImplementedError
