# Puts a confidence on an edge into the bin above it.
import numpy as np


def reliability(probabilities, labels, bins):
    """For each bin: number of examples, share correct, mean confidence."""
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == labels
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    sizes = np.bincount(index, minlength=bins)
    divisor = np.maximum(sizes, 1)
    share = np.bincount(index, correct, minlength=bins) / divisor
    return sizes, share, np.bincount(index, confidence, minlength=bins) / divisor


def expected_calibration_error(probabilities, labels, bins):
    """Mean gap between share correct and confidence, weighted by the size of the bins."""
    sizes, share, confidence = reliability(probabilities, labels, bins)
    return np.average(np.abs(share - confidence), weights=sizes)
