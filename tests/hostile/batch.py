"""Runs hostile programs, several at a time; as a script it turns into an ordinary user first.

    python -m tests.hostile.batch UID KIND PROGRAM...

prints one JSON line when it is ready and one for each program. It is a script of its own because a
process can't become root again.
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import cast

from coach.paths import CORPUS
from coach.practice import Practice
from coach.practice.catalogue import load_cases
from coach.sandbox import open_runner, probe
from coach.sandbox.probe import Kind

HERE = Path(__file__).parent
AT_ONCE = 4  # many of the programs only wait for their second to pass
SHORT, LONG = 1.0, 20.0


@dataclass(frozen=True)
class Program:
    """A source text, what it is after, and the outcomes it may have."""

    name: str
    goal: str
    expect: tuple[str, ...]
    source: str

    @property
    def seconds(self) -> float:
        """Little where running out of time is right, plenty where a busy machine must not matter."""
        return SHORT if "timeout" in self.expect else LONG


@dataclass(frozen=True)
class Outcome:
    """What the host made of one program."""

    program: str
    status: str
    passed: bool
    message: str
    stdout: str
    stderr: str


def read(file: Path) -> Program:
    """A program with the prelude before it."""
    source = file.read_text(encoding="utf-8")
    goal, expect = re.match(r"# goal: (.+)\n# expect: (.+)\n", source).groups()  # type: ignore[union-attr]
    prelude = (HERE / "prelude.py").read_text(encoding="utf-8")
    return Program(file.stem, goal, tuple(expect.split()), prelude + source)


def parameter(item: object, name: str) -> object:
    """What a test that was collected is to be run with; None where it has no such parameter."""
    callspec = getattr(item, "callspec", None)
    return None if callspec is None else callspec.params.get(name)


def programs() -> list[Program]:
    """All of them, by number."""
    files = (HERE / "programs").glob("*.py")
    return [read(file) for file in sorted(files, key=lambda f: int(f.name.partition("_")[0]))]


def run_all(chosen: Iterable[Program], kind: Kind) -> Iterator[Outcome]:
    """Runs programs as answers to the softmax exercise; nothing may be left of any of them."""
    before = _held()
    sandbox = open_runner(kind)
    practice = Practice(CORPUS / "exercises", sandbox)
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from pool.map(lambda program: run(practice, program), chosen)
    finally:
        sandbox.close()
    assert _held() == before


def _held() -> tuple[int, list[str]]:
    """How many descriptors this process has, and its children."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return len(os.listdir("/proc/self/fd")), children.split()  # noqa: PTH208


def run(practice: Practice, program: Program) -> Outcome:
    """What becomes of one program."""
    exercise = practice.get("softmax")
    limits = replace(exercise.limits, seconds=program.seconds, memory_mb=128)
    limited = replace(exercise, limits=limits)
    result = practice.run_cases(limited, program.source, load_cases(exercise)(7))
    failure = result.first_failure
    status, message = ("passed", "") if failure is None else (failure.status, failure.message)
    return Outcome(program.name, status, result.passed, message, result.stdout, result.stderr)


def become(uid: int) -> None:
    """An ordinary user, from the first instruction of a new interpreter on."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    os.execv(sys.executable, [sys.executable, "-m", "tests.hostile.batch", *sys.argv[1:]])


def main() -> None:
    """Prints what becomes of the programs that are named, for an ordinary user with a home of its own."""
    uid, kind, names = int(sys.argv[1]), cast(Kind, sys.argv[2]), sys.argv[3:]
    if os.getuid() != uid:
        become(uid)
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        chosen = [program for program in programs() if program.name in names]
        found = probe(kind)
        print(json.dumps({"ready": found.available, "message": found.message}), flush=True)
        for outcome in run_all(chosen, kind) if found.available else ():
            print(json.dumps(asdict(outcome)), flush=True)


if __name__ == "__main__":
    main()
