"""Starts one sandboxed Python and ends it again, whatever it does."""

import contextlib
import json
import os
import random
import select
import signal
import subprocess
import time
from dataclasses import dataclass

from coach.exercise import Needs
from coach.sandbox import checks
from coach.sandbox.channel import Broken, Channel
from coach.sandbox.methods import Method
from coach.sandbox.mounts import View

_FIRST_UID, _UIDS = 1_000_000_000, 1_000_000_000
_ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "HOME": "/",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}
_DEATH_SECONDS = 10


class StartError(Exception):
    """A sandbox did not come up; `reason` is what bubblewrap or the process inside said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Process:
    """One sandboxed Python. It dies with this process: the lifeline, a pipe nobody writes to, ends then."""

    def __init__(self, method: Method, view: View, needs: Needs) -> None:
        self.method = method
        self.uid = os.getuid()
        if method.lone_user:
            self.uid = _FIRST_UID + random.SystemRandom().randrange(_UIDS)
        with contextlib.ExitStack() as stack:
            fds = _Descriptors(stack)
            requests, answers, lifeline = fds.pipe_in(), fds.pipe_out(), fds.pipe_in()
            info = fds.pipe_out(inherit=method.namespaces)
            # Both ends: bubblewrap must be able to write and go on even if nobody is left to read.
            fds.inherited += [info.ours] * method.namespaces
            stdout, stderr = fds.pipe_out(inherit=False), fds.pipe_out(inherit=False)
            config = {
                "fds": [requests.inside, answers.inside, lifeline.inside],
                "uid": self.uid if method.lone_user else None,
                "site": [str(folder) for folder in view.site],
                "needs": needs,
                **method.config(view, fds.content),
            }
            command = method.command(view, fds.content, info.inside)
            self._started = subprocess.Popen(
                [*command, json.dumps(config)],
                stdin=subprocess.DEVNULL,
                stdout=stdout.inside,
                stderr=stderr.inside,
                env=_ENVIRONMENT,
                cwd="/",
                start_new_session=not method.namespaces,
                pass_fds=fds.inherited,
            )
            ours = (requests.ours, answers.ours, stdout.ours, stderr.ours)
            fds.close_inside()
            self._init = _pid_in(info.ours, seconds=5) if method.namespaces else None
            fds.keep((*ours, lifeline.ours))
        self.channel = Channel(*ours)
        self._lifeline = lifeline.ours
        self._init_fd = None if self._init is None else _pidfd(self._init)

    def pid(self) -> int:
        """The process' pid on the host."""
        if not self.method.namespaces:
            return self._started.pid
        found = None if self._init is None else checks.child_of(self._init)
        if found is None:
            raise StartError("the sandboxed process can't be found")
        return found

    def exit_code(self) -> int | None:
        """How it ended (128 + n: signal n), None while it runs; waits a moment for the end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._started.wait(0.5)
        code = self._started.poll()
        return code if code is None or code >= 0 else 128 - code

    def kill(self) -> bool:
        """Ends everything; True once every end of every pipe is closed, so that nothing can be left."""
        if self._init_fd is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._init_fd, signal.SIGKILL)
            os.close(self._init_fd)
            self._init_fd = None
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1
        self._started.kill()
        self._started.wait()
        return self.channel.drain(_DEATH_SECONDS)

    def discard(self) -> None:
        """Ends it where nobody wants to know more."""
        self.kill()
        self.channel.close()

    def complaint(self) -> str:
        """What bubblewrap or the interpreter wrote before it gave up."""
        with contextlib.suppress(Broken):
            self.channel.check_silence()
        lines = [line for line in self.channel.printed()[1].splitlines() if line.strip()]
        return lines[-1].strip() if lines else "it ended without a word"


@dataclass(frozen=True)
class _Pipe:
    inside: int
    ours: int


class _Descriptors:
    """Descriptors that are closed again, but for those of ours that are kept."""

    def __init__(self, stack: contextlib.ExitStack) -> None:
        self._kept: set[int] = set()
        self._ours: list[int] = []
        self._inside: list[int] = []
        self.inherited: list[int] = []
        stack.callback(self._close)

    def pipe_out(self, inherit: bool = True) -> _Pipe:
        read, write = os.pipe()
        return self._pipe(inside=write, ours=read, inherit=inherit)

    def pipe_in(self) -> _Pipe:
        read, write = os.pipe()
        return self._pipe(inside=read, ours=write, inherit=True)

    def content(self, data: bytes) -> int:
        """A descriptor to read the data from; it lies in memory, so no file permission matters."""
        descriptor = os.memfd_create("content")
        self._inside.append(descriptor)
        self.inherited.append(descriptor)
        with open(descriptor, "wb", closefd=False) as file:
            file.write(data)
        os.lseek(descriptor, 0, os.SEEK_SET)
        return descriptor

    def close_inside(self) -> None:
        """Gives up the far ends, so that a pipe ends when nobody else has it open."""
        while self._inside:
            os.close(self._inside.pop())

    def keep(self, descriptors: tuple[int, ...]) -> None:
        """These stay open, whatever happens to the others."""
        self._kept = set(descriptors)

    def _close(self) -> None:
        self.close_inside()
        for descriptor in set(self._ours) - self._kept:
            os.close(descriptor)

    def _pipe(self, inside: int, ours: int, inherit: bool) -> _Pipe:
        self._inside.append(inside)
        self._ours.append(ours)
        self.inherited += [inside] * inherit
        return _Pipe(inside, ours)


def _pid_in(descriptor: int, seconds: float) -> int | None:
    """The pid bubblewrap reports for the first process inside; None if it ends before."""
    text = b""
    deadline = time.monotonic() + seconds
    while b"}" not in text:
        left = max(0.0, deadline - time.monotonic())
        if not select.select([descriptor], [], [], left)[0]:
            return None
        data = os.read(descriptor, 4096)
        if not data:
            return None
        text += data
    return int(json.loads(text)["child-pid"])


def _pidfd(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None
