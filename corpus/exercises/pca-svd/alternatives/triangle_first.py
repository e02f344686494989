import numpy as np


def fit(x, k):
    """Mean (features,), directions (k, features) and their shares of the variance (k,)."""
    mean = sum(x) / len(x)
    centred = x - mean
    _, triangle = np.linalg.qr(centred)
    left, lengths, _ = np.linalg.svd(triangle.T)
    total = np.einsum("ij,ij->", centred, centred)
    shares = [length**2 / total if total else 0.0 for length in lengths[:k]]
    return mean, left.T[:k], np.array(shares)


def project(x, mean, components):
    """Coordinates (examples, k) along the components."""
    return np.stack([(x - mean) @ direction for direction in components], axis=1)


def reconstruct(z, mean, components):
    """Points (examples, features) with these coordinates."""
    points = np.tile(mean, (len(z), 1))
    for coordinates, direction in zip(z.T, components, strict=True):
        points += np.outer(coordinates, direction)
    return points
