"""Inputs and expected values for multi-head attention, head by head in NumPy; gradients by finite differences."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, NUMERICAL, Case, Tensor
from coach.practice.numeric import numerical_gradient

LAYERS = ("key", "out", "query", "value")
NAMES = ("x.grad", "weight.grad of all layers", "bias.grad of all layers")


def hidden(x, real, causal):
    """True where a query must not see a key."""
    batch, positions = x.shape[:2]
    mask = np.zeros((batch, positions, positions), dtype=bool)
    if real is not None:
        mask |= ~real[:, None, :]
    if causal:
        mask |= np.arange(positions)[:, None] < np.arange(positions)
    return mask


def right(x, weights, biases, heads, real, causal):
    x, weights, biases = (a.astype(np.float64) for a in (x, weights, biases))
    q, k, v = (x @ w.T + b for w, b in zip(weights[:3], biases[:3], strict=True))
    mask, results = hidden(x, real, causal), []
    for part in np.split(np.arange(x.shape[-1]), heads):
        scores = q[..., part] @ k[..., part].swapaxes(1, 2) / np.sqrt(len(part))
        scores = np.where(mask, -np.inf, scores)
        share = np.exp(scores - scores.max(axis=-1, keepdims=True))
        results.append(share @ v[..., part] / share.sum(axis=-1, keepdims=True))
    return np.concatenate(results, axis=-1) @ weights[3].T + biases[3]


def drawn(rng, batch, positions, width, scale=1.0):
    weights, biases = rng.normal(size=(4, width, width)), rng.normal(size=(4, width))
    weights[:2] *= scale
    return rng.normal(size=(batch, positions, width)), weights, biases


def padded(lengths):
    return np.arange(max(lengths)) < np.array(lengths)[:, None]


def cases(seed):
    rng = np.random.default_rng(seed)
    return [names(), *called(rng), differentiated(rng)]


def names():
    layers = [f"{name}.{kind}" for name in LAYERS for kind in ("bias (4,)", "weight (4, 4)")]
    return Case(
        "parameters",
        Bilingual(
            "The module has four linear layers with bias and nothing else to learn.",
            "模块只有四个带偏置的线性层，没有其他可学习的参数。",
        ),
        (4, 2), "; ".join(layers), call="parameters",
    )  # fmt: skip


def called(rng):
    def case(name, en, zh, heads, shape, real=None, causal=False, scale=1.0, dtype="float64"):
        x, weights, biases = (a.astype(dtype) for a in drawn(rng, *shape, scale))
        mask = None if real is None else Tensor(real)
        args = (heads, Tensor(weights), Tensor(biases), Tensor(x), mask, causal)
        expected = right(x, weights, biases, heads, real, causal)
        tolerance = FLOAT64 if dtype == "float64" else FLOAT32
        why = Bilingual(en, zh)
        return Case(name, why, args, expected, call="output", tolerance=tolerance, dtype=dtype)

    return [
        case(
            "one position",
            "A position that sees only itself gets its own value, through out.",
            "只看得到自己的位置，结果就是它自己的值再经过 out。",
            2, (1, 1, 2),
        ),
        case(
            "one head",
            "With one head it is plain attention: softmax over the keys of q . k / sqrt(d), then out.",
            "只有一个头时就是普通注意力：q · k / sqrt(d) 在键上做 softmax，再经过 out。",
            1, (1, 2, 2),
        ),
        case(
            "two heads",
            "Each head has d features that lie side by side, and scales by the root of d, not of width.",
            "每个头占相邻的 d 个特征，缩放用 d 的平方根，而不是 width 的。",
            2, (1, 3, 4),
        ),
        case(
            "several examples",
            "Examples and heads do not mix with one another.",
            "样本之间、头之间互不混合。",
            3, (2, 4, 6),
        ),
        case(
            "as many positions as heads",
            "Positions and heads are different dimensions even where they have the same size.",
            "位置和头是不同的维度，即使大小相同。",
            4, (3, 4, 8),
        ),
        case(
            "causal",
            "Query i sees itself and what comes before, nothing later.",
            "查询 i 只看到自己和之前的位置，看不到之后的。",
            2, (2, 4, 4), causal=True,
        ),
        case(
            "padding",
            "Padding is hidden as a key, in its own example only; visible weights add up to one.",
            "填充位置作为键被隐藏，且只影响所在的样本；可见位置的权重之和为 1。",
            2, (3, 4, 4), padded([4, 2, 1]),
        ),
        case(
            "padding and causal",
            "A key is seen only if both masks allow it.",
            "两种掩码都允许时，键才可见。",
            2, (2, 5, 4), np.array([[1, 1, 0, 1, 0], [1, 0, 1, 1, 1]], dtype=bool), causal=True,
        ),
        case(
            "large scores",
            "Scores in the hundreds must not overflow.",
            "分数上百也不能溢出。",
            2, (1, 4, 8), scale=15.0,
        ),
        case(
            "float32",
            "The dtype of the inputs is kept.",
            "保持输入的 dtype。",
            4, (2, 5, 8), padded([5, 3]), causal=True, scale=0.3, dtype="float32",
        ),
    ]  # fmt: skip


def differentiated(rng):
    real = np.array([[True, True, False]])
    x, weights, biases = drawn(rng, 1, 3, 2)
    cotangent = rng.normal(size=x.shape)
    wanted = numerical_gradient(
        lambda *arrays: right(*arrays, 2, real, True), (x, weights, biases), cotangent
    )

    tensors = (Tensor(weights), Tensor(biases), Tensor(x), Tensor(real))
    return Case(
        "gradients",
        Bilingual(
            "Gradients reach x and all four layers, through the softmax too, and are not NaN at masked places.",
            "梯度要传到 x 和四个线性层，也要经过 softmax，在被掩码处不能是 NaN。",
        ),
        (2, *tensors, True, Tensor(cotangent)), wanted,
        call="gradients", tolerance=NUMERICAL, names=NAMES,
    )  # fmt: skip
