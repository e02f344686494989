# Takes the last of equally good thresholds.
import numpy as np


def predict(x, feature, threshold, polarity):
    """polarity where the feature is above the threshold, else -polarity."""
    return np.where(x[:, feature] > threshold, polarity, -polarity)


def best_stump(x, y, weights):
    """Feature, threshold, polarity and weighted error of the best stump."""
    found = [(feature, *best_split(x[:, feature], y, weights)) for feature in range(x.shape[1])]
    return min(found, key=lambda stump: stump[-1])


def best_split(column, y, weights):
    """Threshold, polarity and error of the best stump on one feature."""
    values, group = np.unique(column, return_inverse=True)
    thresholds = np.concatenate([[-np.inf], (values[:-1] + values[1:]) / 2])
    net = np.bincount(group, weights * y)
    error_plus = weights[y < 0].sum() + np.cumsum(net) - net
    errors = np.stack([error_plus, weights.sum() - error_plus], axis=1)
    i = len(errors) - 1 - errors.min(axis=1)[::-1].argmin()
    j = errors[i].argmin()
    return thresholds[i], (1, -1)[j], errors[i, j]
