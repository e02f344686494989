"""Small pretrained classifiers, and what training the head alone must lead to, computed in NumPy."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, Case
from coach.practice.compare import compare

NORM = "backbone[1] (weight, bias, running_mean, running_var)"
BACKBONE = ("backbone[0].weight", NORM)
HEAD = ("head.weight", "head.bias")


def features(x, linear, norm):
    weight, bias, mean, var = norm
    return np.maximum(weight * (x @ linear.T - mean) / np.sqrt(var + 1e-5) + bias, 0)


def descent(linear, norm, head, bias, x, labels, lr, steps):
    """Losses before each step, and the head at the end."""
    inputs, losses = features(x, linear, norm), []
    for _ in range(steps):
        scores = inputs @ head.T + bias
        totals = np.logaddexp.reduce(scores, axis=1)
        losses.append(float(np.mean(totals - scores[np.arange(len(x)), labels])))
        error = np.exp(scores - totals[:, None]) - np.eye(len(head))[labels]
        head = head - lr * error.T @ inputs / len(x)
        bias = bias - lr * error.mean(axis=0)
    return losses, head, bias


def network(rng, inputs, hidden, old_classes):
    linear, old_head = rng.normal(size=(hidden, inputs)), rng.normal(size=(old_classes, hidden))
    norm = [rng.uniform(0.5, 2, hidden), rng.normal(size=hidden) + 1]
    return linear, np.array([*norm, rng.normal(size=hidden), rng.uniform(0.5, 2, hidden)]), old_head


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*replaced(rng), *trained(rng)]


def replaced(rng):
    linear, norm, old_head = network(rng, 2, 3, 4)
    args = (linear, norm, old_head)
    why_new = Bilingual(
        "The new head fits the backbone, has the dtype of the model and one output for each class.",
        "新的头要与骨干网络相配，dtype 与模型相同，每个类别一个输出。",
    )
    return [
        Case(
            "what is trainable",
            Bilingual(
                "Only weight and bias of the new head require gradients.",
                "只有新头的 weight 和 bias 需要梯度。",
            ),
            (*args, 2), "head.bias, head.weight", call="trainable",
        ),
        Case(
            "the new head", why_new, (*args, 2), call="new_head",
            check=fitting(linear, norm, old_head, 2),
        ),
        Case(
            "as many classes as before",
            Bilingual(
                "A new task needs a new head even if it has as many classes.",
                "即使类别数相同，新任务也需要新的头。",
            ),
            (*args, 4), call="new_head", check=fitting(linear, norm, old_head, 4),
        ),
        Case(
            "the backbone is kept",
            Bilingual(
                "Replacing the head leaves what the backbone has learnt as it is.",
                "替换头不能改变骨干网络学到的内容。",
            ),
            (*args, 3), (linear, norm), call="backbone_after_replacing", names=BACKBONE,
        ),
    ]  # fmt: skip


def fitting(linear, norm, old_head, classes):
    """A check of what `new_head` returns."""

    def check(value):
        if not isinstance(value, (list, tuple)) or len(value) != 4:
            return compare((0, 0, 0, 0), value, FLOAT64)
        kind, weight, bias, outputs = value
        if kind != "Linear":
            return Bilingual(f"model.head is a {kind}.", f"model.head 是 {kind}。")
        shape = (classes, linear.shape[0])
        for name, array, wanted in (("weight", weight, shape), ("bias", bias, (classes,))):
            found = getattr(array, "shape", None)
            if found != wanted:
                return Bilingual(
                    f"The head's {name} should have shape {wanted}, got {found}.",
                    f"头的 {name} 形状应为 {wanted}，实际为 {found}。",
                )
        if np.array_equal(weight, old_head):
            return Bilingual("It is the old head's weight.", "这还是旧头的权重。")
        expected = features(np.eye(linear.shape[1]), linear, norm) @ weight.T + bias
        return compare(expected, outputs, FLOAT64)

    return check


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


def trained(rng):
    def case(name, en, zh, call, sizes, lr=0.3, steps=1):
        examples, inputs, hidden, old_classes, classes = sizes
        linear, norm, old_head = network(rng, inputs, hidden, old_classes)
        head, bias = rng.normal(size=(classes, hidden)), rng.normal(size=classes)
        x, labels = rng.normal(size=(examples, inputs)), rng.integers(classes, size=examples)
        given = (head, bias, x, labels, lr, steps)
        losses, *after = descent(linear, norm, *given)
        args, why = (linear, norm, old_head, *given), Bilingual(en, zh)
        if call == "losses":
            return Case(name, why, args, call=call, check=floats(losses))
        if call == "head_after_training":
            return Case(name, why, args, after, call=call, names=HEAD)
        return Case(name, why, args, (linear, norm), call=call, names=BACKBONE)

    return [
        case(
            "the first loss",
            "The backbone works as in use: running statistics, no dropout; the loss is the mean over the examples.",
            "骨干网络像推理时一样工作：用滑动统计量，不做 dropout；损失对样本取平均。",
            "losses", (3, 2, 3, 2, 2),
        ),
        case(
            "one step",
            "A step moves weight and bias of the head by lr against their gradients.",
            "一步把头的 weight 和 bias 沿梯度反方向移动 lr 倍。",
            "head_after_training", (4, 2, 3, 2, 3),
        ),
        case(
            "several steps",
            "Each step uses the gradient of its own loss alone.",
            "每一步只用这一次损失的梯度。",
            "head_after_training", (6, 3, 4, 5, 3), steps=5,
        ),
        case(
            "all losses",
            "Each loss is measured before its step, as a float.",
            "每个损失都在更新之前计算，是 float。",
            "losses", (6, 3, 4, 5, 2), steps=4,
        ),
        case(
            "the backbone stays",
            "Training the head changes no weight and no running statistic of the backbone.",
            "训练头时，骨干网络的权重和滑动统计量都不变。",
            "backbone_after_training", (6, 3, 4, 2, 2), steps=3,
        ),
    ]  # fmt: skip
