"""The smoothed loss as a mixture: cross-entropy with the label, and with the uniform distribution."""

import numpy as np


def smooth(labels, classes, epsilon):
    targets = np.full((len(labels), classes), epsilon / classes)
    targets[np.arange(len(labels)), labels] += 1 - epsilon
    return targets


def loss_and_gradient(scores, labels, epsilon):
    logs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    rows = np.arange(len(labels))
    of_label, of_all = -logs[rows, labels].mean(), -logs.mean(axis=1).mean()
    gradient = np.exp(logs) - epsilon / scores.shape[1]
    gradient[rows, labels] -= 1 - epsilon
    return (1 - epsilon) * of_label + epsilon * of_all, gradient / len(labels)
