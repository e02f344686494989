"""Plain Python, one row after the other."""

import math

import numpy as np


def smooth(labels, classes, epsilon):
    rows = [
        [epsilon / classes + (1 - epsilon) * (k == label) for k in range(classes)]
        for label in labels.tolist()
    ]
    return np.reshape(np.array(rows, dtype=np.float64), (len(labels), classes))


def loss_and_gradient(scores, labels, epsilon):
    n, classes = scores.shape
    total, gradient = 0.0, np.empty((n, classes))
    for i, target in enumerate(smooth(labels, classes, epsilon).tolist()):
        row = scores[i].tolist()
        top = max(row)
        log_sum = math.log(sum(math.exp(s - top) for s in row))
        for k, share in enumerate(target):
            log_softmax = row[k] - top - log_sum
            total -= share * log_softmax
            gradient[i, k] = (math.exp(log_softmax) - share) / n
    return total / n, gradient
