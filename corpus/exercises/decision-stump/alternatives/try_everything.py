from itertools import pairwise

import numpy as np


def predict(x, feature, threshold, polarity):
    """polarity where the feature is above the threshold, else -polarity."""
    return np.array([polarity if value > threshold else -polarity for value in x[:, feature]])


def best_stump(x, y, weights):
    """Feature, threshold, polarity and weighted error of the best stump."""
    best = None
    for feature in range(x.shape[1]):
        values = sorted(set(x[:, feature].tolist()))
        middles = [(a + b) / 2 for a, b in pairwise(values)]
        for threshold in [-np.inf, *middles]:
            for polarity in (1, -1):
                wrong = predict(x, feature, threshold, polarity) != y
                error = float(weights[wrong].sum())
                if best is None or error < best[-1]:
                    best = feature, threshold, polarity, error
    return best
