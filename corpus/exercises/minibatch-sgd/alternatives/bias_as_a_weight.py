import numpy as np


def train(x, y, w, b, rate, batch_size, epochs, rng):
    """The bias is the weight of a column of ones."""
    design = np.column_stack([x, np.ones(len(x))])
    theta, steps = np.append(w, b), 0
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for batch in np.split(order, np.arange(batch_size, len(x), batch_size)):
            rows, targets = design[batch], y[batch]
            theta = theta - rate / len(batch) * (rows.T @ rows @ theta - rows.T @ targets)
            steps += 1
    return theta[:-1], theta[-1], steps
