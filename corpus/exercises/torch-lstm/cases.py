"""Inputs and expected values for an LSTM layer: step by step and unit by unit, in NumPy."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, NUMERICAL, Case, Tensor
from coach.practice.compare import compare
from coach.practice.numeric import numerical_gradient

LABELS = {
    "outputs": Bilingual("outputs", "各步的 h"),
    "h": Bilingual("final h", "最终的 h"),
    "c": Bilingual("final c", "最终的 c"),
    "gradient_weight_x": Bilingual("gradient by weight_x", "对 weight_x 的梯度"),
    "gradient_weight_h": Bilingual("gradient by weight_h", "对 weight_h 的梯度"),
    "gradient_bias": Bilingual("gradient by bias", "对 bias 的梯度"),
    "gradient_x": Bilingual("gradient by x", "对 x 的梯度"),
    "gradient_h": Bilingual("gradient by the first h", "对初始 h 的梯度"),
    "gradient_c": Bilingual("gradient by the first c", "对初始 c 的梯度"),
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


def sigmoid(a):
    return np.exp(-np.logaddexp(0, -a))


def right(weight_x, weight_h, bias, x, h, c):
    size, outputs = h.shape[1], []
    blocks = [slice(k * size, (k + 1) * size) for k in range(4)]
    for t in range(x.shape[1]):
        i, f, g, o = (
            np.einsum("bd,kd->bk", x[:, t], weight_x[rows])
            + np.einsum("bd,kd->bk", h, weight_h[rows])
            + bias[rows]
            for rows in blocks
        )
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        outputs.append(h)
    return np.stack(outputs, axis=1), h, c


def draw(rng, batch, time, inputs, hidden, dtype="float64"):
    """Weights, x and a state."""
    shapes = [(4 * hidden, inputs), (4 * hidden, hidden), (4 * hidden,)]
    shapes += [(batch, time, inputs), (batch, hidden), (batch, hidden)]
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*single_calls(rng), *pieces(rng), *gradients(rng)]


def single_calls(rng):
    def case(name, en, zh, arrays, with_state=True, tolerance=FLOAT64):
        *head, h, c = arrays
        start = (h, c) if with_state else (0 * h, 0 * c)
        wide = (a.astype(float) for a in (*head, *start))
        expected = dict(zip(("outputs", "h", "c"), right(*wide), strict=True))
        state = (Tensor(h), Tensor(c)) if with_state else None
        args = (*(Tensor(a) for a in head), state)
        return Case(name, Bilingual(en, zh), args, call="run", check=named(expected, tolerance))

    saturated = draw(rng, 2, 4, 2, 3)
    saturated[3] *= 1000
    return [
        case(
            "one unit, one step",
            "The first step starts from zeros; i lets the candidate tanh(g) in, o lets tanh(c) out.",
            "第一步从零状态开始；i 控制候选值 tanh(g) 的写入，o 控制 tanh(c) 的输出。",
            draw(rng, 1, 1, 1, 1), with_state=False,
        ),
        case(
            "one step from a state",
            "f says how much of the old c stays, and the old h takes part in all four blocks.",
            "f 决定旧的 c 保留多少，旧的 h 参与全部四个块的计算。",
            draw(rng, 2, 1, 3, 2),
        ),
        case(
            "several steps",
            "h and c both go on from one step to the next.",
            "h 和 c 都要传到下一步。",
            draw(rng, 2, 4, 3, 2), with_state=False,
        ),
        case(
            "batch as long as the sequence",
            "Dimension 0 are the examples, dimension 1 is time; examples do not see one another.",
            "第 0 维是样本，第 1 维是时间；样本之间互不影响。",
            draw(rng, 3, 3, 2, 2),
        ),
        case(
            "saturated gates",
            "Inputs in the thousands close gates or open them fully; nothing overflows.",
            "输入上千时门完全关闭或完全打开，不能溢出。",
            saturated,
        ),
        case(
            "float32",
            "The dtype of the inputs is kept, also by the state the layer starts from.",
            "保持输入的 dtype，零初始状态也不例外。",
            draw(rng, 4, 6, 5, 4, "float32"), with_state=False, tolerance=FLOAT32,
        ),
    ]  # fmt: skip


def pieces(rng):
    *head, h, c = draw(rng, 2, 6, 3, 2)
    expected = dict(zip(("outputs", "h", "c"), right(*head, 0 * h, 0 * c), strict=True))
    yield Case(
        "a sequence in pieces",
        Bilingual(
            "The final state of one call lets the next go on as if there had been no cut.",
            "用上一次调用的最终状态接着算，结果与不切分相同。",
        ),
        (*(Tensor(a) for a in head), [1, 3, 2]),
        call="run_in_pieces",
        check=named(expected, FLOAT64),
    )


def gradients(rng):
    arrays = draw(rng, 1, 3, 2, 2)
    upstream = rng.normal(size=(1, 3, 2))
    found = numerical_gradient(lambda *args: right(*args)[0], arrays, upstream)
    names = ("weight_x", "weight_h", "bias", "x", "h", "c")
    expected = {f"gradient_{name}": value for name, value in zip(names, found, strict=True)}
    yield Case(
        "gradients",
        Bilingual(
            "The gradient flows back through h and c over all steps, to the first state and to the weights.",
            "梯度经由 h 和 c 穿过所有时间步，一直回到初始状态和权重。",
        ),
        tuple(Tensor(a) for a in (*arrays, upstream)),
        call="gradients",
        check=named(expected, NUMERICAL),
    )
