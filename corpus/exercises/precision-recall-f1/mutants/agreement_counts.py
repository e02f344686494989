# Counts agreement on absent labels as hits.
import numpy as np


def precision_recall_f1(actual, predicted, average):
    """Precision, recall and F1: for each label ("none"), or averaged ("macro", "micro")."""
    hits = (actual == predicted).sum(axis=0)
    claimed, present = predicted.sum(axis=0), actual.sum(axis=0)
    if average == "micro":
        hits, claimed, present = hits.sum(), claimed.sum(), present.sum()
    values = ratio(hits, claimed), ratio(hits, present), ratio(2 * hits, claimed + present)
    return tuple(value.mean() for value in values) if average == "macro" else values


def ratio(part, whole):
    """part / whole, and 0 where whole is 0, as part is then."""
    return part / np.maximum(whole, 1)
