# Counts pairs with equal scores as won.
import numpy as np


def roc_curve(scores, labels):
    """False and true positive rates from (0, 0) on, one point for each different score."""
    return rates(scores, labels == 0), rates(scores, labels == 1)


def roc_auc(scores, labels):
    """Probability that a positive scores above a negative; ties count one half."""
    if not np.any(labels == 1) or not np.any(labels == 0):
        return np.nan
    false_rates, true_rates = roc_curve(scores, labels)
    return np.sum(np.diff(false_rates) * true_rates[1:])


def rates(scores, members):
    """Share of the members at or above each different score, highest score first, after a 0."""
    different, group = np.unique(-scores, return_inverse=True)
    counts = np.bincount(group[members], minlength=len(different))
    return np.concatenate([[0.0], np.cumsum(counts) / counts.sum()])
