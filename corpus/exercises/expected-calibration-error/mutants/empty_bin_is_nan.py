# Divides 0 by 0 in an empty bin.
import numpy as np


def reliability(probabilities, labels, bins):
    """For each bin: number of examples, share correct, mean confidence."""
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == labels
    index = np.ceil(confidence * bins).astype(int) - 1
    sizes = np.bincount(index, minlength=bins)
    divisor = sizes
    share = np.bincount(index, correct, minlength=bins) / divisor
    return sizes, share, np.bincount(index, confidence, minlength=bins) / divisor


def expected_calibration_error(probabilities, labels, bins):
    """Mean gap between share correct and confidence, weighted by the size of the bins."""
    sizes, share, confidence = reliability(probabilities, labels, bins)
    return np.nansum(np.abs(share - confidence) * sizes) / sizes.sum()
