import numpy as np


def smooth(labels, classes, epsilon):
    """Targets (examples, classes): one-hot with a share epsilon spread over all classes."""
    return (1 - epsilon) * np.eye(classes)[labels] + epsilon / classes


def loss_and_gradient(scores, labels, epsilon):
    """Mean cross-entropy with smoothed targets, and its gradient with respect to the scores."""
    n, classes = scores.shape
    targets = smooth(labels, classes, epsilon)
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -(targets * logs).sum() / n
    return loss, (np.exp(logs) - targets) / n
