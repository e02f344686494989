"""The seam between exercises and what runs them: the sandbox and its stand-in keep the same contract."""

import importlib.util
import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.errors import PackageMissing, SandboxMissing
from coach.exercise import Failed, Limits, Loaded, Returned, Rng, Run, Runner, Tensor
from coach.practice.numeric import gradient
from coach.sandbox import Sandbox, ScriptedRunner, checks, probe
from coach.sandbox.methods import Bubblewrap, Method, bubblewraps, landlock_only

LIMITS = Limits(seconds=1, memory_mb=128, answer_mb=1)
SOURCE = """
import os, sys
import numpy as np
def double(x): return 2 * x
def fail(x): raise ValueError("no")
def draw(rng): return rng.random(3)
def spread(x): return x.flags.c_contiguous
def sleep(x):
    while True: pass
def shout(x):
    print("out"); print("err", file=sys.stderr); return x
"""
NAMES = ("double", "fail")


def _reply(name: str, args: Sequence[Any]) -> Any:
    return 2 * args[0] if name == "double" else Failed("error", "line 5: ValueError: no", 0.0)


@contextmanager
def started(runner: Runner, source: str = SOURCE, names: Sequence[str] = NAMES) -> Iterator[Run]:
    try:
        with runner.start("numpy", LIMITS, 5) as run:
            assert isinstance(run.load(source, names, 1), Loaded)
            yield run
    except SandboxMissing as missing:
        pytest.skip(missing.message)


@pytest.fixture(params=["sandbox", "scripted"])
def runner(request: pytest.FixtureRequest) -> Runner:
    return Sandbox() if request.param == "sandbox" else ScriptedRunner(_reply)


def test_a_call_returns_plain_values_and_the_arguments_afterwards(runner: Runner) -> None:
    x = np.arange(6.0).reshape(2, 3)
    with started(runner) as run:
        outcome = run.call("double", [x], 1)
    assert isinstance(outcome, Returned)
    assert np.array_equal(outcome.value, 2 * x)
    assert np.array_equal(outcome.args[0], x)


def test_an_exception_is_an_outcome_and_the_run_goes_on(runner: Runner) -> None:
    with started(runner) as run:
        failed = run.call("fail", [1.0], 1)
        assert isinstance(failed, Failed)
        assert (failed.status, failed.over) == ("error", False)
        assert failed.message.endswith("ValueError: no")
        assert isinstance(run.call("double", [1.0], 1), Returned)


def test_layers_are_named_and_closing_twice_is_harmless(runner: Runner) -> None:
    with started(runner) as run:
        assert run.isolation
        assert run.close() == run.close()


def test_output_is_captured_apart_and_made_safe() -> None:
    with started(Sandbox(), SOURCE.replace('"out"', r'"\x1b[2Jo\x07ut"'), ["shout"]) as run:
        run.call("shout", [1], 1)
        assert run.close() == ("out\n", "err\n")


@pytest.mark.parametrize(
    "value",
    [
        None, True, -3, 2.5, float("inf"), "text", [1, [2.0]], (1, "a"), {"k": [1]},
        np.float32(1.5), np.array(3), np.zeros((0, 4)), np.array([True, False]),
        np.arange(6, dtype=np.int32).reshape(2, 3).T, np.array([1 + 2j]), np.arange(10.0)[::2],
    ],
)  # fmt: skip
def test_plain_values_cross_unchanged(value: Any) -> None:
    with started(Sandbox(), "def same(x): return x", ["same"]) as run:
        outcome = run.call("same", [value], 1)
    assert isinstance(outcome, Returned)
    if isinstance(value, (np.ndarray, np.generic)):
        assert outcome.value.dtype == value.dtype
        assert np.array_equal(outcome.value, value)
    else:
        assert (type(outcome.value), outcome.value) == (type(value), value)


def test_generators_and_memory_layout_reach_the_answer() -> None:
    with started(Sandbox(), SOURCE, ["draw"]) as run:
        drawn = run.call("draw", [Rng(5)], 1)
        assert isinstance(drawn, Returned)
        assert np.array_equal(drawn.value, np.random.default_rng(5).random(3))
        for array, contiguous in [(np.ones((2, 3)), True), (np.ones((2, 6))[:, ::2], False)]:
            outcome = run.call("spread", [array], 1)
            assert isinstance(outcome, Returned)
            assert outcome.value is contiguous


def test_a_timeout_ends_the_run_in_time_and_leaves_no_process() -> None:
    before = _children()
    with started(Sandbox(), SOURCE, ["sleep"]) as run:
        began = time.monotonic()
        outcome = run.call("sleep", [1], 1)
        assert isinstance(outcome, Failed)
        assert (outcome.status, outcome.over) == ("timeout", True)
        run.close()
        assert 1 <= time.monotonic() - began < 2
    assert _children() == before


def test_an_answer_over_its_limit_is_no_answer() -> None:
    source = "import numpy as np\ndef big(x): return np.zeros(1 << 20)"
    with started(Sandbox(), source, ["big"]) as run:
        outcome = run.call("big", [1], 1)
    assert isinstance(outcome, Failed)
    assert "limit" in outcome.message


def test_runs_in_parallel_threads_do_not_disturb_each_other() -> None:
    sandbox, seen = Sandbox(), []

    def work(number: float) -> None:
        with started(sandbox) as run:
            outcome = run.call("double", [number], 1)
            assert isinstance(outcome, Returned)
            seen.append(outcome.value)

    threads = [threading.Thread(target=work, args=(float(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [0.0, 2.0, 4.0, 6.0]


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


def test_a_driver_works_with_the_answer_from_inside() -> None:
    source = "class Counter:\n    n = 0\n    def add(self, x):\n        self.n += x\n        return self.n"
    driver = "def added(answer, xs):\n    counter = answer.Counter()\n    return [counter.add(x) for x in xs]"
    with Sandbox().start("numpy", LIMITS, 2) as run:
        assert run.load(source, ["Counter"], 5, driver) == Loaded((), pytest.approx(0, abs=5))
        outcome = run.call("added", [[1, 2, 3]], 5)
        assert isinstance(outcome, Returned)
        assert outcome.value == [1, 3, 6]


def test_a_second_answer_in_one_run_replaces_the_first() -> None:
    with started(Sandbox(), "def f(x): return 1", ["f"]) as run:
        assert isinstance(run.load("def f(x): return 2", ["f"], 5), Loaded)
        outcome = run.call("f", [0], 5)
        assert isinstance(outcome, Returned)
        assert outcome.value == 2
        assert isinstance(run.load("def f(x) return 3", ["f"], 5), Failed)
        assert isinstance(run.call("f", [0], 5), Failed)


@pytest.mark.torch
@pytest.mark.parametrize("name", ["SGD", "Adam", "AdamW", "RMSprop"])
def test_the_librarys_own_optimisers_work_inside(name: str) -> None:
    pytest.importorskip("torch")
    source = (
        "import torch\ndef f(x):\n    w = torch.nn.Parameter(x.clone())\n"
        f"    o = torch.optim.{name}([w], lr=0.1)\n    o.zero_grad()\n    w.sum().backward()\n"
        "    o.step()\n    return w"
    )
    with Sandbox().start("torch", Limits(memory_mb=512), 1) as run:
        run.load(source, ["f"], 5)
        outcome = run.call("f", [Tensor(np.ones(3))], 5)
    assert isinstance(outcome, Returned), outcome
    assert (outcome.value < 1).all()


@pytest.mark.torch
def test_tensors_keep_their_layout() -> None:
    pytest.importorskip("torch")
    with Sandbox().start("torch", LIMITS, 2) as run:
        run.load("def f(x): return x.is_contiguous()", ["f"], 5)
        for array, contiguous in [(np.ones((2, 3)), True), (np.ones((2, 3)).T, False)]:
            outcome = run.call("f", [Tensor(array)], 5)
            assert isinstance(outcome, Returned)
            assert outcome.value is contiguous


@pytest.mark.torch
def test_gradients_come_with_the_value_where_the_result_depends_on_an_argument() -> None:
    pytest.importorskip("torch")
    source = (
        "import torch\ndef f(x, w): return torch.tanh(x) * w\ndef g(x, w): return x.detach() * w\n"
        "def h(x, w): return x.detach()"
    )
    x, w, cotangent = np.random.default_rng(0).normal(size=(3, 4))
    right = gradient(lambda x, w: np.tanh(x) * w, [x, w], cotangent)
    found = {}
    with Sandbox().start("torch", Limits(memory_mb=512), 4) as run:
        run.load(source, ["f", "g", "h"], 10)
        for name in "fgh":
            outcome = run.call(name, [Tensor(x), Tensor(w)], 10, Tensor(cotangent))
            assert isinstance(outcome, Returned)
            found[name] = outcome.gradients
    assert all(np.allclose(a, b) for a, b in zip(found["f"], right.expected, strict=True))
    assert found["g"][0] is None
    assert np.allclose(found["g"][1], cotangent * x)
    assert found["h"] == (None, None)


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


@pytest.mark.torch
def test_tensors_cross_as_arrays() -> None:
    if importlib.util.find_spec("torch") is None:
        with pytest.raises(PackageMissing), Sandbox().start("torch", LIMITS, 1):
            pytest.fail("PyTorch is not there")
        return
    source = "import torch\ndef f(x):\n    assert isinstance(x, torch.Tensor)\n    return x @ x.T"
    x = np.ones((2, 3), dtype=np.float32)
    try:
        with Sandbox().start("torch", LIMITS, 1) as run:
            run.load(source, ["f"], 5)
            outcome = run.call("f", [Tensor(x)], 5)
    except SandboxMissing as missing:
        pytest.skip(missing.message)
    assert isinstance(outcome, Returned)
    assert np.array_equal(outcome.value, x @ x.T)


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


def _children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()


def _descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [d for child in map(int, children) for d in (child, *_descendants(child))]
