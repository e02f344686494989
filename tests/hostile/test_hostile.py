"""Programs that try to get out, to cheat or to do harm: each has a goal and the outcomes it may have."""

import os
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from coach.errors import SandboxMissing
from coach.exercise import PracticeResult
from coach.paths import CORPUS
from coach.practice import Practice
from coach.practice.catalogue import load_cases
from coach.sandbox import Sandbox

HERE = Path(__file__).parent
PRELUDE = (HERE / "prelude.py").read_text(encoding="utf-8")
PROGRAMS = sorted((HERE / "programs").glob("*.py"))
PRACTICE = Practice(CORPUS / "exercises", Sandbox())
DESCRIPTORS = Path("/proc/self/fd")


def _run(source: str) -> PracticeResult:
    exercise = PRACTICE.get("softmax")
    impatient = replace(exercise, limits=replace(exercise.limits, seconds=1, memory_mb=128))
    try:
        return PRACTICE.run_cases(impatient, source, load_cases(exercise)(7))
    except SandboxMissing as missing:
        pytest.skip(missing.message)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_nothing_gets_out_and_nothing_is_forged(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANARY_API_KEY", "secret")
    source = program.read_text(encoding="utf-8")
    expected = re.search(r"^# expect: (.+)$", source, re.MULTILINE)
    assert expected is not None
    descriptors = len(os.listdir(DESCRIPTORS))  # noqa: PTH208
    result = _run(PRELUDE + source)
    failure = result.first_failure
    outcome = "passed" if failure is None else failure.status
    message = "" if failure is None else failure.message
    assert outcome in expected[1].split(), (outcome, message, result.stdout)
    assert "BREACH" not in result.stdout
    assert result.passed == (outcome == "passed")
    assert len(os.listdir(DESCRIPTORS)) == descriptors  # noqa: PTH208
    shown = result.stdout + result.stderr + message
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\t"]


def test_the_pipes_have_the_same_numbers_inside_whatever_the_host_has_open() -> None:
    busy = [os.dup(0) for _ in range(100)]
    try:
        forged = (HERE / "programs" / "31_forged_frames.py").read_text(encoding="utf-8")
        failure = _run(PRELUDE + forged).first_failure
    finally:
        for descriptor in busy:
            os.close(descriptor)
    assert failure is not None
    assert failure.status == "protocol"


def test_there_are_programs_enough() -> None:
    assert len(PROGRAMS) >= 60
