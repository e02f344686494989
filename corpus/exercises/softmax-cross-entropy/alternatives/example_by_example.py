import math

import numpy as np


def loss_and_gradient(scores, labels):
    """One example after the other, in plain Python."""
    gradient, losses = np.zeros(scores.shape), []
    for i, (row, label) in enumerate(zip(scores.tolist(), labels, strict=True)):
        largest = max(row)
        powers = [math.exp(score - largest) for score in row]
        total = math.fsum(powers)
        losses.append(largest - row[label] + math.log(total))
        for j, power in enumerate(powers):
            gradient[i, j] = (power / total - (j == label)) / len(labels)
    return math.fsum(losses) / len(labels), gradient
