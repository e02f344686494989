"""One feature after the other, in plain numbers."""

import math

import numpy as np


def scaled(train, test, fit):
    """Both matrices, with the offset and divisor that `fit` finds for each column of train."""
    results = np.empty_like(train), np.empty_like(test)
    for feature in range(train.shape[1]):
        column = train[:, feature].tolist()
        offset, divisor = fit(column)
        if all(value == column[0] for value in column):
            offset, divisor = column[0], 1.0
        for result, source in zip(results, (train, test), strict=True):
            result[:, feature] = [
                (value - offset) / divisor for value in source[:, feature].tolist()
            ]
    return results


def min_max_scale(train, test):
    return scaled(train, test, lambda column: (min(column), max(column) - min(column)))


def standardize(train, test):
    def fit(column):
        mean = math.fsum(column) / len(column)
        return mean, math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(column))

    return scaled(train, test, fit)
