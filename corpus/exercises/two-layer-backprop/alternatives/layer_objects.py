"""Layers as objects which remember what they need for the way back."""

import numpy as np


class Linear:
    def __init__(self, W, b):
        self.W = np.vstack([W, b])

    def forward(self, x):
        self.x = np.column_stack([x, np.ones(len(x))])
        return self.x @ self.W

    def backward(self, upstream):
        stacked = np.einsum("ni,no->io", self.x, upstream)
        self.gradients = stacked[:-1], stacked[-1]
        return np.einsum("no,io->ni", upstream, self.W[:-1])


class Relu:
    def forward(self, x):
        self.x = x
        return (x + np.abs(x)) / 2

    def backward(self, upstream):
        return np.where(self.x > 0, upstream, 0.0)


class CrossEntropy:
    def __init__(self, labels):
        self.labels = labels

    def forward(self, scores):
        self.hot = np.arange(scores.shape[1]) == self.labels[:, None]
        self.logs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
        return -self.logs[self.hot].mean()

    def backward(self):
        return (np.exp(self.logs) - self.hot) / len(self.labels)


def loss_and_gradients(x, labels, W1, b1, W2, b2):
    layers = first, _, second = Linear(W1, b1), Relu(), Linear(W2, b2)
    for layer in layers:
        x = layer.forward(x)
    end = CrossEntropy(labels)
    loss, upstream = end.forward(x), end.backward()
    for layer in reversed(layers):
        upstream = layer.backward(upstream)
    return loss, *first.gradients, *second.gradients
