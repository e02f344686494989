"""How a process gives up what it could do: its user, files, rights, system calls. There is no way back.

Runs inside the sandbox, before any code of a candidate: standard library only.
"""

import ctypes
import fcntl
import os
import resource
import select
import signal
import stat
from collections.abc import Sequence
from typing import Any

CLONE_NEWUSER = 0x10000000
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_FILTER = 22, 38, 2
CAPABILITY_VERSION = 0x20080522
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
READ_FILE, READ_FOLDER = 1 << 2, 1 << 3
LIBC = ctypes.CDLL(None, use_errno=True)


def checked(result: int, what: str) -> int:
    """Leaves at once when a step of shutting in fails: the host sees the end of the pipe."""
    if result < 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


def become(uid: int) -> None:
    """Turns root into a user nobody else is."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def tie(lifeline: int) -> None:
    """Ties this process' life to a pipe nobody writes to: when the far end closes, the kernel kills it.

    A signal at the parent's death would do for most cases, but not for a bubblewrap that dies between
    making its child and releasing it: the child would wait for ever.
    """
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(lifeline, fcntl.F_SETFL, os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:
        os._exit(0)


def give_up_power() -> None:
    """A user namespace of its own, where it has no power either."""
    checked(LIBC.unshare(CLONE_NEWUSER), "unshare")
    drop_capabilities()


def drop_capabilities() -> None:
    """Every one of every set."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    checked(LIBC.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def shut_in_alone(alone: dict[str, Any], program: bytes) -> None:
    """What bubblewrap does elsewhere, as far as it can be done without namespaces."""
    checked(LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    if not landlock(alone["readable"]):
        raise OSError("this kernel has no Landlock (Linux 5.13 or later has it)")
    drop_capabilities()
    install(program)


def landlock(readable: Sequence[str] | None = None) -> int:
    """Forbids writing, executing, TCP, abstract sockets and outside signals; returns the ABI, 0 for none.

    With a list of what is readable, reading anything else is forbidden too.
    """
    abi: int = LIBC.syscall(LANDLOCK_CREATE, None, ctypes.c_size_t(0), 1)
    if abi < 1:
        return 0
    rights = (1 << {1: 13, 2: 14}.get(abi, 15 if abi < 5 else 16)) - 1
    if readable is None:
        rights &= ~(READ_FILE | READ_FOLDER)
    fields = [rights, *([0b11] if abi >= 4 else []), *([0b11] if abi >= 6 else [])]
    attributes = (ctypes.c_uint64 * len(fields))(*fields)
    size = ctypes.c_size_t(8 * len(fields))
    ruleset = checked(LIBC.syscall(LANDLOCK_CREATE, attributes, size, 0), "landlock")
    for path in readable or ():
        allow_reading(ruleset, path)
    checked(LIBC.syscall(LANDLOCK_RESTRICT, ruleset, 0), "landlock")
    os.close(ruleset)
    return abi


def allow_reading(ruleset: int, path: str) -> None:
    """Adds a file, or a folder with all that is in it."""

    class Rule(ctypes.Structure):
        _pack_ = 1
        _fields_ = [("rights", ctypes.c_uint64), ("parent", ctypes.c_int32)]

    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
    rule = Rule(READ_FILE | READ_FOLDER if folder else READ_FILE, descriptor)
    checked(LIBC.syscall(LANDLOCK_ADD, ruleset, 1, ctypes.byref(rule), 0), f"landlock {path}")
    os.close(descriptor)


def install(program: bytes) -> None:
    """Adds a seccomp filter."""

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]

    filter_ = Program(len(program) // 8, program)
    result = LIBC.prctl(PR_SET_SECCOMP, SECCOMP_FILTER, ctypes.byref(filter_), 0, 0)
    checked(result, "seccomp")


def seal(limits: dict[str, tuple[int, int]], program: bytes) -> int:
    """Sets resource limits, Landlock and the second seccomp filter; there is no way back."""
    for name, (soft, hard) in limits.items():
        resource.setrlimit(getattr(resource, name), (soft, hard))
    abi = landlock()
    install(program)
    return abi
