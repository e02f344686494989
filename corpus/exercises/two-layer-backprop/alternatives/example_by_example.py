"""One example after the other, with outer products and running sums."""

import numpy as np


def loss_and_gradients(x, labels, W1, b1, W2, b2):
    total = 0.0
    sums = [np.zeros_like(p) for p in (W1, b1, W2, b2)]
    for example, label in zip(x, labels, strict=True):
        before = W1.T @ example + b1
        open_ = np.where(before > 0, 1.0, 0.0)
        scores = W2.T @ (open_ * before) + b2
        top = scores.max()
        log_total = top + np.log(np.exp(scores - top).sum())
        total += log_total - scores[label]
        error = np.exp(scores - log_total)
        error[label] -= 1
        delta = open_ * (W2 @ error)
        parts = np.outer(example, delta), delta, np.outer(open_ * before, error), error
        for into, part in zip(sums, parts, strict=True):
            into += part
    return total / len(x), *(s / len(x) for s in sums)
