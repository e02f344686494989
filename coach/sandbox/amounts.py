"""How much of everything a sandboxed process may use."""

import math
import os
import platform
from pathlib import Path

from coach.exercise import Limits
from coach.sandbox import checks
from coach.sandbox.methods import Method

_MIB = 1 << 20
_THREADS = 64
_STACK = 8 * _MIB
_OPEN_FILES = 64


def amounts(method: Method, pid: int, limits: Limits, calls: int) -> dict[str, tuple[int, int]]:
    """Soft and hard resource limits; address space and processor time on top of what the imports took."""
    fields = checks.status(pid)
    memory = int(fields["VmSize"].split()[0]) * 1024 + limits.memory_mb * _MIB
    processor = math.ceil(checks.processor_seconds(pid) + limits.seconds * (calls + 1)) + 1
    single = {
        "RLIMIT_AS": memory,
        "RLIMIT_NPROC": _THREADS + _others(method),
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": _OPEN_FILES,
        "RLIMIT_CORE": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_STACK": _STACK,
    }
    return {"RLIMIT_CPU": (processor, processor + 1), **{k: (v, v) for k, v in single.items()}}


def _others(method: Method) -> int:
    """Tasks that count against the process limit though they are not inside.

    All of the user's do, unless the user is nobody else or, from Linux 5.14 on, in a namespace of its own.
    """
    major, minor = (int(part) for part in platform.release().split(".")[:2])
    if method.lone_user or (method.namespaces and (major, minor) >= (5, 14)):
        return 0
    return sum(map(_own_tasks, Path("/proc").glob("[0-9]*")))


def _own_tasks(folder: Path) -> int:
    """Tasks of a process of this user; none of a process that has ended meanwhile."""
    try:
        own = folder.stat().st_uid == os.getuid()
        return sum(1 for _ in folder.glob("task/*")) if own else 0
    except OSError:
        return 0
