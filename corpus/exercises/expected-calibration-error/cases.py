"""Inputs and expected values for the expected calibration error."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def bins_of(probabilities, labels, bins):
    rows = np.arange(len(labels))
    predicted = probabilities.argmax(axis=1)
    confidence, correct = probabilities[rows, predicted], predicted == labels
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        yield confidence[inside], correct[inside]


def table(probabilities, labels, bins):
    each = list(bins_of(probabilities, labels, bins))
    return (
        np.array([len(correct) for _, correct in each]),
        np.array([correct.mean() if len(correct) else 0.0 for _, correct in each]),
        np.array([confidence.mean() if len(confidence) else 0.0 for confidence, _ in each]),
    )


def error(probabilities, labels, bins):
    """The size of a bin cancels against the divisors of both means."""
    gaps = (
        abs(correct.sum() - confidence.sum())
        for confidence, correct in bins_of(probabilities, labels, bins)
    )
    return sum(gaps) / len(labels)


def drawn(rng, n, classes, sharpness=1.5):
    """Predictions that are right less often than they claim."""
    scores = np.exp(sharpness * rng.normal(size=(n, classes)))
    probabilities = scores / scores.sum(axis=1, keepdims=True)
    labels = np.where(
        rng.random(n) < 0.5, probabilities.argmax(axis=1), rng.integers(classes, size=n)
    )
    return probabilities, labels


def two_sided(rng):
    """Two classes: too modest in one bin and too sure in another, by about as much."""
    confidence = np.concatenate([rng.uniform(0.52, 0.58, size=4), rng.uniform(0.92, 0.98, size=4)])
    correct = np.array([1, 1, 1, 1, 1, 0, 0, 1])
    order = rng.permutation(8)
    probabilities = np.stack([confidence, 1 - confidence], axis=1)[order]
    return probabilities, 1 - correct[order]


EDGES = np.array([
    [0.25, 0.25, 0.25, 0.25],
    [0.5, 0.125, 0.125, 0.25],
    [0.125, 0.75, 0.125, 0.0],
    [0.0, 0.0, 0.0, 1.0],
    [0.0, 0.625, 0.375, 0.0],
])  # fmt: skip


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*tables(rng), *errors(rng)]


def tables(rng):
    def case(name, en, zh, probabilities, labels, bins):
        args = (probabilities, labels, bins)
        return Case(name, Bilingual(en, zh), args, table(*args), call="reliability")

    return [
        case(
            "two bins",
            "Each example counts in the bin of its largest probability, right or wrong.",
            "每个样本按最大概率入箱，无论对错。",
            np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])[rng.permutation(3)], np.array([0, 0, 1]), 2,
        ),
        case(
            "confidence on the edges",
            "A confidence on an edge belongs to the bin below it, and 1 to the last bin.",
            "置信度落在边界上时属于下面的箱，1 属于最后一个箱。",
            EDGES, rng.integers(4, size=5), 4,
        ),
        case(
            "equal probabilities",
            "Of equally probable classes the one with the lowest index is predicted.",
            "概率相等时预测下标最小的类别。",
            np.full((3, 4), 0.25), np.array([0, 3, 0]), 8,
        ),
        case(
            "empty bins",
            "An empty bin has share and confidence 0, not 0 / 0.",
            "空箱的正确比例和置信度为 0，而不是 0 / 0。",
            *two_sided(rng), 10,
        ),
        case(
            "bins of many examples",
            "Bins have equal width and run over the whole range from 0 to 1.",
            "各箱等宽，覆盖从 0 到 1 的整个区间。",
            *drawn(rng, 200, 5), 15,
        ),
    ]  # fmt: skip


def errors(rng):
    def case(name, en, zh, probabilities, labels, bins):
        args = (probabilities, labels, bins)
        call = "expected_calibration_error"
        return Case(name, Bilingual(en, zh), args, error(*args), call=call)

    sure = np.eye(3)[rng.integers(3, size=6)]
    probabilities, labels = drawn(rng, 200, 4)
    return [
        case(
            "one example",
            "A correct example is as far from calibrated as its confidence from 1.",
            "单个预测正确的样本，误差等于 1 减去它的置信度。",
            np.array([[0.3, 0.7]]), np.array([1]), 5,
        ),
        case(
            "sure and right",
            "Confidence 1 and always right is perfectly calibrated.",
            "置信度为 1 且总是正确，就是完美校准。",
            sure, sure.argmax(axis=1), 10,
        ),
        case(
            "sure and wrong",
            "Confidence 1 and always wrong gives the largest error, 1.",
            "置信度为 1 却总是错，误差最大，为 1。",
            sure, (sure.argmax(axis=1) + 1) % 3, 10,
        ),
        case(
            "too modest here, too sure there",
            "The absolute value is taken in each bin: gaps of opposite sign must not cancel.",
            "绝对值在每个箱内取：符号相反的差距不能互相抵消。",
            *two_sided(rng), 10,
        ),
        case(
            "bins of different size",
            "A bin counts by the number of examples in it; empty bins do not count.",
            "每个箱按其中的样本数加权；空箱不计。",
            *drawn(rng, 30, 3), 10,
        ),
        case(
            "one bin",
            "With a single bin only the overall gap between accuracy and confidence remains.",
            "只有一个箱时，只剩总体的准确率与置信度之差。",
            probabilities, labels, 1,
        ),
        case(
            "many examples",
            "The gap is between the share correct and the mean confidence of the very examples in the bin.",
            "差距是箱内这些样本的正确比例与平均置信度之差。",
            np.asfortranarray(probabilities), labels, 20,
        ),
    ]  # fmt: skip
