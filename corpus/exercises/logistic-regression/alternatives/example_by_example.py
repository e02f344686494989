"""Plain Python, one example after the other; the cost from the distance on the right side of the boundary."""

import math

import numpy as np


def normalize(X):
    columns = []
    for column in X.T:
        low, span = column.min(), np.ptp(column)
        columns.append((column - low) / span if span > 0 else np.zeros(len(column)))
    return np.stack(columns, axis=1)


def logistic(z):
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


def cost(w, X, y):
    margins = [(2 * label - 1) * float(row @ w) for row, label in zip(X, y, strict=True)]
    return sum(max(-m, 0.0) + math.log1p(math.exp(-abs(m))) for m in margins) / len(margins)


def gradient(w, X, y):
    total = np.zeros(len(w))
    for row, label in zip(X, y, strict=True):
        total += (logistic(row @ w) - label) * row
    return total / len(y)


def descend(X, y, rate, tolerance, max_steps):
    w, taken, change = np.zeros(X.shape[1]), 0, math.inf
    now = cost(w, X, y)
    while taken < max_steps and not change < tolerance:
        w = w - rate * gradient(w, X, y)
        before, now = now, cost(w, X, y)
        change, taken = abs(now - before), taken + 1
    return w, taken


def predict(w, X):
    return np.array([int(row @ w >= 0) for row in X])
