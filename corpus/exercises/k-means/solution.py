import numpy as np


def k_means(x, centres, max_steps):
    """Centres, index of each point's centre, and sum of squared distances."""
    centres = centres.copy()
    for _ in range(max_steps):
        labels, _ = nearest(x, centres)
        moved = means(x, labels, centres)
        if np.array_equal(moved, centres):
            break
        centres = moved
    labels, squares = nearest(x, centres)
    return centres, labels, squares.sum()


def nearest(x, centres):
    """Index of each point's nearest centre and the squared distance to it."""
    squares = ((x[:, None] - centres) ** 2).sum(axis=-1)
    return squares.argmin(axis=1), squares.min(axis=1)


def means(x, labels, centres):
    """Each centre at the mean of its points, or where it was if it has none."""
    moved = centres.copy()
    for j in np.unique(labels):
        moved[j] = x[labels == j].mean(axis=0)
    return moved
