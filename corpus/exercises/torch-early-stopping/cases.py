"""Scripts of losses and weights, and what a loop with early stopping makes of them."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, Case, Tensor
from coach.practice.compare import compare

LABELS = {
    "epochs": Bilingual("number of epochs trained", "训练的 epoch 数"),
    "modes": Bilingual(
        "model.training at the calls of train_epoch, validate, train_epoch, ...",
        "依次调用 train_epoch、validate、train_epoch…… 时的 model.training",
    ),
    "gradients_on": Bilingual(
        "gradients switched on at the calls of validate", "各次调用 validate 时梯度是否开启"
    ),
    "best": Bilingual("best epoch", "最优 epoch"),
    "losses": Bilingual("list of losses", "损失列表"),
    "weight": Bilingual("the parameter `weight` at the end", "最后的参数 weight"),
    "bias": Bilingual("the parameter `bias` at the end", "最后的参数 bias"),
    "running_mean": Bilingual("the buffer `running_mean` at the end", "最后的缓冲区 running_mean"),
}


def named(expected, tolerance):
    """A check that compares the parts of a report one by one and says which one is wrong."""

    def check(value):
        for key, wanted in expected.items():
            found = value.get(key) if isinstance(value, dict) else None
            fault = compare(wanted, found, tolerance)
            if fault is not None:
                return Bilingual(f"{LABELS[key].en}: {fault.en}", f"{LABELS[key].zh}：{fault.zh}")
        return None

    return check


def right(losses, weights, biases, running_means, patience, max_epochs):
    """Looks at every prefix of the losses anew."""
    for epochs in range(1, max_epochs + 1):
        best = int(np.nanargmin(losses[:epochs]))
        if epochs - 1 - best >= patience:
            break
    return {
        "epochs": epochs,
        "modes": np.array([True, False] * epochs),
        "gradients_on": np.zeros(epochs, dtype=bool),
        "best": best + 1,
        "losses": losses[:epochs],
        "weight": weights[best],
        "bias": biases[best],
        "running_mean": running_means[best],
    }


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, losses, patience, width=2):
        losses = [float(loss) for loss in losses]
        count = len(losses)
        rows = [
            rng.normal(size=shape).astype("float32")
            for shape in [(count, width), (count,), (count, width)]
        ]
        script = (*rows, patience, count)
        args = (losses, *(Tensor(a) for a in rows), patience, count)
        check = named(right(losses, *script), FLOAT32)
        return Case(name, Bilingual(en, zh), args, call="train", check=check)

    high, low, lower = 2 + rng.random(), 1 + rng.random() / 2, rng.random() / 2
    worse = (3 + np.arange(6) + rng.random(6)).tolist()
    return [
        case(
            "one epoch",
            "The first epoch is the best so far, whatever its loss.",
            "第一个 epoch 无论损失多少都是目前最优。",
            [high], 1,
        ),
        case(
            "the best is in the middle",
            "The model gets back what it held after its best epoch: later epochs must not reach what was kept.",
            "模型要恢复最优 epoch 结束时的内容：之后的训练不能影响已保存的那一份。",
            [high, low, *worse[:2]], 2,
        ),
        case(
            "patience is not used up",
            "The best weights come back even if the loop runs to its last epoch.",
            "即使跑满所有 epoch，也要恢复最优权重。",
            [high, low, worse[0]], 5,
        ),
        case(
            "impatient",
            "With patience 1 the first epoch without improvement is the last one, before any further epoch is trained.",
            "patience 为 1 时，第一个没有改进的 epoch 就是最后一个，不再多训练一轮。",
            [high, low, worse[0], lower, worse[1]], 1,
        ),
        case(
            "two setbacks",
            "Only epochs in a row count: an improvement starts the count anew.",
            "只数连续的 epoch：一有改进就重新计数。",
            [high, worse[0], low, worse[1], lower, *worse[2:5]], 2,
        ),
        case(
            "improving, but not on the best",
            "An epoch is compared with the best one so far, not with the one before.",
            "要与目前最优的 epoch 比较，而不是与前一个比较。",
            [low, worse[3], worse[2], worse[1], worse[0], lower], 3,
        ),
        case(
            "plateau",
            "A loss equal to the best is no improvement.",
            "与最低损失相等不算改进。",
            [high, low, low, low, lower], 2,
        ),
        case(
            "nan",
            "A loss that is nan is no improvement, and what comes after it is still compared with the best number.",
            "损失为 nan 不算改进；之后的损失仍与最低的正常值比较。",
            [high, np.nan, low, np.nan, worse[0], np.nan, lower], 3,
        ),
    ]  # fmt: skip
