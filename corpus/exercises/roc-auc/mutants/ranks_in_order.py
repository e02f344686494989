# Gives equal scores different ranks in the order they come in.
import numpy as np


def roc_curve(scores, labels):
    """False and true positive rates from (0, 0) on, one point for each different score."""
    return rates(scores, labels == 0), rates(scores, labels == 1)


def roc_auc(scores, labels):
    """Probability that a positive scores above a negative; ties count one half."""
    if not np.any(labels == 1) or not np.any(labels == 0):
        return np.nan
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    positives = int(labels.sum())
    wins = ranks[labels == 1].sum() - positives * (positives + 1) / 2
    return wins / (positives * (len(labels) - positives))


def rates(scores, members):
    """Share of the members at or above each different score, highest score first, after a 0."""
    different, group = np.unique(-scores, return_inverse=True)
    counts = np.bincount(group[members], minlength=len(different))
    return np.concatenate([[0.0], np.cumsum(counts) / counts.sum()])
