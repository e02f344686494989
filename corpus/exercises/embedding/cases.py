"""Inputs and expected values for the embedding layer."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, Case


def gradient(upstream, ids, rows, padding):
    """Each row's share by itself: the sum of upstream where its id stands."""
    shares = [upstream[ids == row].astype(float).sum(axis=0) for row in range(rows)]
    if padding is not None:
        shares[padding] = np.zeros(upstream.shape[-1])
    return np.array(shares)


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*lookups(rng), *gradients(rng)]


def lookups(rng):
    def case(name, en, zh, table, ids):
        expected = np.array([table[i] for i in ids.ravel()]).reshape(*ids.shape, table.shape[1])
        return Case(name, Bilingual(en, zh), (table, ids), expected, dtype=str(table.dtype))

    table = rng.normal(size=(5, 3))
    return [
        case(
            "lookup",
            "Each id picks its row of the table.",
            "每个 id 取出表中对应的一行。",
            table, rng.permutation(5)[:2],
        ),
        case(
            "batch of sequences",
            "The result has the axes of ids and then one for the width.",
            "结果的轴是 ids 的各轴，再加一个宽度轴。",
            table, rng.integers(5, size=(2, 4)),
        ),
        case(
            "lookup in float32",
            "The lookup keeps the dtype of the table.",
            "查表保持表的 dtype。",
            table.astype("float32"), rng.integers(5, size=4).astype("int32"),
        ),
        case(
            "nothing to look up",
            "Without ids the result is empty, but still has the width.",
            "没有 id 时结果为空，但仍有宽度轴。",
            table, np.zeros((2, 0), dtype=np.int64),
        ),
        case(
            "lookup in a view",
            "Table and ids may be views of other arrays.",
            "表和 ids 都可以是其他数组的视图。",
            rng.normal(size=(4, 6)).T, rng.integers(6, size=(3, 4))[:, ::2],
        ),
    ]  # fmt: skip


def gradients(rng):
    def case(name, en, zh, ids, rows=6, width=2, padding=None, dtype="float64"):
        ids = np.asarray(ids)
        upstream = rng.normal(size=(*ids.shape, width)).astype(dtype)
        args = (upstream, ids, rows, padding)
        return Case(
            name, Bilingual(en, zh), args, gradient(*args),
            call="embedding_backward", dtype=dtype, tolerance=FLOAT64 if dtype == "float64" else FLOAT32,
        )  # fmt: skip

    a, b, c = (int(i) for i in rng.permutation(5)[:3])
    return [
        case(
            "gradient",
            "Each place sends its gradient to the row it was taken from; the other rows get zero.",
            "每个位置的梯度送回它所取的那一行，其余各行为零。",
            [a, b],
        ),
        case(
            "repeated id",
            "A row used more than once gathers the gradients of all its places.",
            "一行被用了多次，就要把各处的梯度都加起来。",
            [a, b, a, a],
        ),
        case(
            "padding",
            "The padding row gets no gradient, the others get theirs.",
            "填充行没有梯度，其余各行照常。",
            [[a, b, c], [c, c, 5]], padding=c,
        ),
        case(
            "padding is row 0",
            "Row 0 may be the padding row: 0 is not None.",
            "第 0 行也可以是填充行：0 不是 None。",
            [[a, 0, 0], [0, b, 0]], padding=0,
        ),
        case(
            "no padding",
            "With padding = None every row learns, row 0 and the last one too.",
            "padding = None 时每一行都学习，包括第 0 行和最后一行。",
            [0, 5, 0, 5, a], padding=None,
        ),
        case(
            "unused rows",
            "The gradient has a row for every row of the table, also beyond the largest id.",
            "梯度的行数与表相同，包括比最大 id 还靠后的行。",
            [[1, 0], [1, 1]], rows=7,
        ),
        case(
            "no ids",
            "Without ids the gradient of the table is zero.",
            "没有 id 时，表的梯度为零。",
            np.zeros((0, 3), dtype=np.int64),
        ),
        case(
            "float32",
            "The gradient keeps the dtype of upstream.",
            "梯度保持 upstream 的 dtype。",
            rng.integers(4, size=(3, 3)), rows=4, dtype="float32",
        ),
        case(
            "many places",
            "Right for a large batch with many repetitions.",
            "批次很大、重复很多时也要正确。",
            rng.integers(12, size=(20, 15)), rows=12, width=4, padding=3,
        ),
    ]  # fmt: skip
