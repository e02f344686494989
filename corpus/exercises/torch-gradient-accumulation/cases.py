"""What steps with whole batches do to a linear classifier, computed in NumPy."""

import re

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, Case
from coach.practice.compare import compare


def batches(sizes, every):
    """Slices of the examples, one for each batch."""
    ends = np.cumsum([0, *sizes])
    starts = range(0, len(sizes), every)
    return [slice(ends[s], ends[min(s + every, len(sizes))]) for s in starts]


def whole_batches(weight, bias, _, x, labels, sizes, every, lr, momentum):
    """Losses of the batches, and the parameters after a step with each of them as a whole."""
    losses, velocity = [], np.zeros((len(bias), x.shape[1] + 1))
    theta = np.column_stack([weight, bias])
    for part in batches(sizes, every):
        inputs, wanted = np.column_stack([x[part], np.ones(len(x[part]))]), labels[part]
        scores = inputs @ theta.T
        logs = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
        losses.append(float(-logs[np.arange(len(wanted)), wanted].mean()))
        error = np.exp(logs) - np.eye(len(bias))[wanted]
        velocity = momentum * velocity + error.T @ inputs / len(wanted)
        theta = theta - lr * velocity
    return losses, theta[:, :-1], theta[:, -1]


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*compared(rng), *watched(rng)]


def inputs(rng, sizes, every, leftover=0.0):
    weight, bias = rng.normal(size=(3, 2)), rng.normal(size=3)
    x, labels = 2 * rng.normal(size=(sum(sizes), 2)), rng.integers(3, size=sum(sizes))
    left = leftover * rng.normal(size=weight.shape) + 0.0
    return weight, bias, left, x, labels, sizes, every, 0.4, 0.5


def compared(rng):
    def case(name, en, zh, call, *given, **options):
        args = inputs(rng, *given, **options)
        losses, *after = whole_batches(*args)
        why = Bilingual(en, zh)
        if call == "losses":
            return Case(name, why, args, call=call, check=floats(losses))
        return Case(name, why, args, after, call=call, names=("weight", "bias"))

    return [
        case(
            "one micro-batch",
            "A single micro-batch is a batch: one ordinary step.",
            "只有一个微批次时，它就是一个批次：做一次普通的更新。",
            "parameters", [2], 1,
        ),
        case(
            "two of the same size",
            "The batch's gradient is the mean of those of its micro-batches, not their sum.",
            "批次的梯度是各微批次梯度的平均，而不是它们的和。",
            "parameters", [2, 2], 2,
        ),
        case(
            "the loss of a batch",
            "The loss is the mean over all examples of the batch, as a float.",
            "损失是批次内全部样本的平均，是 float。",
            "losses", [2, 2], 2,
        ),
        case(
            "different sizes",
            "Every example counts the same, whatever the size of its micro-batch.",
            "无论微批次大小，每个样本的权重相同。",
            "parameters", [5, 1, 2], 3,
        ),
        case(
            "losses with different sizes",
            "In the loss, too, every example counts the same.",
            "损失里也一样，每个样本的权重相同。",
            "losses", [5, 1, 2], 3,
        ),
        case(
            "two batches",
            "After its step a batch leaves no gradient behind for the next one.",
            "一个批次更新之后，不给下一个批次留下梯度。",
            "parameters", [2, 2, 2, 2], 2,
        ),
        case(
            "a short last batch",
            "The last micro-batches make a batch of their own, as large as it happens to be.",
            "剩下的微批次单独成为一个批次，有多少算多少。",
            "parameters", [2, 2, 2, 2, 2], 3,
        ),
        case(
            "fewer than every",
            "Even an epoch with fewer micro-batches than `every` ends with a step.",
            "即使微批次少于 every 个，也要更新一次。",
            "parameters", [2, 1], 5,
        ),
        case(
            "a gradient from before",
            "Gradients that were there before the call do not count.",
            "调用之前残留的梯度不能算进去。",
            "parameters", [2, 2], 2, leftover=1.0,
        ),
        case(
            "all losses",
            "One loss for each batch, in their order.",
            "每个批次一个损失，按顺序排列。",
            "losses", [3, 1, 2, 4, 2], 2,
        ),
    ]  # fmt: skip


def floats(wanted):
    """A check of a list of Python floats."""
    names = [f"losses[{index}]" for index in range(len(wanted))]

    def check(value):
        fault = compare(wanted, value, FLOAT64, names)
        if fault is None and not all(isinstance(loss, float) for loss in value):
            kinds = ", ".join(sorted({type(loss).__name__ for loss in value}))
            return Bilingual(
                f"The losses should be floats, not of type {kinds}.",
                f"损失应为 float，而不是 {kinds}。",
            )
        return fault

    return check


def watched(rng):
    def case(name, en, zh, sizes, every):
        expected = []
        for start in range(0, len(sizes), every):
            for size in sizes[start : start + every]:
                expected += [f"forward {size}", "backward"]
            expected.append("step")

        def check(value):
            return difference(expected, value)

        return Case(name, Bilingual(en, zh), inputs(rng, sizes, every), call="events", check=check)

    return [
        case(
            "one graph at a time",
            "Each micro-batch goes forwards and backwards before the next one comes; then there is one step.",
            "每个微批次先前向再反向，然后才轮到下一个；全部完成后更新一次。",
            [3, 2], 2,
        ),
        case(
            "the order of an epoch",
            "As many steps as batches, each after the last micro-batch of its batch.",
            "更新次数等于批次数，每次都在该批次最后一个微批次之后。",
            [2, 1, 3, 2, 1], 2,
        ),
    ]  # fmt: skip


def difference(expected, value):
    """The first event that is not as it should be."""
    found = [str(event) for event in value] if isinstance(value, list) else []
    longest = max(len(expected), len(found))
    nothing = [None] * longest
    pairs = zip((expected + nothing)[:longest], (found + nothing)[:longest], strict=True)
    for number, (wanted, got) in enumerate(pairs, 1):
        if wanted != got:
            (en, zh), (got_en, got_zh) = in_words(wanted), in_words(got)
            return Bilingual(
                f"Event {number} should be {en}; it is {got_en}.",
                f"第 {number} 个事件应为{zh}，实际为{got_zh}。",
            )
    return None


def in_words(event):
    words = {
        None: ("the end", "结束"),
        "backward": ("a backward pass", "反向传播"),
        "step": ("a step", "一次更新"),
    }
    if event in words:
        return words[event]
    size = "".join(re.findall(r"\d+", event))
    return f"a forward pass of {size} examples", f" {size} 个样本的前向传播"
