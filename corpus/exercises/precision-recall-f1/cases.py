"""Inputs and expected values for precision, recall and F1, in exact fractions."""

from fractions import Fraction

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def counts(actual, predicted):
    """TP, FP and FN of each label."""
    for is_so, said_so in zip(actual.T == 1, predicted.T == 1, strict=True):
        pairs = list(zip(is_so.tolist(), said_so.tolist(), strict=True))
        yield pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False))


def values(tp, fp, fn):
    wholes = (tp, tp + fp), (tp, tp + fn), (2 * tp, 2 * tp + fp + fn)
    return [Fraction(part, whole) if whole else Fraction(0) for part, whole in wholes]


def right(actual, predicted, average):
    each = list(counts(actual, predicted))
    if average == "micro":
        return tuple(float(v) for v in values(*map(sum, zip(*each, strict=True))))
    columns = list(zip(*(values(*label) for label in each), strict=True))
    if average == "macro":
        return tuple(float(sum(column) / len(column)) for column in columns)
    return tuple(np.array([float(v) for v in column]) for column in columns)


def case(name, en, zh, actual, predicted, average):
    args = (actual, predicted, average)
    return Case(name, Bilingual(en, zh), args, right(*args))


def drawn(rng, n, labels):
    """Labels of very different frequency, and predictions that miss some and add others."""
    actual = rng.random((n, labels)) < np.linspace(0.15, 0.8, labels)
    predicted = np.where(rng.random((n, labels)) < 0.3, rng.random((n, labels)) < 0.4, actual)
    return actual.astype(np.int64), predicted.astype(np.int64)


def uneven(rng):
    """Two labels in random order of examples: a frequent one predicted well, a rare one badly."""
    actual = np.array([[1, 0], [1, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
    predicted = np.array([[1, 1], [1, 1], [1, 0], [0, 1], [0, 0], [0, 1]])
    order = rng.permutation(6)
    return actual[order], predicted[order]


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*small(rng), *without_positives(rng), *larger(rng)]


def small(rng):
    actual, predicted = uneven(rng)
    return [
        case(
            "one label",
            "Precision divides by what was predicted, recall by what is there.",
            "精确率除以预测为正的数量，召回率除以实际为正的数量。",
            actual[:, :1].copy(), predicted[:, :1].copy(), "none",
        ),
        case(
            "each label",
            "Counts run over the examples, for each label by itself.",
            "对样本计数，每个标签各算各的。",
            actual, predicted, "none",
        ),
        case(
            "macro",
            "Macro F1 is the mean of the labels' F1 values, not the F1 of macro precision and recall.",
            "宏平均 F1 是各标签 F1 的平均，而不是由宏平均精确率和召回率算出的 F1。",
            actual, predicted, "macro",
        ),
        case(
            "micro",
            "Micro averages add up the counts of all labels before dividing.",
            "微平均先把所有标签的计数加起来，再相除。",
            actual, predicted, "micro",
        ),
    ]  # fmt: skip


def without_positives(rng):
    actual, predicted = uneven(rng)
    nowhere = np.column_stack([actual, np.zeros(6, dtype=np.int64)])
    unclaimed = np.column_stack([predicted, np.zeros(6, dtype=np.int64)])
    nothing = np.zeros_like(actual)
    empty = np.zeros((0, 2), dtype=np.int64)
    return [
        case(
            "no positive predictions",
            "Without positive predictions precision would be 0 / 0; it is set to 0.",
            "没有预测为正的样本时精确率是 0 / 0；规定为 0。",
            actual, nothing, "none",
        ),
        case(
            "nothing to find",
            "Without positive examples recall would be 0 / 0; it is set to 0.",
            "没有正样本时召回率是 0 / 0；规定为 0。",
            nothing, predicted, "none",
        ),
        case(
            "label that occurs nowhere",
            "A label that is neither there nor predicted has the values 0 and counts in the macro mean.",
            "既未出现也未被预测的标签取值为 0，并计入宏平均。",
            nowhere, unclaimed, "macro",
        ),
        case(
            "micro without any positives",
            "The rule for 0 / 0 holds for summed counts too.",
            "求和之后的计数遇到 0 / 0，规则相同。",
            nothing, nothing.copy(), "micro",
        ),
        case(
            "no examples",
            "Without examples every value is 0.",
            "没有样本时所有值都是 0。",
            empty, empty.copy(), "none",
        ),
    ]  # fmt: skip


def larger(rng):
    actual, predicted = drawn(rng, 80, 6)
    for average in ("none", "macro", "micro"):
        yield case(
            f"many examples, {average}",
            "All labels of a large batch count, rare and frequent ones.",
            "大批次的所有标签都要计入，无论罕见还是常见。",
            np.asfortranarray(actual),
            predicted,
            average,
        )
