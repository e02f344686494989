"""Opens a sandbox for each run: takes a spare or starts a process, shuts it in and looks whether it is."""

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from coach.exercise import Limits, Needs
from coach.sandbox import checks, wire
from coach.sandbox.amounts import amounts
from coach.sandbox.channel import Broken
from coach.sandbox.methods import Method, bubblewraps
from coach.sandbox.mounts import View, view
from coach.sandbox.process import Process, StartError
from coach.sandbox.refusal import missing
from coach.sandbox.run import SandboxRun
from coach.sandbox.seccomp import architecture, running_filter
from coach.sandbox.spares import Spares

_MIB = 1 << 20
_START_SECONDS = 60.0
_SEAL_SECONDS = 10.0


class Sandbox:
    """Starts runs; the first one finds out which way of isolating works here and keeps to it."""

    def __init__(
        self, hidden: Sequence[Path] = (), ways: Callable[[], Sequence[Method]] = bubblewraps
    ) -> None:
        self._hidden = tuple(hidden)
        self._ways = ways
        self._method: Method | None = None
        self._kept: set[Needs] = set()
        self._views: dict[Needs, View] = {}
        self._spares = Spares(self._process)
        self._lock = threading.Lock()

    def prepare(self, needs: Needs) -> None:
        """From now on keeps a process ready; returns at once. What can't be had, `start` tells."""
        self._kept.add(needs)
        self._refill()

    @contextmanager
    def start(self, needs: Needs, limits: Limits, calls: int) -> Iterator[SandboxRun]:
        """A sandbox used by nobody before; SandboxMissing where none can be had, PackageMissing without PyTorch."""
        run = self._open(needs, limits, calls)
        try:
            yield run
        finally:
            run.close()
            self._refill()

    def close(self) -> None:
        """Ends what waits for a run."""
        self._kept.clear()
        self._spares.close()

    def _refill(self) -> None:
        if sys.platform != "linux":
            return
        for needs in tuple(self._kept):
            self._spares.keep(needs)

    def _open(self, needs: Needs, limits: Limits, calls: int) -> SandboxRun:
        if sys.platform != "linux":
            raise missing([])
        self._view(needs)
        with contextlib.suppress(StartError):  # whatever became of a spare, a fresh one is as good
            spare = self._spares.take(needs)
            if spare is not None:
                return _shut_in(spare, limits, calls)
        with self._lock:
            if self._method is None:
                return self._first(needs, limits, calls)
        try:
            return _shut_in(self._process(needs), limits, calls)
        except StartError as error:
            raise missing([(self._method, error.reason)]) from error

    def _first(self, needs: Needs, limits: Limits, calls: int) -> SandboxRun:
        tried: list[tuple[Method, str]] = []
        for method in self._ways():
            self._method = method
            try:
                return _shut_in(self._process(needs), limits, calls)
            except StartError as error:
                tried.append((method, error.reason))
        self._method = None
        raise missing(tried)

    def _process(self, needs: Needs) -> Process:
        """A process on its way; a spare asked for before the first run finds the way as that would."""
        method = self._method or next(iter(self._ways()), None)
        if method is None:
            raise StartError("there is no bubblewrap")
        try:
            return Process(method, self._view(needs), needs)
        except OSError as error:
            raise StartError(str(error)) from error

    def _view(self, needs: Needs) -> View:
        if needs not in self._views:
            self._views[needs] = view(needs, self._hidden)
        return self._views[needs]


def _shut_in(process: Process, limits: Limits, calls: int) -> SandboxRun:
    """Shuts a process in and looks whether it is; StartError before any code is sent otherwise."""
    method = process.method
    try:
        hello, _ = process.channel.receive(_START_SECONDS)
        pid = process.pid()
        limited = amounts(method, pid, limits, calls)
        program = running_filter(architecture(), int(hello["pid"]), method.threads)
        sealed, _ = process.channel.ask(wire.pack({"limits": limited}, program), _SEAL_SECONDS)
        found = checks.faults(pid, process.uid, limited, method.namespaces)
        if found:
            raise StartError("; ".join(found))
    except (Broken, StartError, OSError, KeyError, ValueError) as error:
        process.kill()
        said = process.complaint() if isinstance(error, Broken) else str(error)
        process.channel.close()
        raise StartError(said) from error
    except BaseException:
        process.discard()
        raise
    layers = (*method.layers, "landlock") if sealed.get("landlock") else method.layers
    process.channel.max_body = int(limits.answer_mb * _MIB)
    return SandboxRun(process, layers)
