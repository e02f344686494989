"""Processes that wait for an answer: used once, replaced, never leaked, and their death costs a retry."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coach.errors import SandboxMissing
from coach.exercise import Limits, Returned
from coach.paths import CORPUS
from coach.practice import Practice
from coach.practice.catalogue import load_cases
from coach.sandbox import Sandbox, checks, probe

HERE = Path(__file__).parent
LIMITS = Limits(seconds=10, memory_mb=128)
SOURCE = "import os\ndef me(): return os.getpid()\ndef double(x): return 2 * x"
SPARE_MIB = {"numpy": 64, "torch": 400}

pytestmark = pytest.mark.skipif(not probe().available, reason="no sandbox here")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


_others: set[int] = set()


@pytest.fixture(autouse=True)
def _left_running() -> None:
    """What other tests keep running below this process, such as a model's server, is not ours."""
    _others.clear()
    _others.update(_below(os.getpid()))


def ours() -> list[int]:
    """Every process this test has started, by pid on the host."""
    return [pid for pid in _below(os.getpid()) if pid not in _others]


def inside() -> list[int]:
    """The sandboxed interpreters among them."""
    return [pid for pid in ours() if _is_interpreter(pid)]


def _below(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        files = list(Path(f"/proc/{pid}/task").glob("*/children"))
        children = [int(child) for file in files for child in file.read_text().split()]
        return children + [below for child in children for below in _below(child)]
    return []


def _is_interpreter(pid: int) -> bool:
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        return b"bwrap" not in words[0] and any(word.endswith(b"/inside.py") for word in words)
    return False


def eventually(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether a condition comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


def run_once(sandbox: Sandbox, number: float = 1.0) -> float:
    with sandbox.start("numpy", LIMITS, 2) as run:
        run.load(SOURCE, ["double"], 10)
        outcome = run.call("double", [number], 10)
    assert isinstance(outcome, Returned), outcome
    return float(outcome.value)


def test_a_spare_is_used_once_and_replaced(sandbox: Sandbox) -> None:
    sandbox.prepare("numpy")
    assert eventually(lambda: len(inside()) == 1)
    (spare,) = inside()
    with sandbox.start("numpy", LIMITS, 1):
        assert inside() == [spare]
    assert eventually(lambda: len(inside()) == 1 and inside() != [spare])
    sandbox.close()
    assert eventually(lambda: not inside())


def test_nothing_waits_where_nothing_was_prepared(sandbox: Sandbox) -> None:
    assert run_once(sandbox) == 2
    assert inside() == []


def test_after_close_runs_start_nothing_in_advance(sandbox: Sandbox) -> None:
    sandbox.prepare("numpy")
    sandbox.close()
    sandbox.prepare("numpy")
    assert eventually(lambda: not inside())


@pytest.mark.parametrize("needs", ["numpy", pytest.param("torch", marks=pytest.mark.torch)])
def test_a_spare_takes_little_memory(sandbox: Sandbox, needs: str) -> None:
    if needs == "torch":
        pytest.importorskip("torch")
    sandbox.prepare(needs)  # type: ignore[arg-type]
    assert eventually(lambda: len(inside()) == 1)
    (spare,) = inside()
    assert eventually(lambda: "pipe_read" in _waits_in(spare) or _sleeps(spare), 60)
    text = Path(f"/proc/{spare}/smaps_rollup").read_text(encoding="ascii")
    kib = next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    assert kib < 1024 * SPARE_MIB[needs]


def _waits_in(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/wchan").read_text(encoding="ascii")
    return ""


def _sleeps(pid: int) -> bool:
    """Whether a process does nothing for a while: it has imported and waits for work."""
    before = checks.processor_seconds(pid)
    time.sleep(0.5)
    return before > 0 and checks.processor_seconds(pid) == before


def test_many_runs_leak_nothing(sandbox: Sandbox) -> None:
    sandbox.prepare("numpy")
    for _ in range(10):
        run_once(sandbox)
    assert eventually(lambda: len(inside()) == 1)
    descriptors, memory = _open_files(), _resident_mib()
    for number in range(200):
        assert run_once(sandbox, number) == 2 * number
    assert eventually(lambda: len(inside()) == 1)
    assert len(ours()) <= 3  # the spare, its bubblewrap and the first process inside
    assert _open_files() <= descriptors
    assert _resident_mib() - memory < 30


def test_eight_at_once_leak_nothing(sandbox: Sandbox) -> None:
    sandbox.prepare("numpy")
    run_once(sandbox)
    assert eventually(lambda: len(inside()) == 1)
    descriptors = _open_files()
    with ThreadPoolExecutor(8) as pool:
        values = list(pool.map(lambda number: run_once(sandbox, number), range(24)))
    assert values == [2 * number for number in range(24)]
    assert eventually(lambda: len(inside()) == 1), inside()
    assert _open_files() <= descriptors


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208


def _resident_mib() -> float:
    return int(checks.status(os.getpid())["VmRSS"].split()[0]) / 1024


def test_killing_a_process_at_any_moment_costs_one_retry_and_no_wrong_verdict(
    sandbox: Sandbox,
) -> None:
    practice = Practice(CORPUS / "exercises", sandbox)
    exercise = practice.get("softmax")
    cases = load_cases(exercise)(3)
    source = (exercise.folder / "solution.py").read_text(encoding="utf-8")
    practice.prepare("softmax")
    chance = random.Random(4)
    killed = 0
    for _ in range(30):
        assert eventually(lambda: len(inside()) == 1)
        timer = threading.Timer(chance.uniform(0, 0.03), _kill_one_of, [chance.random(), ours()])
        timer.start()
        result = practice.run_cases(exercise, source, cases)
        timer.join()
        killed += 1
        assert result.passed, result.first_failure
        assert len(result.cases) == len(cases)
    assert killed == 30


def _kill_one_of(share: float, pids: list[int]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pids[int(share * len(pids))], signal.SIGKILL)


def test_an_answer_that_kills_itself_is_tried_twice_and_fails(sandbox: Sandbox) -> None:
    practice = Practice(CORPUS / "exercises", sandbox)
    source = "import os\ndef softmax(x): os.kill(os.getpid(), 9)"
    result = practice.run("softmax", source, seed=1)
    assert not result.passed
    assert len(result.cases) == 1


def test_a_broken_spare_is_replaced_by_a_fresh_process(sandbox: Sandbox) -> None:
    sandbox.prepare("numpy")
    assert eventually(lambda: len(inside()) == 1)
    os.kill(inside()[0], signal.SIGKILL)
    assert run_once(sandbox, 4) == 8


def test_hosts_killed_at_a_hundred_random_moments_leave_nothing() -> None:
    command = [sys.executable, str(HERE / "killed_hosts.py"), "100"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    counted = json.loads(done.stdout)
    assert (counted["killed"], counted["left"]) == (100, 0)
    assert counted["busy"] > 20


def test_what_can_not_be_prepared_is_told_by_the_run() -> None:
    sandbox = Sandbox(ways=list)
    sandbox.prepare("numpy")
    with pytest.raises(SandboxMissing), sandbox.start("numpy", LIMITS, 1):
        pytest.fail("code would have been run")
    sandbox.close()
