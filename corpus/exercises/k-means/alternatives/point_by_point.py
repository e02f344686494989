import numpy as np


def k_means(x, centres, max_steps):
    """Centres, index of each point's centre, and sum of squared distances."""
    points, current = x.tolist(), centres.tolist()
    for _ in range(max_steps):
        groups = [[] for _ in current]
        for point in points:
            groups[closest(point, current)].append(point)
        for j, group in enumerate(groups):
            if group:
                current[j] = [sum(column) / len(group) for column in zip(*group, strict=True)]
    labels = [closest(point, current) for point in points]
    total = sum(square(point, current[j]) for point, j in zip(points, labels, strict=True))
    return np.array(current), np.array(labels), total


def closest(point, centres):
    """Index of the nearest centre, the first of equals."""
    return min(range(len(centres)), key=lambda j: square(point, centres[j]))


def square(p, q):
    """Squared distance of two points."""
    return sum((a - b) ** 2 for a, b in zip(p, q, strict=True))
