import numpy as np


def reliability(probabilities, labels, bins):
    """For each bin: number of examples, share correct, mean confidence."""
    raise NotImplementedError


def expected_calibration_error(probabilities, labels, bins):
    """Mean gap between share correct and confidence, weighted by the size of the bins."""
    raise NotImplementedError
