# Compares with the middle of the bin instead of the mean confidence.
import numpy as np


def reliability(probabilities, labels, bins):
    """For each bin: number of examples, share correct, mean confidence."""
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == labels
    index = np.ceil(confidence * bins).astype(int) - 1
    sizes = np.bincount(index, minlength=bins)
    divisor = np.maximum(sizes, 1)
    share = np.bincount(index, correct, minlength=bins) / divisor
    return sizes, share, np.where(sizes > 0, (np.arange(bins) + 0.5) / bins, 0.0)


def expected_calibration_error(probabilities, labels, bins):
    """Mean gap between share correct and confidence, weighted by the size of the bins."""
    sizes, share, confidence = reliability(probabilities, labels, bins)
    return np.average(np.abs(share - confidence), weights=sizes)
