"""Code runs only where every layer of the isolation is in force, and can't get out of it."""

import os
import signal
import stat
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from coach.errors import SandboxMissing
from coach.exercise import Returned
from coach.sandbox import Sandbox, checks, probe
from coach.sandbox.methods import Bubblewrap, Method, bubblewraps, landlock_only
from tests.contract.sandbox_runs import LIMITS, SOURCE, started


def test_every_layer_is_in_force() -> None:
    found = probe()
    if not found.available:
        # Other tests are skipped then, so a cause that is not the machine's must not pass here.
        assert not found.hint.startswith("`coach doctor`"), found.message
        pytest.skip(found.message)
    wanted = {"user", "pid", "net", "mount", "ipc", "uts", "cgroup", "seccomp", "rlimits"}
    assert wanted <= set(found.isolation)


@pytest.mark.parametrize("method", [*bubblewraps(), *landlock_only()], ids=str)
def test_every_way_of_isolating_is_checked_and_works(method: Method) -> None:
    with started(Sandbox(ways=lambda: [method])) as run:
        assert isinstance(run.call("double", [1.0], 1), Returned)


def test_our_own_process_does_not_count_as_shut_in() -> None:
    limits = {"RLIMIT_FSIZE": (0, 0)}
    found = "; ".join(checks.faults(os.getpid(), 123456, limits))
    for wanted in ("no_new_privs", "filters", "user", "net namespace", "RLIMIT_FSIZE", "writable"):
        assert wanted in found


def _weakened(folder: Path, real: Path, option: str, values: int) -> Bubblewrap:
    """A bubblewrap that silently leaves one option out."""
    script = folder / "bwrap"
    script.write_text(
        f"#!{sys.executable} -IS\nimport os, sys\n"
        f"args, at = sys.argv[1:], sys.argv[1:].index({option!r})\n"
        f"del args[at : at + 1 + {values}]\n"
        f"os.execv({str(real)!r}, ['bwrap', *args])\n"
    )
    script.chmod(stat.S_IRWXU | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH)
    return Bubblewrap(script, bubblewraps()[0].lone_user)


@pytest.mark.parametrize(
    ("option", "values", "reason"),
    [
        ("--unshare-net", 0, "net namespace"),
        ("--unshare-ipc", 0, "ipc namespace"),
        ("--unshare-pid", 0, "can.t be found|pid namespace"),
        ("--seccomp", 1, "filters"),
    ],
)
def test_a_layer_that_is_not_in_force_means_no_run(
    tmp_path: Path, option: str, values: int, reason: str
) -> None:
    if not probe().available:
        pytest.skip("no sandbox here")
    method = _weakened(tmp_path, bubblewraps()[0].bwrap, option, values)
    with (
        pytest.raises(SandboxMissing, match=reason),
        Sandbox(ways=lambda: [method]).start("numpy", LIMITS, 1),
    ):
        pytest.fail("code would have been run")


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("bwrap: setting up uid map: Permission denied", ""),
        ("bwrap: No permissions to create new namespace", ""),
        ("bwrap: Unknown option --disable-userns", "too old"),
    ],
)
def test_where_nothing_isolates_the_refusal_says_what_was_tried(
    tmp_path: Path, said: str, hint: str
) -> None:
    script = tmp_path / "bwrap"
    script.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
    script.chmod(0o755)
    sandbox = Sandbox(ways=lambda: [Bubblewrap(script, lone_user=False)])
    with pytest.raises(SandboxMissing) as refusal, sandbox.start("numpy", LIMITS, 1):
        pytest.fail("code would have been run")
    assert refusal.value.exit_code == 3
    assert said in refusal.value.message
    assert str(script) in refusal.value.message
    assert hint in refusal.value.hint
    assert refusal.value.hint


def test_without_bubblewrap_the_refusal_says_how_to_get_it() -> None:
    with pytest.raises(SandboxMissing) as refusal, Sandbox(ways=list).start("numpy", LIMITS, 1):
        pytest.fail("code would have been run")
    assert "install" in refusal.value.hint.lower()


@pytest.mark.parametrize("ways", [bubblewraps, landlock_only], ids=["bubblewrap", "landlock"])
@pytest.mark.parametrize(
    "attempt",
    [
        "os.close(5)",
        "os.dup2(3, 5)",
        "os.dup2(3, 5, inheritable=False)",
        "os.closerange(5, 6)",
        "fcntl.fcntl(5, fcntl.F_SETFL, 0)",
        "fcntl.fcntl(5, fcntl.F_SETSIG, 0)",
        "fcntl.fcntl(5, fcntl.F_SETOWN, 1)",
        "fcntl.ioctl(5, 0x5452, bytes(4))",
    ],
)
def test_an_answer_can_not_untie_itself_from_the_host(attempt: str, ways: Any) -> None:
    source = (
        "import fcntl, os\ndef untie(x):\n    try:\n"
        f"        {attempt}\n    except OSError:\n        pass\n"
        "    return os.fstat(5).st_ino, bool(fcntl.fcntl(5, fcntl.F_GETFL) & os.O_ASYNC)\n"
        "def before(x): return os.fstat(5).st_ino, True"
    )
    with started(Sandbox(ways=ways), source, ["untie", "before"]) as run:
        before, after = run.call("before", [0], 5), run.call("untie", [0], 5)
    assert isinstance(before, Returned)
    assert isinstance(after, Returned)
    assert after.value == before.value


def test_the_sandbox_dies_with_the_program() -> None:
    """Killing the host leaves nothing behind: what runs inside ends with it."""
    child = os.fork()
    if child == 0:
        try:
            with Sandbox().start("numpy", LIMITS, 1) as run:
                run.load(SOURCE, ["sleep"], 1)
                run.call("sleep", [1], 60)
        finally:
            os._exit(0)
    time.sleep(0.8)
    inside = _descendants(child)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in inside) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in inside if _alive(pid)]


def _alive(pid: int) -> bool:
    try:
        return checks.status(pid)["State"][0] != "Z"
    except OSError:
        return False


def _descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [d for child in map(int, children) for d in (child, *_descendants(child))]
