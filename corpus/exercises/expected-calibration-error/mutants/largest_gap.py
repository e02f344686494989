# Returns the largest gap instead of the mean one.
import numpy as np


def reliability(probabilities, labels, bins):
    """For each bin: number of examples, share correct, mean confidence."""
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == labels
    index = np.ceil(confidence * bins).astype(int) - 1
    sizes = np.bincount(index, minlength=bins)
    divisor = np.maximum(sizes, 1)
    share = np.bincount(index, correct, minlength=bins) / divisor
    return sizes, share, np.bincount(index, confidence, minlength=bins) / divisor


def expected_calibration_error(probabilities, labels, bins):
    """Mean gap between share correct and confidence, weighted by the size of the bins."""
    _, share, confidence = reliability(probabilities, labels, bins)
    return np.abs(share - confidence).max()
