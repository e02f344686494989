# goal: return what is no plain value: generators, coroutines, subclasses, cycles, odd dtypes
# expect: error
# ruff: noqa
import collections
import decimal
import enum
import fractions

import numpy as np


async def coroutine(x):
    return x


class Many(enum.IntEnum):
    ONE = 1


cycle = []
cycle.append(cycle)
wide = {}
for _ in range(6000):
    wide[str(len(wide))] = wide.get("0")
VALUES = (
    *((n for n in [1.0]), coroutine(1), cycle, wide, {1: 2}, {1.0}, b"bytes", bytearray(8)),
    *(memoryview(b"abc"), range(3), Many.ONE, decimal.Decimal(1), fractions.Fraction(1, 2)),
    *(collections.OrderedDict(a=1), collections.namedtuple("T", "a")(1), object(), 1j),
    *(
        np.array(["text"]),
        np.array([None]),
        np.array([(1, 2)], dtype="i4,i4"),
        np.datetime64(0, "s"),
    ),
    *(np.dtype("f8"), np, type, lambda x: x, Ellipsis, NotImplemented, slice(1), sys, "\0" * 10**6),
)
calls = []


def softmax(x):
    calls.append(x)
    return VALUES[len(calls) % len(VALUES)]
