"""A stand-in for the sandbox that runs nothing: every call is answered by a function given beforehand."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from coach.exercise import Failed, Limits, Loaded, Needs, Returned

# From the name of an entry point and its arguments to a plain value, or to a failure.
Reply = Callable[[str, Sequence[Any]], Any]


class ScriptedRun:
    """Answers like a sandbox; `sources` records what was to be executed."""

    isolation: tuple[str, ...] = ("scripted",)

    def __init__(self, reply: Reply, loading: Loaded | Failed, printed: tuple[str, str]) -> None:
        self._reply = reply
        self._loading = loading
        self._printed = printed
        self.sources: list[str] = []

    def load(
        self,
        source: str,
        entry_points: Sequence[str],  # noqa: ARG002
        seconds: float,  # noqa: ARG002
        driver: str = "",  # noqa: ARG002
    ) -> Loaded | Failed:
        """Gives back the outcome it was made with."""
        self.sources.append(source)
        return self._loading

    def call(
        self,
        name: str,
        args: Sequence[Any],
        seconds: float,  # noqa: ARG002
        cotangent: Any = None,  # noqa: ARG002
    ) -> Returned | Failed:
        """Asks the function it was made with."""
        value = self._reply(name, args)
        if isinstance(value, Failed):
            return value
        after = tuple(getattr(arg, "array", arg) for arg in args)
        return Returned(value, after, elapsed_s=0.0)

    def close(self) -> tuple[str, str]:
        """Gives back the output it was made with."""
        return self._printed


class ScriptedRunner:
    """Starts scripted runs and records them."""

    def __init__(
        self,
        reply: Reply,
        loading: Loaded | Failed = Loaded((), 0.0),  # noqa: B008
        printed: tuple[str, str] = ("", ""),
    ) -> None:
        self._made_of = (reply, loading, printed)
        self.runs: list[ScriptedRun] = []

    def prepare(self, needs: Needs) -> None:
        """Nothing needs preparing."""

    def close(self) -> None:
        """Nothing was prepared."""

    @contextmanager
    def start(self, needs: Needs, limits: Limits, calls: int) -> Iterator[ScriptedRun]:  # noqa: ARG002
        """A scripted run."""
        self.runs.append(ScriptedRun(*self._made_of))
        yield self.runs[-1]
