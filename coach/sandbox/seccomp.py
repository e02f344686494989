"""Two seccomp filters, as classic BPF: what a sandboxed Python may ask of the kernel.

Both are allow-lists. The first is in force from the start of the interpreter, the second is added
after the imports, before any of the candidate's code. What is not listed fails with EPERM, or with
ENOSYS where the system call is so new that libraries have an older one to fall back to.
"""

import platform
import struct
from dataclasses import dataclass

from coach.errors import SandboxMissing

_INSTRUCTION = struct.Struct("<HBBI")
_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_EQUAL, _GREATER_OR_EQUAL = 0x15, 0x35
_ALLOW, _KILL, _EPERM, _ENOSYS = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_X32_BIT = 0x40000000
_FIRST_OPTIONAL = 424  # from here on numbers are the same everywhere and libraries have fallbacks

_CLONE_THREAD = 0x00010000
_CLONE_NAMESPACES = 0x7E020000
_CLONE_NEWUSER = 0x10000000


@dataclass(frozen=True)
class Architecture:
    """How system calls are numbered on one kind of processor."""

    audit: int
    numbers: dict[str, int]


def _table(text: str) -> dict[str, int]:
    fields = text.split()
    return {name: int(number) for name, number in zip(fields[::2], fields[1::2], strict=True)}


# Memory, files that are open or can be opened read-only, clocks, threads' own business.
_X86_64 = _table("""
    read 0 write 1 open 2 close 3 stat 4 fstat 5 lstat 6 poll 7 lseek 8 mmap 9 mprotect 10 munmap 11
    brk 12 rt_sigaction 13 rt_sigprocmask 14 rt_sigreturn 15 ioctl 16 pread64 17 readv 19 writev 20
    access 21 select 23 sched_yield 24 mremap 25 madvise 28 dup 32 dup2 33 pause 34 nanosleep 35
    getitimer 36 alarm 37 setitimer 38 getpid 39 clone 56 execve 59 exit 60 wait4 61 kill 62 uname 63
    fcntl 72 getdents 78 getcwd 79 chdir 80 readlink 89 umask 95 gettimeofday 96 getrlimit 97
    getrusage 98 sysinfo 99 times 100 getuid 102 getgid 104 geteuid 107 getegid 108 getppid 110
    getpgrp 111 getgroups 115 setgroups 116 setresuid 117 getresuid 118 setresgid 119 getresgid 120
    capget 125 capset 126 sigaltstack 131 prctl 157 arch_prctl 158 setrlimit 160 gettid 186 tkill 200
    time 201 futex 202 sched_getaffinity 204 getdents64 217 set_tid_address 218 restart_syscall 219
    clock_gettime 228 clock_getres 229 clock_nanosleep 230 exit_group 231 tgkill 234 openat 257
    newfstatat 262 readlinkat 267 faccessat 269 pselect6 270 ppoll 271 unshare 272
    set_robust_list 273 dup3 292 pipe2 293 prlimit64 302 getcpu 309 seccomp 317 getrandom 318
    execveat 322 membarrier 324 statx 332 rseq 334
    landlock_create_ruleset 444 landlock_restrict_self 446
""")
_AARCH64 = _table("""
    getcwd 17 dup 23 dup3 24 fcntl 25 ioctl 29 faccessat 48 chdir 49 openat 56 close 57 pipe2 59
    getdents64 61 lseek 62 read 63 write 64 readv 65 writev 66 pread64 67 pselect6 72 ppoll 73
    readlinkat 78 newfstatat 79 fstat 80 capget 90 capset 91 exit 93 exit_group 94
    set_tid_address 96 unshare 97 futex 98 set_robust_list 99 nanosleep 101 getitimer 102
    setitimer 103 clock_gettime 113 clock_getres 114 clock_nanosleep 115 sched_getaffinity 123
    sched_yield 124 restart_syscall 128 kill 129 tkill 130 tgkill 131 sigaltstack 132
    rt_sigaction 134 rt_sigprocmask 135 rt_sigreturn 139 setresuid 147 getresuid 148 setresgid 149
    getresgid 150 times 153 getgroups 158 setgroups 159 uname 160 getrlimit 163 setrlimit 164
    getrusage 165 umask 166 prctl 167 getcpu 168 gettimeofday 169 getpid 172 getppid 173 getuid 174
    geteuid 175 getgid 176 getegid 177 gettid 178 sysinfo 179 brk 214 munmap 215 mremap 216 clone 220
    execve 221 mmap 222 mprotect 226 madvise 233 wait4 260 prlimit64 261 seccomp 277 getrandom 278
    execveat 281 membarrier 283 statx 291 rseq 293
    landlock_create_ruleset 444 landlock_restrict_self 446
""")
_ARCHITECTURES = {
    "x86_64": Architecture(0xC000003E, _X86_64),
    "aarch64": Architecture(0xC00000B7, _AARCH64),
}

# Needed to start an interpreter and to shut the door behind it, never afterwards.
_STARTING_ONLY = {
    *("execve", "execveat", "wait4", "setgroups", "setresuid", "setresgid", "capset", "seccomp"),
    *("unshare", "landlock_create_ruleset", "landlock_restrict_self", "setrlimit", "prctl"),
}
_READ_ONLY_IOCTLS = (0x5401, 0x5413, 0x5451)  # TCGETS, TIOCGWINSZ, FIOCLEX
_PLAIN_FCNTLS = (0, 1, 2, 3, 1030)  # duplicating descriptors, reading their flags
_LIFELINE_FCNTLS = (4, 8, 10)  # F_SETFL, F_SETOWN, F_SETSIG
LIFELINE = 5  # the descriptor whose end is the process' end: nothing may touch it
_THREAD_NAMES = (15, 16)  # PR_SET_NAME, PR_GET_NAME


def architecture() -> Architecture:
    """The running machine's; SandboxMissing where no filter is known for it."""
    machine = platform.machine()
    if machine not in _ARCHITECTURES:
        known = " and ".join(_ARCHITECTURES)
        raise SandboxMissing(
            f"No seccomp filter for {machine} processors; there is one for {known}."
        )
    return _ARCHITECTURES[machine]


def starting_filter(arch: Architecture) -> bytes:
    """In force while the interpreter starts and imports: threads and one's own user namespace at most."""
    checks = _checks_on_arguments(threads=True)
    checks["unshare"] = _only(0, (_CLONE_NEWUSER,))
    checks["fcntl"] = _only(1, (*_PLAIN_FCNTLS, *_LIFELINE_FCNTLS))
    return _assemble(arch, set(arch.numbers), checks)


def running_filter(arch: Architecture, pid: int, threads: bool) -> bytes:
    """In force while candidate code runs: no new process, no program, signals only to process `pid`."""
    checks = _checks_on_arguments(threads)
    checks["kill"] = checks["tgkill"] = _only(0, (pid,))
    checks["prctl"] = _only(0, _THREAD_NAMES)
    checks["prlimit64"] = _only(0, (0, pid))
    checks["close"] = _other_than(0, LIFELINE)
    checks["dup2"] = checks["dup3"] = _other_than(1, LIFELINE)
    allowed = set(arch.numbers) - (_STARTING_ONLY - {"prctl"})
    return _assemble(arch, allowed - {"tkill"}, checks)


def _checks_on_arguments(threads: bool) -> dict[str, bytes]:
    clone = _clone_threads() if threads else _answer(_EPERM)
    return {
        "clone": clone,
        "ioctl": _only(1, _READ_ONLY_IOCTLS),
        "fcntl": _only(1, _PLAIN_FCNTLS),
    }


def _assemble(arch: Architecture, allowed: set[str], checks: dict[str, bytes]) -> bytes:
    """The program: wrong processor mode dies, listed calls pass or are looked into, others fail."""
    program = _step(_LOAD, _ARCHITECTURE)
    program += _step(_EQUAL, arch.audit, 1, 0) + _answer(_KILL)
    program += _step(_LOAD, _NUMBER)
    if arch is _ARCHITECTURES["x86_64"]:
        program += _step(_GREATER_OR_EQUAL, _X32_BIT, 0, 1) + _answer(_KILL)
    for name, number in arch.numbers.items():
        if name not in allowed:
            continue
        body = checks.get(name) or _answer(_ALLOW)
        program += _step(_EQUAL, number, 0, len(body) // _INSTRUCTION.size) + body
    program += _step(_GREATER_OR_EQUAL, _FIRST_OPTIONAL, 0, 1) + _answer(_ENOSYS)
    return program + _answer(_EPERM)


def _only(argument: int, values: tuple[int, ...]) -> bytes:
    """Allows a call whose argument (its low half: the kernel takes an int) is one of the values."""
    program = _step(_LOAD, _ARGUMENTS + 8 * argument)
    for value in values:
        program += _step(_EQUAL, value, 0, 1) + _answer(_ALLOW)
    return program + _answer(_EPERM)


def _other_than(argument: int, value: int) -> bytes:
    """Allows a call whose argument is anything but the value."""
    load = _step(_LOAD, _ARGUMENTS + 8 * argument)
    return load + _step(_EQUAL, value, 0, 1) + _answer(_EPERM) + _answer(_ALLOW)


def _clone_threads() -> bytes:
    program = _step(_LOAD, _ARGUMENTS) + _step(_AND, _CLONE_THREAD | _CLONE_NAMESPACES)
    return program + _step(_EQUAL, _CLONE_THREAD, 0, 1) + _answer(_ALLOW) + _answer(_EPERM)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return _INSTRUCTION.pack(code, if_true, if_false, value)


def _answer(action: int) -> bytes:
    return _step(_RETURN, action)
