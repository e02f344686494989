import numpy as np


def predict(x, feature, threshold, polarity):
    """polarity where the feature is above the threshold, else -polarity."""
    raise NotImplementedError


def best_stump(x, y, weights):
    """Feature, threshold, polarity and weighted error of the best stump."""
    raise NotImplementedError
