import numpy as np


def roc_curve(scores, labels):
    """False and true positive rates from (0, 0) on, one point for each different score."""
    negatives, positives = np.sort(scores[labels == 0]), np.sort(scores[labels == 1])
    points = [(0.0, 0.0)]
    for score in sorted(set(scores.tolist()), reverse=True):
        points.append((share_from(negatives, score), share_from(positives, score)))
    false_rates, true_rates = zip(*points, strict=True)
    return np.array(false_rates), np.array(true_rates)


def share_from(ascending, score):
    """Share of sorted numbers that are at least the score."""
    return 1 - np.searchsorted(ascending, score, side="left") / len(ascending)


def roc_auc(scores, labels):
    """Probability that a positive scores above a negative; ties count one half."""
    ascending = np.sort(scores)
    below = np.searchsorted(ascending, scores, side="left")
    up_to = np.searchsorted(ascending, scores, side="right")
    ranks = (below + 1 + up_to) / 2
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if positives == 0 or negatives == 0:
        return float("nan")
    least = positives * (positives + 1) / 2
    return (ranks[labels == 1].sum() - least) / (positives * negatives)
