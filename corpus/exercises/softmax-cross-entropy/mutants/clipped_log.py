# Takes the logarithm of a clipped probability: large losses stop at a ceiling.
import numpy as np


def loss_and_gradient(scores, labels):
    rows = np.arange(len(labels))
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    loss = -np.log(np.maximum(shares[rows, labels], 1e-12)).mean()
    shares[rows, labels] -= 1
    return loss, shares / len(labels)
