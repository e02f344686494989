"""Inputs and expected values for the losses of a GAN step."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import NUMERICAL, Case
from coach.practice.numeric import numerical_gradient


def against(z):
    """Mean of log(1 + exp(z))."""
    return (np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))).sum() / z.size


def share(z):
    return (1 + np.tanh(z / 2)) / 2


def both(real, fake):
    return against(-real) + against(fake)


def judging(name, en, zh, real, fake):
    slopes = (share(real) - 1) / real.size, share(fake) / fake.size
    expected = both(real, fake), *slopes
    return Case(name, Bilingual(en, zh), (real, fake), expected, call="discriminator_loss")


def generating(name, en, zh, fake):
    expected = against(-fake), (share(fake) - 1) / fake.size
    return Case(name, Bilingual(en, zh), (fake,), expected, call="generator_loss")


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*small(rng), *differences(rng), *extreme(rng), *other(rng)]


def small(rng):
    undecided = np.zeros(3)
    return [
        judging(
            "one of each",
            "Real examples enter with log D, generated ones with log(1 - D).",
            "真实样本用 log D，生成样本用 log(1 - D)。",
            rng.normal(size=1), rng.normal(size=1),
        ),
        judging(
            "undecided discriminator",
            "A discriminator that always says one half pays log 2 for each of the two batches.",
            "判别器总给出二分之一时，两个批次各损失 log 2。",
            undecided, undecided[:2],
        ),
        judging(
            "batches of different size",
            "Each batch is averaged by itself, and each gradient is divided by the size of its own batch.",
            "每个批次各自求平均，每个梯度除以自己批次的大小。",
            rng.normal(size=2), rng.normal(size=5),
        ),
        generating(
            "generator",
            "The generator's loss is -log D: it falls as its examples are taken for real.",
            "生成器的损失是 -log D：生成样本越被当成真的，损失越小。",
            rng.normal(size=3),
        ),
    ]  # fmt: skip


def differences(rng):
    """Gradients expected here come from differences of the losses."""
    real, fake = rng.normal(size=4), rng.normal(size=3)
    way_down = Bilingual(
        "The gradient is that of the loss itself: a small step against it lowers the loss.",
        "梯度就是损失本身的梯度：沿它的反方向走一小步，损失会下降。",
    )
    expected = both(real, fake), *numerical_gradient(both, (real, fake))
    yield Case(
        "discriminator's gradient",
        way_down,
        (real, fake),
        expected,
        call="discriminator_loss",
        tolerance=NUMERICAL,
    )
    expected = against(-fake), *numerical_gradient(lambda z: against(-z), (fake,))
    yield Case(
        "generator's gradient",
        way_down,
        (fake,),
        expected,
        call="generator_loss",
        tolerance=NUMERICAL,
    )


def extreme(rng):
    real, fake = rng.uniform(900, 3000, size=(2, 3))
    return [
        judging(
            "perfect discriminator",
            "A sure and right discriminator pays nothing; exp must not overflow on the way.",
            "又自信又正确的判别器损失为 0；计算过程中 exp 不能溢出。",
            real, -fake,
        ),
        judging(
            "fooled discriminator",
            "A loss of thousands must come out as such, and its gradient does not vanish.",
            "几千的损失也要如实算出，而且梯度不会消失。",
            -real, fake,
        ),
        generating(
            "generator found out",
            "Where every fake is recognised the non-saturating loss is large and its gradient at full strength.",
            "生成样本全被识破时，非饱和损失很大，梯度保持最大强度。",
            -fake,
        ),
        generating(
            "generator undetected",
            "Fakes surely taken for real leave nothing to gain: loss and gradient are 0.",
            "生成样本完全被当成真的时，已无可改进：损失和梯度都为 0。",
            fake,
        ),
    ]  # fmt: skip


def other(rng):
    mixed = 30 * rng.normal(size=(40, 6))
    return [
        judging(
            "views with gaps",
            "The logits may be columns of a larger array.",
            "logit 可以是更大数组的列。",
            mixed[:, 0], mixed[:15, 3],
        ),
        generating(
            "large batch",
            "Right for every logit of a large batch.",
            "大批次的每个 logit 都要正确。",
            mixed.ravel(),
        ),
    ]  # fmt: skip
