"""Inputs and expected values for a residual block, with convolutions as sums over patches."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, NUMERICAL, Case, Tensor
from coach.practice.compare import compare
from coach.practice.numeric import numerical_gradient

STATISTICS = [
    f"{bn}_running_{kind}" for bn in ("bn1", "bn2", "proj_bn") for kind in ("mean", "var")
]
LABELS = {
    "output": Bilingual("output", "输出"),
    "gradient_x": Bilingual("gradient by x", "对 x 的梯度"),
    "gradient_conv1": Bilingual("gradient by conv1.weight", "对 conv1.weight 的梯度"),
    "gradient_conv2": Bilingual("gradient by conv2.weight", "对 conv2.weight 的梯度"),
    "gradient_proj": Bilingual("gradient by proj.weight", "对 proj.weight 的梯度"),
    **{name: Bilingual(name.replace("_r", ".r"), name.replace("_r", ".r")) for name in STATISTICS},
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


def convolve(x, weight, stride):
    size = weight.shape[-1]
    margin = size // 2
    padded = np.pad(x, [(0, 0), (0, 0), (margin, margin), (margin, margin)])
    patches = np.lib.stride_tricks.sliding_window_view(padded, (size, size), axis=(2, 3))
    return np.einsum("bchwij,ocij->bohw", patches[:, :, ::stride, ::stride], weight)


def normalize(x, scale, shift, mean, var):
    scale, shift, mean, var = (a[:, None, None] for a in (scale, shift, mean, var))
    return scale * (x - mean) / np.sqrt(var + 1e-5) + shift


def right(x, conv1, conv2, proj, scales, shifts, stride, statistics=None):
    """Output, with the running values or, where `statistics` is a dict, those of the batch, put there."""

    def bn(y, row, name):
        scale, shift = scales[row], shifts[row]
        mean, var = shift / 2, np.abs(scale) + 1
        if statistics is not None:
            count = y[:, 0].size
            own = y.mean(axis=(0, 2, 3)), y.var(axis=(0, 2, 3))
            statistics[f"{name}_running_mean"] = 0.9 * mean + 0.1 * own[0]
            statistics[f"{name}_running_var"] = 0.9 * var + 0.1 * own[1] * count / (count - 1)
            mean, var = own
        return normalize(y, scale, shift, mean, var)

    inner = np.maximum(bn(convolve(x, conv1, stride), 0, "bn1"), 0)
    branch = bn(convolve(inner, conv2, 1), 1, "bn2")
    shortcut = x if proj is None else bn(convolve(x, proj, stride), 2, "proj_bn")
    return np.maximum(branch + shortcut, 0)


def draw(rng, batch, inputs, outputs, size, stride, dtype="float64"):
    """Everything `right` takes."""
    projects = stride != 1 or inputs != outputs
    shapes = [(batch, inputs, *size), (outputs, inputs, 3, 3), (outputs, outputs, 3, 3)]
    x, conv1, conv2 = (rng.normal(size=s).astype(dtype) / (1 + (s[-1] == 3)) for s in shapes)
    proj = rng.normal(size=(outputs, inputs, 1, 1)).astype(dtype) if projects else None
    scales, shifts = rng.normal(size=(2, 2 + projects, outputs)).astype(dtype)
    return x, conv1, conv2, proj, scales, shifts, stride


def sent(args):
    return tuple(Tensor(a) if isinstance(a, np.ndarray) else a for a in args)


def wide(args):
    return [a.astype(float) if isinstance(a, np.ndarray) else a for a in args]


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*evaluated(rng), *trained(rng), *gradients(rng)]


def evaluated(rng):
    def case(name, en, zh, *sizes, dtype="float64"):
        args = draw(rng, *sizes, dtype)
        tolerance = FLOAT64 if dtype == "float64" else FLOAT32
        expected = right(*wide(args))
        why = Bilingual(en, zh)
        return Case(name, why, sent(args), expected, "evaluate", tolerance, dtype=dtype)

    return [
        case(
            "identity shortcut",
            "With stride 1 and as many channels out as in, x itself is added before the last relu.",
            "步幅为 1 且输入输出通道数相同时，在最后的 relu 之前加上 x 本身。",
            1, 2, 2, (2, 2), 1,
        ),
        case(
            "more channels",
            "Where the number of channels changes, the shortcut is a 1x1 convolution with its own batch normalisation.",
            "通道数变化时，捷径是 1x1 卷积加上它自己的批归一化。",
            2, 2, 3, (3, 3), 1,
        ),
        case(
            "stride 2",
            "A stride needs a projection too, even if the channels stay; only conv1 and proj have it.",
            "有步幅时即使通道数不变也要投影；只有 conv1 和 proj 带步幅。",
            1, 2, 2, (4, 4), 2,
        ),
        case(
            "odd picture",
            "With padding 1 and stride 2, five rows become three on both ways.",
            "padding 为 1、步幅为 2 时，两条路都把 5 行变成 3 行。",
            2, 3, 2, (5, 7), 2,
        ),
        case(
            "one pixel",
            "A picture of a single pixel goes through: everything around it is padding.",
            "单像素的图也能通过：周围全是填充。",
            3, 2, 4, (1, 1), 1,
        ),
        case(
            "float32",
            "The dtype of the input is kept.",
            "保持输入的 dtype。",
            2, 3, 4, (6, 6), 2, dtype="float32",
        ),
    ]  # fmt: skip


def trained(rng):
    for name, sizes in (
        ("training, identity", (3, 2, 2, (3, 3), 1)),
        ("training, projection", (2, 2, 3, (4, 4), 2)),
    ):
        args = draw(rng, *sizes)
        statistics = {}
        expected = {"output": right(*args, statistics)} | statistics
        why = Bilingual(
            "In training each batch normalisation uses the batch that passes through it, and updates its own "
            "running statistics once.",
            "训练时每个批归一化使用流经它的批次，并各自更新一次滑动统计量。",
        )
        yield Case(name, why, sent(args), call="train", check=named(expected, FLOAT64))


def gradients(rng):
    for name, sizes in (
        ("gradients, identity", (1, 1, 1, (2, 2), 1)),
        ("gradients, projection", (1, 1, 1, (3, 3), 2)),
    ):
        args = smooth(rng, sizes)
        x, conv1, conv2, proj, *rest = args
        upstream = rng.normal(size=right(*args).shape)
        if proj is None:
            names, leaves = ["x", "conv1", "conv2"], [x, conv1, conv2]
            found = numerical_gradient(lambda *a, r=rest: right(*a, None, *r), leaves, upstream)
        else:
            names, leaves = ["x", "conv1", "conv2", "proj"], [x, conv1, conv2, proj]
            found = numerical_gradient(lambda *a, r=rest: right(*a, *r), leaves, upstream)
        expected = {f"gradient_{name}": value for name, value in zip(names, found, strict=True)}
        yield Case(
            name,
            Bilingual(
                "The gradient goes back on both ways: through the branch and through the shortcut.",
                "梯度沿两条路返回：既穿过主支，也穿过捷径。",
            ),
            (*sent(args), Tensor(upstream)),
            call="gradients",
            check=named(expected, NUMERICAL),
        )


def smooth(rng, sizes):
    """Inputs where no relu is so near its kink that a difference would step over it, and some are on."""
    while True:
        args = draw(rng, *sizes)
        x, conv1, _, _, scales, shifts, stride = args
        inner = convolve(x, conv1, stride)
        inner = normalize(inner, scales[0], shifts[0], shifts[0] / 2, np.abs(scales[0]) + 1)
        result = right(*args)
        alive = result > 0
        if (
            np.abs(inner).min() > 1e-3
            and not 0 < result[alive].min(initial=1) < 1e-3
            and alive.mean() > 0.4
        ):
            return args
