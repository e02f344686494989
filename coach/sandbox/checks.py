"""Looks at a sandboxed process from outside, before it gets any code: is it shut in as asked?"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

NAMESPACES = {
    "user": "user",
    "pid": "pid",
    "net": "net",
    "mount": "mnt",
    "ipc": "ipc",
    "uts": "uts",
    "cgroup": "cgroup",
}
# Name in `resource`, line in /proc/PID/limits.
LIMIT_LINES = {
    "RLIMIT_AS": "Max address space",
    "RLIMIT_CPU": "Max cpu time",
    "RLIMIT_NPROC": "Max processes",
    "RLIMIT_FSIZE": "Max file size",
    "RLIMIT_NOFILE": "Max open files",
    "RLIMIT_CORE": "Max core file size",
    "RLIMIT_MEMLOCK": "Max locked memory",
    "RLIMIT_STACK": "Max stack size",
}
_CAPABILITY_SETS = ("CapInh", "CapPrm", "CapEff", "CapAmb")
_FILTERS = 2


def faults(
    pid: int, uid: int, limits: Mapping[str, tuple[int, int]], namespaces: bool = True
) -> list[str]:
    """What is not as asked of the process with this pid on the host; empty: it is shut in."""
    try:
        found = [*_status_faults(status(pid), uid), *_limit_faults(pid, limits)]
        if namespaces:
            found += [*_namespace_faults(pid), *_mount_faults(pid)]
    except OSError as error:
        return [f"it can't be looked at ({error})"]
    return found


def status(pid: int) -> dict[str, str]:
    """The fields of /proc/PID/status."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def processor_seconds(pid: int) -> float:
    """Processor time a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    user, system = fields.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _status_faults(fields: Mapping[str, str], uid: int) -> Iterator[str]:
    if fields.get("NoNewPrivs") != "1":
        yield "no_new_privs is not set"
    if fields.get("Seccomp") != "2" or int(fields.get("Seccomp_filters", _FILTERS)) < _FILTERS:
        yield "the system-call filters are not in force"
    if set(fields.get("Uid", "").split()) != {str(uid)}:
        yield f"its user is {fields.get('Uid')}, not {uid}"
    for name in _CAPABILITY_SETS:
        if int(fields.get(name, "1"), 16):
            yield f"{name} is not empty"


def _namespace_faults(pid: int) -> Iterator[str]:
    for name, link in NAMESPACES.items():
        own = Path(f"/proc/self/ns/{link}")
        if own.exists() and own.readlink() == Path(f"/proc/{pid}/ns/{link}").readlink():
            yield f"it shares our {name} namespace"


def _limit_faults(pid: int, limits: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    text = Path(f"/proc/{pid}/limits").read_text(encoding="ascii")
    for name, wanted in limits.items():
        found = re.search(rf"^{LIMIT_LINES[name]}\s+(\d+)\s+(\d+)", text, re.MULTILINE)
        if found is None or (int(found[1]), int(found[2])) != wanted:
            yield f"{name} is not {wanted}"


def _mount_faults(pid: int) -> Iterator[str]:
    """Every mount must be read-only, and none of them a /proc or /sys."""
    for line in Path(f"/proc/{pid}/mountinfo").read_text(encoding="utf-8").splitlines():
        before, _, after = line.partition(" - ")
        place, options = before.split()[4:6]
        if "ro" not in options.split(","):
            yield f"{place} is writable"
        if after.split()[0] in ("proc", "sysfs", "devtmpfs", "cgroup", "cgroup2"):
            yield f"{place} shows the system"


def child_of(parent: int) -> int | None:
    """The pid of a process' first child."""
    try:
        listed = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    except FileNotFoundError:
        listed = [str(pid) for pid in _children_by_scan(parent)]
    return int(listed[0]) if listed else None


def _children_by_scan(parent: int) -> Iterator[int]:
    """For kernels built without the list of children."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if int(fields.rpartition(")")[2].split()[1]) == parent:
            yield int(folder.name)
