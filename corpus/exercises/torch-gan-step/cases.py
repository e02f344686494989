"""Small networks and data for one GAN step, with backpropagation by hand in NumPy."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, Case, Tensor
from coach.practice.compare import compare

LABELS = {
    "d_loss": Bilingual("d_loss, call by call", "各次调用的 d_loss"),
    "d_first_gradients": Bilingual(
        "gradients in the discriminator's first layer when its optimizer steps",
        "判别器的优化器执行 step 时第一层的梯度",
    ),
    "d_second_gradients": Bilingual(
        "gradients in the discriminator's second layer when its optimizer steps",
        "判别器的优化器执行 step 时第二层的梯度",
    ),
    "leaks": Bilingual(
        "how often a gradient flowed into the generator during the discriminator's step",
        "更新判别器期间梯度流入生成器的次数",
    ),
    "g_loss": Bilingual("g_loss, call by call", "各次调用的 g_loss"),
    "g_first_gradients": Bilingual(
        "gradients in the generator's first layer when its optimizer steps",
        "生成器的优化器执行 step 时第一层的梯度",
    ),
    "g_second_gradients": Bilingual(
        "gradients in the generator's second layer when its optimizer steps",
        "生成器的优化器执行 step 时第二层的梯度",
    ),
    "d_weights": Bilingual("the discriminator's weights at the end", "判别器最终的权重"),
    "g_weights": Bilingual("the generator's weights at the end", "生成器最终的权重"),
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


def forward(x, first, second):
    hidden = np.tanh(x @ first.T)
    return hidden, hidden @ second.T


def backward(x, first, second, upstream):
    """Gradients by both weights and by x."""
    hidden, _ = forward(x, first, second)
    inner = (upstream @ second) * (1 - hidden**2)
    return inner.T @ x, upstream.T @ hidden, inner @ first


def bce(logits, label):
    """Loss and its derivative by the logits."""
    sign = 1 - 2 * label
    slope = sign * (1 + np.tanh(sign * logits / 2)) / 2
    return np.logaddexp(0, sign * logits).mean(), slope / len(logits)


def right(g_first, g_second, d_first, d_second, real, noise, rate):
    report = {key: [] for key in LABELS}
    for data, z in zip(real, noise, strict=True):
        _, fake = forward(z, g_first, g_second)
        losses, gradients = [], []
        for x, label in ((data, 1), (fake, 0)):
            loss, slope = bce(forward(x, d_first, d_second)[1], label)
            losses.append(loss)
            gradients.append(backward(x, d_first, d_second, slope))
        first, second = (gradients[0][i] + gradients[1][i] for i in range(2))
        d_first, d_second = d_first - rate * first, d_second - rate * second
        g_loss, slope = bce(forward(fake, d_first, d_second)[1], 1)
        into_fake = backward(fake, d_first, d_second, slope)[2]
        own_first, own_second, _ = backward(z, g_first, g_second, into_fake)
        g_first, g_second = g_first - rate * own_first, g_second - rate * own_second
        row = (sum(losses), first, second, 0, g_loss, own_first, own_second)
        for key, value in zip(LABELS, row, strict=False):
            report[key].append(value)
    return {**report, "d_weights": [d_first, d_second], "g_weights": [g_first, g_second]}


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, steps, rows, noises, scale=1.0, rate=0.3, dtype="float64"):
        shapes = [(3, 2), (2, 3), (3, 2), (1, 3), (steps, rows, 2), (steps, noises, 2)]
        arrays = [rng.normal(size=shape).astype(dtype) for shape in shapes]
        arrays[3] *= scale
        arrays[4] += 1
        expected = right(*(a.astype(float) for a in arrays), rate)
        args = (*(Tensor(a) for a in arrays), rate)
        tolerance = FLOAT64 if dtype == "float64" else FLOAT32
        why = Bilingual(en, zh)
        return Case(name, why, args, call="train", check=named(expected, tolerance))

    return [
        case(
            "one example",
            "The discriminator learns to tell real (1) from made up (0), then the generator learns to be "
            "taken for real by the discriminator as it is now.",
            "判别器先学会区分真（1）与假（0），生成器再学着让更新后的判别器把假样本当成真的。",
            1, 1, 1,
        ),
        case(
            "a batch",
            "Each loss is a mean over the rows, and the discriminator's step does not reach the generator.",
            "每个损失都对行取平均，判别器的更新不触及生成器。",
            1, 4, 4,
        ),
        case(
            "batches of different size",
            "Real and made-up rows are averaged apart, so that both sides weigh the same.",
            "真假样本分别取平均，使两边权重相同。",
            1, 2, 5,
        ),
        case(
            "undecided discriminator",
            "A discriminator that says 0.5 to everything costs 2 log 2, and teaches the generator after its step only.",
            "对所有样本都给 0.5 的判别器，损失为 2 log 2；它一步更新之后才有梯度传给生成器。",
            1, 3, 3, scale=0.0,
        ),
        case(
            "two calls",
            "The generator's loss leaves gradients in the discriminator too: they don't belong to its next step.",
            "生成器的损失也会在判别器里留下梯度：它们不属于判别器的下一步。",
            2, 3, 3,
        ),
        case(
            "logits in the thousands",
            "The loss must be worked out from the logits: a probability that was rounded to 0 or 1 has no logarithm.",
            "损失要直接由 logits 计算：概率一旦舍入成 0 或 1，就无法取对数了。",
            1, 4, 6, scale=3000.0, rate=0.01,
        ),
        case(
            "float32, five calls",
            "Every call alternates the two steps in the same way.",
            "每次调用都以同样的方式交替更新两者。",
            5, 6, 6, rate=0.1, dtype="float32",
        ),
    ]  # fmt: skip
