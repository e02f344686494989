"""Code exercises: what is asked, the cases an answer is tried on, and what a run yields."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from coach.card import Bilingual, Level

if TYPE_CHECKING:
    import numpy as np

Needs = Literal["numpy", "torch"]
Status = Literal[
    "passed", "wrong", "error", "timeout", "memory", "crash", "exited", "output", "protocol"
]


@dataclass(frozen=True)
class Limits:
    """What one run may use: seconds for each case, MiB beyond the imports, MiB of one answer."""

    seconds: float = 2.0
    memory_mb: int = 256
    answer_mb: int = 16


@dataclass(frozen=True)
class Exercise:
    """One task: functions to write, named by `entry_points`; `forbidden` calls are only advised against."""

    slug: str
    title: Bilingual
    task: Bilingual
    entry_points: tuple[str, ...]
    needs: Needs
    topic: str
    level: Level
    limits: Limits
    forbidden: tuple[str, ...]
    hints: tuple[Bilingual, ...]
    folder: Path

    @property
    def starter(self) -> str:
        """Text of the file a candidate starts from."""
        return (self.folder / "starter.py").read_text(encoding="utf-8")

    @property
    def solution(self) -> str:
        """Text of the reference solution."""
        return (self.folder / "solution.py").read_text(encoding="utf-8")

    @property
    def driver(self) -> str:
        """Source of functions `(answer, *args)` that work with an answer from inside; mostly empty."""
        file = self.folder / "driver.py"
        return file.read_text(encoding="utf-8") if file.is_file() else ""


@dataclass(frozen=True)
class Tensor:
    """An argument that reaches the answer as a PyTorch tensor."""

    array: "np.ndarray[Any, Any]"


@dataclass(frozen=True)
class Rng:
    """An argument that reaches the answer as `numpy.random.default_rng(seed)`."""

    seed: int


@dataclass(frozen=True)
class Tolerance:
    """Largest difference that still counts as equal: `atol + rtol * |expected|`."""

    rtol: float = 1e-7
    atol: float = 1e-9


FLOAT64 = Tolerance()
FLOAT32 = Tolerance(rtol=1e-4, atol=1e-5)
NUMERICAL = Tolerance(rtol=1e-5, atol=1e-6)  # for what is compared with finite differences


@dataclass(frozen=True)
class Gradient:
    """Asks for the gradient of `(cotangent * value).sum()` by each floating tensor argument, in order."""

    cotangent: "np.ndarray[Any, Any]"
    expected: "tuple[np.ndarray[Any, Any], ...]"


# Says in both languages what is wrong with an answer that has arrived as plain values; None: nothing.
Check = Callable[[Any], Bilingual | None]


@dataclass(frozen=True)
class Case:
    """One call of an entry point (the first where `call` is empty) and what a right answer returns.

    `call` may also name a function of the exercise's driver: it gets the answer's module and `args`,
    builds what the answer needs (a function to minimise, an object that keeps state) and returns what
    became of it. `why` is the rule the case tests, shown on failure; `names` are those of the values
    where several are expected. With `check` the value's properties decide instead of `expected`.
    `dtype` names the one an array must have, where the task asks for one. Arguments that differ after
    the call are a failure unless `mutates`.
    """

    name: str
    why: Bilingual
    args: tuple[Any, ...]
    expected: Any = None
    call: str = ""
    tolerance: Tolerance = FLOAT64
    names: tuple[str, ...] = ()
    check: Check | None = None
    gradient: Gradient | None = None
    dtype: str = ""
    mutates: bool = False


@dataclass(frozen=True)
class CaseResult:
    """What became of one case; `message` is for the candidate and free of control characters."""

    name: str
    status: Status
    message: str
    elapsed_s: float


OnCase = Callable[[CaseResult], None]


@dataclass(frozen=True)
class PracticeResult:
    """What became of a run: one result for each case that was tried, smallest case first."""

    exercise: str
    passed: bool
    cases: tuple[CaseResult, ...]
    stdout: str
    stderr: str
    limits: Limits
    isolation: tuple[str, ...]
    elapsed_s: float

    @property
    def first_failure(self) -> CaseResult | None:
        """The smallest case that did not pass."""
        return next((case for case in self.cases if case.status != "passed"), None)


@dataclass(frozen=True)
class Returned:
    """Plain values an entry point returned, its arguments as they were after the call, gradients asked for.

    A gradient is None where the value does not depend on that argument.
    """

    value: Any
    args: tuple[Any, ...]
    elapsed_s: float
    gradients: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Failed:
    """Why a call or the loading of an answer yielded nothing.

    `over` ends the run. `lost` says that the process was killed, perhaps by somebody who has nothing to
    do with the answer (a machine short of memory), so that it may be tried again once.
    """

    status: Status
    message: str
    elapsed_s: float
    over: bool = False
    lost: bool = False


@dataclass(frozen=True)
class Loaded:
    """The answer's module was executed; `missing` are the entry points it does not define."""

    missing: tuple[str, ...]
    elapsed_s: float


class Run(Protocol):
    """One answer in one sandbox of its own; calls go one at a time and never raise for what the answer does."""

    isolation: tuple[str, ...]

    def load(
        self, source: str, entry_points: Sequence[str], seconds: float, driver: str = ""
    ) -> Loaded | Failed:
        """Executes the answer's module, and the driver's beside it."""

    def call(
        self, name: str, args: Sequence[Any], seconds: float, cotangent: Any = None
    ) -> Returned | Failed:
        """Calls a function of the driver or the answer with plain values, one array as cotangent or none."""

    def close(self) -> tuple[str, str]:
        """Ends everything the answer started; returns its output and error output, made safe to show."""


class Runner(Protocol):
    """Starts runs; raises SandboxMissing where it can't isolate."""

    def prepare(self, needs: Needs) -> None:
        """Says that runs are to come, so that they start faster; returns at once and raises nothing."""

    def close(self) -> None:
        """Ends what was prepared."""

    def start(self, needs: Needs, limits: Limits, calls: int) -> AbstractContextManager[Run]:
        """A fresh sandbox with NumPy (and PyTorch where needed) imported, good for so many calls."""
