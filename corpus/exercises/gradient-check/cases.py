"""Inputs and expected values for the gradient check. Central differences of a cubic are known in closed form."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case, Tolerance
from coach.practice.compare import compare

NEAR = Tolerance(rtol=1e-6, atol=1e-7)  # what is left of f after a difference is divided by 2 h


def slopes(matrix, x):
    sums = (matrix * x.ravel()).sum(axis=1)
    return np.reshape([3 * (sums**2 * column).sum() for column in matrix.T], x.shape)


def differences(matrix, x, h):
    """((u + h m)^3 - (u - h m)^3) / (2 h) = 3 u^2 m + h^2 m^3"""
    return slopes(matrix, x) + h**2 * (matrix**3).sum(axis=0).reshape(x.shape)


def verdict(matrix, x, mistake, h, tolerance):
    numerical = differences(matrix, x, h).ravel()
    errors = []
    for a, n in zip((slopes(matrix, x) + mistake).ravel(), numerical, strict=True):
        errors.append(abs(a - n) / np.array([1, abs(a), abs(n)]).max())
    error = np.max(errors)
    return error <= tolerance, error


def verdict_case(name, why, args, expected, call):
    passed, error = expected

    def check(value):
        if not isinstance(value, (list, tuple)) or len(value) != 2:
            return compare(expected, value, NEAR)
        if compare(bool(passed), value[0], NEAR) is not None:
            return Bilingual(f"passed should be {bool(passed)}.", f"passed 应为 {bool(passed)}。")
        fault = compare(error, value[1], NEAR)
        return fault and Bilingual(f"error: {fault.en}", f"error：{fault.zh}")

    return Case(name, why, args, call=call, check=check)


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*gradients(rng), *checks(rng), *odd_ones(rng)]


def away_from_zero(rng, shape):
    return rng.choice([-1.0, 1.0], shape) * rng.uniform(0.4, 1.2, shape)


def gradients(rng):
    def case(name, en, zh, x, h):
        args = (away_from_zero(rng, (3, x.size)), x, h)
        why = Bilingual(en, zh)
        return Case(name, why, args, differences(*args), call="difference_of_cubes", tolerance=NEAR)

    return [
        case(
            "one element",
            "A central difference asks f on both sides, 2 h apart.",
            "中心差分在两侧各求一次 f，两点相距 2 h。",
            away_from_zero(rng, (1,)), 0.1,
        ),
        case(
            "one element at a time",
            "While one element moves, all others stand where x has them.",
            "移动一个元素时，其余元素都保持 x 的原值。",
            away_from_zero(rng, (3,)), 0.1,
        ),
        case(
            "small step",
            "With a small h the difference comes close to the gradient.",
            "h 很小时，差分接近梯度。",
            away_from_zero(rng, (4,)), 1e-4,
        ),
        case(
            "matrix",
            "The result has the shape of x.",
            "结果的形状与 x 相同。",
            away_from_zero(rng, (2, 3)), 0.05,
        ),
        case(
            "transposed",
            "The input may lie in memory column by column.",
            "输入在内存中可以按列存放。",
            away_from_zero(rng, (3, 2)).T, 0.05,
        ),
    ]  # fmt: skip


def checks(rng):
    def case(name, en, zh, shape, tolerance, mistake=0.0, places=0, size=1.0, h=1e-3):
        wrong = np.zeros(shape)
        wrong.ravel()[:places] = mistake
        wrong = rng.permutation(wrong.ravel()).reshape(shape)
        args = (
            away_from_zero(rng, (2, wrong.size)),
            size * away_from_zero(rng, shape),
            wrong,
            h,
            tolerance,
        )
        return verdict_case(name, Bilingual(en, zh), args, verdict(*args), "check_of_cubes")

    return [
        case(
            "right gradient",
            "A right gradient passes; what remains is the error of the difference itself.",
            "正确的梯度应当通过；剩下的只是差分本身的误差。",
            (3,), 1e-4,
        ),
        case(
            "wrong gradient",
            "A wrong gradient does not pass.",
            "错误的梯度不应通过。",
            (3,), 1e-4, mistake=0.5, places=3,
        ),
        case(
            "one wrong element",
            "One wrong element is enough: the largest error decides, not the mean.",
            "一个元素错了就不通过：由最大的误差决定，而不是平均。",
            (4, 5), 1e-2, mistake=-0.1, places=1, size=0.1,
        ),
        case(
            "too small",
            "An element that is too small is as wrong as one that is too large.",
            "偏小和偏大同样是错。",
            (3,), 1e-4, mistake=-0.5, places=3,
        ),
        case(
            "large gradient",
            "Where the gradient is large the error is taken relative to it.",
            "梯度很大时看相对误差。",
            (3,), 1e-3, mistake=0.1, places=1, size=1e3, h=0.1,
        ),
        case(
            "gradient of zero",
            "Where the gradient is nearly 0 the error is absolute: nothing is divided by nearly 0.",
            "梯度接近 0 时看绝对误差，不会除以接近 0 的数。",
            (3,), 1e-4, size=0.0,
        ),
    ]  # fmt: skip


def odd_ones(rng):
    matrix, x = away_from_zero(rng, (2, 4)), away_from_zero(rng, (4,))
    for name, shape in (
        ("row instead of a vector", [1, 4]),
        ("matrix instead of a vector", [2, 2]),
    ):
        yield verdict_case(
            name,
            Bilingual(
                "A gradient in another shape than x is wrong, even if broadcasting would let it through.",
                "梯度的形状与 x 不同就是错的，即使广播能让它蒙混过关。",
            ),
            (matrix, x, shape, 1e-3, 1e-3),
            (False, np.inf),
            "check_with_gradient_in_shape",
        )
    mistake = np.zeros(4)
    mistake[rng.integers(1, 4)] = np.nan
    yield verdict_case(
        "nan in the gradient",
        Bilingual(
            "A gradient that holds nan never passes, and its error is nan.",
            "含有 nan 的梯度不能通过，误差为 nan。",
        ),
        (matrix, x, mistake, 1e-3, 1e-3),
        (False, np.nan),
        "check_of_cubes",
    )
