"""Inputs and expected values for early stopping. Losses are multiples of 1/64, so that differences are exact."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, Case
from coach.practice.compare import compare

NAMES = [
    Bilingual("Number of epochs trained: ", "训练的 epoch 数："),
    Bilingual("best_loss: ", "best_loss："),
    Bilingual("best_epoch: ", "best_epoch："),
    Bilingual("best_weights: ", "best_weights："),
]


def right(losses, weights, patience, min_delta):
    """Epochs trained and the best of them: the last that undercuts the improvement before it."""
    improvements = [-1]
    for epoch, loss in enumerate(losses):
        best = losses[improvements[-1]] if improvements[-1] >= 0 else np.inf
        if best - loss > min_delta:
            improvements.append(epoch)
        if epoch - improvements[-1] == patience:
            break
    last = improvements[-1]
    best = (losses[last], last, weights[last]) if last >= 0 else (np.inf, None, None)
    return epoch + 1, *best


def none_fault(got):
    return None if got is None else Bilingual("It should be None.", "应为 None。")


def check_of(names, expected):
    def check(value):
        if not isinstance(value, (list, tuple)) or len(value) != len(expected):
            return compare(expected, value, FLOAT64)
        for name, wanted, got in zip(names, expected, value, strict=True):
            fault = none_fault(got) if wanted is None else compare(wanted, got, FLOAT64)
            if fault is not None:
                return Bilingual(name.en + fault.en, name.zh + fault.zh)
        return None

    return check


def cases(seed):
    rng = np.random.default_rng(seed)
    scale = 2.0 ** int(rng.integers(-1, 3))

    def case(name, en, zh, losses, patience, min_delta=0.0):
        losses = [scale * float(loss) for loss in losses]
        args = (losses, rng.normal(size=(len(losses), 2)), patience, scale * min_delta)
        check = check_of(NAMES, right(*args))
        return Case(name, Bilingual(en, zh), args, call="train_until_stopped", check=check)

    noisy = np.round(64 * (1 + 3 * np.exp(-np.arange(60) / 8) + 0.1 * rng.normal(size=60))) / 64
    return [
        Case(
            "before the first epoch",
            Bilingual("Before the first improvement there is no best epoch.", "第一次改进之前还没有最好的 epoch。"),
            (3, 0.0),
            call="look_before_the_first_epoch",
            check=check_of(NAMES[1:], (np.inf, None, None)),
        ),
        case(
            "weights of the best epoch",
            "best_weights keeps the values of the best epoch, though the array goes on changing in place.",
            "数组会继续原地变化，best_weights 仍要保持最好的那个 epoch 的值。",
            [3, 1, 2], 4,
        ),
        case(
            "always better",
            "While the loss falls, training goes on and the last epoch is the best.",
            "损失一直下降时训练继续，最后一个 epoch 最好。",
            [4, 3, 2, 1], 2,
        ),
        case(
            "patience of one",
            "With a patience of 1 the first epoch without improvement ends training.",
            "patience 为 1 时，第一个没有改进的 epoch 就结束训练。",
            [3, 2, 2.5, 1, 0.5], 1,
        ),
        case(
            "patience runs out",
            "Training stops as soon as so many epochs in a row as patience says were no improvement.",
            "连续没有改进的 epoch 数达到 patience 时立即停止。",
            [3, 2, 2.5, 2.25, 2.75, 1, 0.5, 0.25], 3,
        ),
        case(
            "improvement just in time",
            "An improvement makes patience start anew: only epochs in a row count.",
            "一旦有改进，就重新开始计数：只算连续的 epoch。",
            [4, 5, 5, 3, 5, 5, 2, 5, 5, 5, 1, 1], 3,
        ),
        case(
            "falling but not below the best",
            "A loss is compared with the best one, not with that of the epoch before.",
            "损失要与最好的相比，而不是与上一个 epoch 相比。",
            [1, 4, 3, 2.5, 2.25, 2, 0.5], 4,
        ),
        case(
            "equal losses",
            "A loss equal to the best is no improvement.",
            "与最好的损失相等不算改进。",
            [2, 1, 1, 1, 1, 0.5], 3,
        ),
        case(
            "better by min_delta",
            "A loss must be lower than the best by more than min_delta; by just as much is not enough.",
            "损失要比最好的低出 min_delta 以上才算改进；恰好等于不够。",
            [2, 1.75, 1.5, 1.5, 1], 2, min_delta=0.5,
        ),
        case(
            "better little by little",
            "Epochs that are a little better leave the best loss as it is; together they may improve on it.",
            "只好一点点的 epoch 不改变最好的损失；累积起来仍可能构成改进。",
            [4, 3.75, 3.5, 3.25, 3, 2.75, 2.5, 2.5, 2.5, 2.5, 2.5], 4, min_delta=0.6875,
        ),
        case(
            "nan in between",
            "A loss of nan is no improvement, and the best epoch stays what it was.",
            "损失为 nan 不算改进，最好的 epoch 保持不变。",
            [3, 2, np.nan, np.nan, 1.5, np.nan, 1, 2, 2, 2, 2], 3,
        ),
        case(
            "nothing but nan",
            "Without any improvement training stops too, and there are no best weights.",
            "一次改进都没有时也要停止，并且没有最好的权重。",
            [np.nan] * 5, 2,
        ),
        case(
            "nan at the start",
            "A first loss of nan must not become the best one.",
            "第一个损失若是 nan，不能把它当作最好的损失。",
            [np.nan, 3, 2, 2.5, 1, 4, 4, 4, 4], 3,
        ),
        case(
            "noisy loss",
            "Right for the losses of a long run too.",
            "长时间训练的损失也要正确处理。",
            noisy, 6, min_delta=0.03125,
        ),
    ]  # fmt: skip
