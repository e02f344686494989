import numpy as np


def precision_recall_f1(actual, predicted, average):
    """Precision, recall and F1: for each label ("none"), or averaged ("macro", "micro")."""
    counts = [count(actual[:, j], predicted[:, j]) for j in range(actual.shape[1])]
    if average == "micro":
        tp, fp, fn = (sum(column) for column in zip(*counts, strict=True))
        return values(tp, fp, fn)
    columns = [np.array(column) for column in zip(*(values(*each) for each in counts), strict=True)]
    if average == "macro":
        return tuple(sum(column) / len(column) for column in columns)
    return tuple(columns)


def count(actual, predicted):
    """True positives, false positives and false negatives of one label."""
    tp = fp = fn = 0
    for is_so, said_so in zip(actual, predicted, strict=True):
        tp += bool(is_so and said_so)
        fp += bool(said_so and not is_so)
        fn += bool(is_so and not said_so)
    return tp, fp, fn


def values(tp, fp, fn):
    """The three values, 0 instead of 0 / 0."""
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0
