import numpy as np


def reliability(probabilities, labels, bins):
    """For each bin: number of examples, share correct, mean confidence."""
    members = [[] for _ in range(bins)]
    for row, label in zip(probabilities.tolist(), labels.tolist(), strict=True):
        confidence = max(row)
        place = next(b for b in range(bins) if confidence <= (b + 1) / bins or b == bins - 1)
        members[place].append((row.index(confidence) == label, confidence))
    sizes = np.array([len(group) for group in members])
    share = np.array([mean(right for right, _ in group) for group in members])
    return (
        sizes,
        share,
        np.array([mean(confidence for _, confidence in group) for group in members]),
    )


def mean(numbers):
    """Mean of some numbers, 0 of none."""
    numbers = list(numbers)
    return sum(numbers) / len(numbers) if numbers else 0.0


def expected_calibration_error(probabilities, labels, bins):
    """Mean gap between share correct and confidence, weighted by the size of the bins."""
    total = 0.0
    for size, share, confidence in zip(*reliability(probabilities, labels, bins), strict=True):
        total += size * abs(share - confidence)
    return total / len(labels)
