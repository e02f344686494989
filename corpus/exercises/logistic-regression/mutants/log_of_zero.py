# Takes the logarithm of probabilities that have become 0.
import numpy as np


def normalize(X):
    """Columns scaled to 0..1; constant columns become 0."""
    low, high = X.min(axis=0), X.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    return (X - low) / span


def logistic(z):
    """1 / (1 + exp(-z)) for each element."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def cost(w, X, y):
    """Mean cross-entropy."""
    p = logistic(X @ w)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def gradient(w, X, y):
    """Gradient of the cost with respect to w."""
    return X.T @ (logistic(X @ w) - y) / len(y)


def descend(X, y, rate, tolerance, max_steps):
    """Gradient descent from zero: the weights, and the number of steps."""
    w = np.zeros(X.shape[1])
    before = cost(w, X, y)
    for step in range(1, max_steps + 1):
        w = w - rate * gradient(w, X, y)
        now = cost(w, X, y)
        if abs(before - now) < tolerance:
            return w, step
        before = now
    return w, max_steps


def predict(w, X):
    """1 where the probability is at least 0.5, else 0."""
    return (X @ w >= 0).astype(np.int64)
