"""Bases and adapters with expected outputs in NumPy, and gradients by central differences."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, NUMERICAL, Case, Tensor, Tolerance
from coach.practice.judge import compare
from coach.practice.numeric import numerical_gradient

LABELS = {
    "trained": Bilingual("count of numbers that are trained", "可训练的数值总数"),
    "output": Bilingual("output of the layer", "该层的输出"),
    "lora_a": Bilingual("lora_a at the start", "初始的 lora_a"),
    "lora_b": Bilingual("lora_b at the start", "初始的 lora_b"),
    "gradient_x": Bilingual("gradient by x", "对 x 的梯度"),
    "gradient_a": Bilingual("gradient by lora_a", "对 lora_a 的梯度"),
    "gradient_b": Bilingual("gradient by lora_b", "对 lora_b 的梯度"),
    "base_gradients": Bilingual(
        "count of the base's parameters that got a gradient", "base 中得到梯度的参数个数"
    ),
    "linear": Bilingual("merge() returns an nn.Linear", "merge() 返回 nn.Linear"),
    "merged_output": Bilingual("output of the merged layer", "合并后的层的输出"),
    "merged_weight": Bilingual("weight of the merged layer", "合并后的层的权重"),
    "merged_again": Bilingual("weight after merging a second time", "再合并一次得到的权重"),
    "biases": Bilingual("count of biases in two merged layers", "两个合并后的层共有几个偏置"),
    "base_output": Bilingual(
        "output of the base after merging and overwriting the merged layer",
        "合并并改写合并结果之后 base 的输出",
    ),
}
ANY = Tolerance(rtol=0, atol=np.inf)
RANDOM = Bilingual(
    "lora_a is not random: its numbers are all the same.", "lora_a 不是随机的：所有数都相同。"
)


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


def right(x, weight, bias, lora_a, lora_b, alpha):
    """Everything from the adapted weight."""
    adapted = weight + alpha / len(lora_a) * np.einsum("or,ri->oi", lora_b, lora_a)
    return np.einsum("...i,oi->...o", x, adapted) + (0 if bias is None else bias)


def sent(args):
    return tuple(Tensor(a) if isinstance(a, np.ndarray) else a for a in args)


def draw(rng, leading, inputs, outputs, rank, with_bias=True, dtype="float64"):
    """x, weight, bias, both factors and alpha."""
    shapes = [(*leading, inputs), (outputs, inputs), (outputs,), (rank, inputs), (outputs, rank)]
    arrays = [rng.normal(size=shape).astype(dtype) for shape in shapes]
    if not with_bias:
        arrays[2] = None
    return (*arrays, float(rng.uniform(4, 9)))


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*starts(rng), *outputs(rng), gradients(rng), *merges(rng)]


def starts(rng):
    for name, with_bias in (("fresh layer", True), ("fresh layer, no bias", False)):
        x, weight, bias, lora_a, lora_b, alpha = draw(rng, (3,), 4, 2, 3, with_bias)
        rank, upstream = len(lora_a), rng.normal(size=(3, 2))
        why = Bilingual(
            "A fresh adapter changes nothing, and only its two factors are trained; one of them is random, so "
            "that the other gets a gradient.",
            "刚建好的适配器不改变任何输出，只训练两个因子；其中一个随机初始化，另一个才有梯度。",
        )
        expected = {
            "output": right(x, weight, bias, lora_a, 0 * lora_b, alpha),
            "lora_b": np.zeros(lora_b.shape),
            "gradient_a": np.zeros(lora_a.shape),
            "trained": lora_a.size + lora_b.size,
            "base_gradients": 0,
        }
        check = fresh(expected, lora_a.shape, x, upstream, alpha / rank)
        args = (x, weight, bias, rank, alpha, upstream)
        yield Case(name, why, sent(args), call="start", check=check)


def fresh(expected, shape, x, upstream, scale):
    """A check of everything that is known, and of the gradient that follows from the lora_a found."""

    def check(value):
        fault = named(expected, FLOAT64)(value) or named({"lora_a": np.zeros(shape)}, ANY)(value)
        if fault is not None:
            return fault
        found = np.asarray(value["lora_a"], dtype=float)
        if np.ptp(found) == 0 or not np.isfinite(found).all():
            return RANDOM
        wanted = scale * np.einsum("bo,bi,ri->or", upstream, x, found)
        return named({"gradient_b": wanted}, FLOAT64)(value)

    return check


def outputs(rng):
    def case(name, en, zh, *sizes, with_bias=True, dtype="float64"):
        args = draw(rng, *sizes, with_bias, dtype)
        wide = (a.astype(float) if isinstance(a, np.ndarray) else a for a in args)
        tolerance = FLOAT64 if dtype == "float64" else FLOAT32
        why = Bilingual(en, zh)
        return Case(name, why, sent(args), right(*wide), "run", tolerance, dtype=dtype)

    return [
        case(
            "rank 1",
            "The update B A x is scaled and added to what the base gives.",
            "把 B A x 缩放后加到 base 的输出上。",
            (2,), 3, 2, 1,
        ),
        case(
            "rank 3",
            "The update is divided by the rank, so that alpha keeps its meaning when the rank changes.",
            "更新量要除以秩，这样改变秩时 alpha 的含义不变。",
            (2,), 4, 5, 3,
        ),
        case(
            "no bias",
            "The base may have no bias.",
            "base 可以没有偏置。",
            (2,), 4, 2, 3, with_bias=False,
        ),
        case(
            "sequences",
            "x may have any leading dimensions.",
            "x 的前面可以有任意多维。",
            (2, 3), 4, 5, 2,
        ),
        case(
            "float32",
            "The factors have the dtype of the base.",
            "两个因子的 dtype 与 base 相同。",
            (5,), 6, 4, 2, dtype="float32",
        ),
    ]  # fmt: skip


def gradients(rng):
    x, weight, bias, lora_a, lora_b, alpha = draw(rng, (2,), 3, 4, 2)
    upstream = rng.normal(size=(2, 4))
    found = numerical_gradient(
        lambda x, a, b: right(x, weight, bias, a, b, alpha), (x, lora_a, lora_b), upstream
    )
    expected = dict(zip(("gradient_x", "gradient_a", "gradient_b"), found, strict=True))
    return Case(
        "gradients",
        Bilingual(
            "Both factors are trained, and layers before this one get a gradient through base and adapter.",
            "两个因子都要训练；前面的层通过 base 和适配器两条路得到梯度。",
        ),
        sent((x, weight, bias, lora_a, lora_b, alpha, upstream)),
        call="differentiate",
        check=named(expected, NUMERICAL),
    )


def merges(rng):
    for name, with_bias in (("merged", True), ("merged, no bias", False)):
        args = draw(rng, (3,), 4, 2, 3, with_bias)
        x, weight, bias, lora_a, lora_b, alpha = args
        merged = right(np.eye(4), weight, None, lora_a, lora_b, alpha).T
        expected = {
            "linear": True,
            "merged_weight": merged,
            "biases": 2 * with_bias,
            "merged_output": right(*args),
            "merged_again": merged,
            "base_output": right(x, weight, bias, lora_a, 0 * lora_b, alpha),
            "output": right(*args),
        }
        why = Bilingual(
            "The merged layer is a plain one of its own: same output, and nothing it does reaches the base.",
            "合并得到的是独立的普通线性层：输出相同，对它的改动不影响 base。",
        )
        yield Case(name, why, sent(args), call="merge", check=named(expected, FLOAT64))
