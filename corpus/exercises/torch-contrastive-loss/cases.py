"""Inputs and expected values for the two-way contrastive loss, pair by pair in NumPy."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, NUMERICAL, Case, Tensor
from coach.practice.numeric import gradient


def right(images, texts, temperature):
    """For each pair, how much less likely it is than certain, once in its row and once in its column."""
    lengths = np.sqrt((images**2).sum(axis=1))[:, None] * np.sqrt((texts**2).sum(axis=1))
    scores = np.einsum("id,jd->ij", images, texts) / lengths / temperature
    losses = []
    for i in range(len(scores)):
        losses.append(np.logaddexp.reduce(scores[i] - scores[i, i]))
        losses.append(np.logaddexp.reduce(scores[:, i] - scores[i, i]))
    return np.mean(losses)


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, images, texts, temperature, differentiated=True, tolerance=FLOAT64):
        arrays, dtype = [images, texts], images.dtype.name
        expected = right(*(a.astype(float) for a in arrays), temperature)
        slopes = None
        if differentiated:
            slopes = gradient(lambda *a: right(*a, temperature), arrays, np.array(1.0))
        args = (Tensor(images), Tensor(texts), temperature)
        why = Bilingual(en, zh)
        return Case(name, why, args, expected, tolerance=tolerance, gradient=slopes, dtype=dtype)

    def draw(pairs, d):
        """Rows in all directions, none so short that differences would be inexact."""
        rows = rng.normal(size=(2, pairs, d))
        lengths = rng.uniform(0.5, 2, size=(2, pairs, 1))
        return rows / np.linalg.norm(rows, axis=-1, keepdims=True) * lengths

    temperature = rng.uniform(0.2, 0.6)
    row, eye = rng.normal(size=3), np.eye(4)
    long = draw(3, 2) * rng.uniform(5, 100, size=(2, 3, 1))
    return [
        case(
            "one pair",
            "With a single pair there is nothing to confuse it with: the loss is 0.",
            "只有一对时没有可混淆的对象：损失为 0。",
            *draw(1, 3), temperature, differentiated=False,
        ),
        case(
            "two pairs",
            "Each image picks among all texts, each text among all images, and the two losses are averaged.",
            "每个图像在全部文本中选，每条文本在全部图像中选，两个损失取平均。",
            *draw(2, 2), temperature,
        ),
        case(
            "all alike",
            "Where all rows are the same the choice is random: the loss is the logarithm of the number of pairs.",
            "所有行都相同时只能随机选：损失等于样本对数的对数。",
            np.tile(row, (4, 1)), np.tile(row, (4, 1)), temperature, differentiated=False,
        ),
        case(
            "orthogonal pairs",
            "The right pair counts among the choices too, and a low temperature makes the choice sharper.",
            "正确的一对也算在候选之内；温度越低，选择越尖锐。",
            2 * eye, 3 * eye, temperature,
        ),
        case(
            "rows of different length",
            "Only the direction of a row counts, not its length.",
            "只看每一行的方向，不看长度。",
            *long, temperature,
        ),
        case(
            "one popular text",
            "A text that suits all images costs in one direction more than in the other.",
            "一条与所有图像都相似的文本，在两个方向上代价不同。",
            np.abs(draw(4, 3)[0]), draw(4, 3)[0] + np.array([[4.0], [0], [0], [0]]), temperature,
        ),
        case(
            "low temperature",
            "Scores in the thousands must neither overflow nor underflow.",
            "分数上千时既不能上溢也不能下溢。",
            *draw(5, 3), 0.0001, differentiated=False, tolerance=NUMERICAL,
        ),
        case(
            "float32",
            "The dtype of the inputs is kept.",
            "保持输入的 dtype。",
            *draw(8, 6).astype(np.float32), temperature, differentiated=False, tolerance=FLOAT32,
        ),
    ]  # fmt: skip
