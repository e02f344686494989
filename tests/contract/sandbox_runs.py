"""A run in the sandbox with an answer of NumPy, as the tests start it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from coach.errors import SandboxMissing
from coach.exercise import Limits, Loaded, Run, Runner

LIMITS = Limits(seconds=1, memory_mb=128, answer_mb=1)
SOURCE = """
import os, sys
import numpy as np
def double(x): return 2 * x
def fail(x): raise ValueError("no")
def draw(rng): return rng.random(3)
def spread(x): return x.flags.c_contiguous
def sleep(x):
    while True: pass
def shout(x):
    print("out"); print("err", file=sys.stderr); return x
"""
NAMES = ("double", "fail")


@contextmanager
def started(runner: Runner, source: str = SOURCE, names: Sequence[str] = NAMES) -> Iterator[Run]:
    try:
        with runner.start("numpy", LIMITS, 5) as run:
            assert isinstance(run.load(source, names, 1), Loaded)
            yield run
    except SandboxMissing as missing:
        pytest.skip(missing.message)
