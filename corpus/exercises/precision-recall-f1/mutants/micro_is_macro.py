# Averages quotients for micro too.
import numpy as np


def precision_recall_f1(actual, predicted, average):
    """Precision, recall and F1: for each label ("none"), or averaged ("macro", "micro")."""
    hits = (actual * predicted).sum(axis=0)
    claimed, present = predicted.sum(axis=0), actual.sum(axis=0)
    values = ratio(hits, claimed), ratio(hits, present), ratio(2 * hits, claimed + present)
    return tuple(value.mean() for value in values) if average != "none" else values


def ratio(part, whole):
    """part / whole, and 0 where whole is 0, as part is then."""
    return part / np.maximum(whole, 1)
