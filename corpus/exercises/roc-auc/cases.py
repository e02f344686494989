"""Inputs and expected values for the ROC curve and the area under it."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def area(scores, labels):
    """Over all pairs, one positive at a time: wins and half the ties."""
    positives, negatives = scores[labels == 1], scores[labels == 0]
    if not len(positives) or not len(negatives):
        return np.nan
    wins = sum(
        np.count_nonzero(p > negatives) + np.count_nonzero(p == negatives) / 2 for p in positives
    )
    return wins / (len(positives) * len(negatives))


def area_of_whole_numbers(scores, labels):
    """The same from histograms of scores 0, 1, 2, ..."""
    positives, negatives = (
        np.bincount(scores[labels == c].astype(int), minlength=50) for c in (1, 0)
    )
    below = np.cumsum(negatives) - negatives / 2
    return positives @ below / (positives.sum() * negatives.sum())


def curve(scores, labels):
    thresholds = [np.inf, *sorted(set(scores.tolist()), reverse=True)]
    return tuple(np.array([np.mean(scores[labels == c] >= t) for t in thresholds]) for c in (0, 1))


def mixed(rng, n):
    """Labels in random order, both classes present."""
    return rng.permutation((np.arange(n) < max(1, int(n * rng.uniform(0.3, 0.6)))).astype(np.int64))


def whole(rng, labels, levels):
    """Scores with many ties; positives tend to score higher."""
    return np.clip(rng.integers(levels, size=len(labels)) + labels, 0, levels - 1).astype(float)


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*areas(rng), *without_a_class(rng), *curves(rng), *many(rng)]


def areas(rng):
    low, high = np.sort(rng.normal(size=2))
    labels = mixed(rng, 12)
    scores = labels + rng.normal(size=12)

    def case(name, en, zh, scores, labels):
        args = (scores, labels)
        return Case(name, Bilingual(en, zh), args, area(*args), call="roc_auc")

    return [
        case(
            "one pair in order",
            "A positive above the only negative gives 1.",
            "正样本的分数高于唯一的负样本时为 1。",
            np.array([low, high]), np.array([0, 1]),
        ),
        case(
            "one pair out of order",
            "A positive below the only negative gives 0.",
            "正样本的分数低于唯一的负样本时为 0。",
            np.array([low, high]), np.array([1, 0]),
        ),
        case(
            "equal scores, positives first",
            "Equal scores count one half, in whatever order the examples come.",
            "分数相等时算一半，与样本的先后顺序无关。",
            np.full(4, high), np.array([1, 1, 0, 0]),
        ),
        case(
            "equal scores, negatives first",
            "Equal scores count one half, in whatever order the examples come.",
            "分数相等时算一半，与样本的先后顺序无关。",
            np.full(5, high), np.array([0, 0, 0, 1, 1]),
        ),
        case(
            "no ties",
            "The area is the share of pairs in which the positive has the higher score.",
            "面积等于正样本分数更高的正负样本对所占的比例。",
            scores, labels,
        ),
        case(
            "large and negative scores",
            "Only the order of the scores counts; they need not be probabilities.",
            "只看分数的次序；分数不必是概率。",
            1e6 * scores - 5e6, labels,
        ),
        case(
            "some ties",
            "Pairs with equal scores count one half.",
            "分数相等的样本对算一半。",
            np.array([1, 2, 2, 2, 3, 3, 0, 1]) / 4, np.array([0, 1, 0, 1, 0, 1, 0, 1]),
        ),
    ]  # fmt: skip


def without_a_class(rng):
    why = Bilingual(
        "Without positives or without negatives there are no pairs: the result is nan.",
        "没有正样本或没有负样本时就没有样本对：结果为 nan。",
    )
    for name, labels in [
        ("no positives", np.zeros(3, dtype=np.int64)),
        ("no negatives", np.ones(3, dtype=np.int64)),
        ("no examples", np.zeros(0, dtype=np.int64)),
    ]:
        yield Case(name, why, (rng.normal(size=len(labels)), labels), np.nan, call="roc_auc")


def curves(rng):
    labels, more = mixed(rng, 6), mixed(rng, 30)

    def case(name, en, zh, scores, labels):
        args = (scores, labels)
        return Case(name, Bilingual(en, zh), args, curve(*args), call="roc_curve")

    return [
        case(
            "curve",
            "The curve starts at (0, 0) and ends at (1, 1), with a point for each different score.",
            "曲线从 (0, 0) 出发，到 (1, 1) 结束，每个不同的分数一个点。",
            rng.normal(size=6), labels,
        ),
        case(
            "curve of one score",
            "Examples with one and the same score pass the threshold together: only the two ends remain.",
            "分数全部相同的样本同时越过阈值：只剩首尾两个点。",
            np.full(6, rng.normal()), labels,
        ),
        case(
            "curve with ties",
            "Equal scores give a single point, counted after all of them.",
            "相同的分数只给出一个点，在它们全部计入之后。",
            whole(rng, more, 6), more,
        ),
    ]  # fmt: skip


def many(rng):
    labels = mixed(rng, 30000)
    scores = whole(rng, labels, 50)
    yield Case(
        "many examples",
        Bilingual(
            "Tens of thousands of examples make hundreds of millions of pairs; sorting is enough.",
            "几万个样本有几亿个样本对；排序就够了。",
        ),
        (scores, labels),
        area_of_whole_numbers(scores, labels),
        call="roc_auc",
    )
