"""Programs that try to get out, to cheat or to do harm: each has a goal and the outcomes it may have."""

import os
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from coach.errors import SandboxMissing
from coach.exercise import PracticeResult
from coach.paths import CORPUS
from coach.practice import Practice
from coach.practice.catalogue import load_cases
from coach.sandbox import Sandbox, probe
from coach.sandbox.probe import Kind
from tests.hostile import batch, other_user, threats
from tests.hostile.batch import Outcome, Program

PROGRAMS = batch.programs()
OUR_KIND = "root" if os.getuid() == 0 else "user"
Outcomes = Callable[[str], Mapping[str, Outcome]]

# The first test of each condition waits for all its programs.
pytestmark = pytest.mark.timeout(1200)


@pytest.fixture(scope="module")
def outcomes(request: pytest.FixtureRequest) -> Outcomes:
    """What became of the programs under a condition; they run when it is first asked for."""
    found: dict[str, Mapping[str, Outcome] | Exception] = {}
    chosen = _selected(request.session.items)

    def ask(condition: str) -> Mapping[str, Outcome]:
        if condition not in found:
            try:
                found[condition] = {o.program: o for o in _run_all(condition, chosen)}
            except Exception as error:  # once is enough to know
                found[condition] = error
        result = found[condition]
        if isinstance(result, other_user.Impossible):
            pytest.skip(f"{threats.CONDITIONS[condition]}: {result}")
        if isinstance(result, Exception):
            pytest.fail(f"{threats.CONDITIONS[condition]}: {result!r}", pytrace=False)
        return result

    return ask


def _selected(items: list[pytest.Item]) -> list[Program]:
    """The programs of the tests that were asked for; all of them for the tests about all."""
    wanted = [batch.parameter(item, "program") for item in items]
    every = any(item.name.startswith("test_the_table") for item in items)
    return [program for program in PROGRAMS if every or program in wanted]


def _run_all(condition: str, chosen: list[Program]) -> list[Outcome]:
    if condition == OUR_KIND:
        return _run_here(chosen, "bubblewrap")
    names = [program.name for program in chosen]
    if condition == "landlock":
        try:
            return other_user.outcomes(names, "landlock")
        except other_user.Impossible:
            return _run_here(chosen, "landlock")
    return other_user.outcomes(names, "bubblewrap")


def _run_here(chosen: list[Program], kind: Kind) -> list[Outcome]:
    """As ourselves, with a secret in the environment."""
    found = probe(kind)
    if not found.available:
        raise other_user.Impossible(found.message)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANARY_API_KEY", "secret")
        return list(batch.run_all(chosen, kind))


@pytest.mark.parametrize("condition", threats.CONDITIONS)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_nothing_gets_out_and_nothing_is_forged(
    program: Program, condition: str, outcomes: Outcomes
) -> None:
    outcome = outcomes(condition)[program.name]
    assert threats.faults(program, outcome) == [], outcome


def test_the_table_in_the_documentation_is_current(outcomes: Outcomes) -> None:
    """`COACH_WRITE_DOCS=1` writes it anew, where the programs can be run under every condition."""
    found: dict[str, Mapping[str, Outcome] | None] = {}
    for condition in threats.CONDITIONS:
        try:
            found[condition] = outcomes(condition)
        except pytest.skip.Exception:
            found[condition] = None
    page = threats.page(PROGRAMS, found)
    if os.environ.get("COACH_WRITE_DOCS"):
        assert None not in found.values(), "it can't be written here: a condition is missing"
        threats.PAGE.write_text(page, encoding="utf-8")
    assert threats.PAGE.read_text(encoding="utf-8") == page


def test_every_program_says_what_it_is_after_and_what_may_come_of_it() -> None:
    assert len(PROGRAMS) >= 78
    assert len({program.goal for program in PROGRAMS}) == len(PROGRAMS)
    assert len({program.name.partition("_")[0] for program in PROGRAMS}) == len(PROGRAMS)
    assert {status for program in PROGRAMS for status in program.expect} <= set(threats.STATUSES)
    passing = [program.name for program in PROGRAMS if "passed" in program.expect]
    assert passing == ["00_honest", "58_fake_time", "96_garbage_output"]


def _run(source: str) -> PracticeResult:
    practice = Practice(CORPUS / "exercises", Sandbox())
    exercise = practice.get("softmax")
    limited = replace(exercise, limits=replace(exercise.limits, seconds=20, memory_mb=128))
    try:
        return practice.run_cases(limited, source, load_cases(exercise)(7))
    except SandboxMissing as missing:
        pytest.skip(missing.message)
    finally:
        practice.close()


def test_the_pipes_have_the_same_numbers_inside_whatever_the_host_has_open() -> None:
    busy = [os.dup(0) for _ in range(100)]
    try:
        forged = next(program for program in PROGRAMS if program.name == "31_forged_frames")
        failure = _run(forged.source).first_failure
    finally:
        for descriptor in busy:
            os.close(descriptor)
    assert failure is not None
    assert failure.status == "protocol"


HONEST = (
    "def softmax(x):\n    import numpy as np\n    e = np.exp(x - x.max(axis=1, keepdims=True))\n"
    "    return e / e.sum(axis=1, keepdims=True)\n"
)
SOURCES = {
    "a null byte": (f"{HONEST}x = 1\0\n", {"error"}),
    "another encoding named": (f"# coding: utf-7\n{HONEST}", {"passed"}),
    "an encoding nobody knows": (f"# coding: none-such\n{HONEST}", {"passed"}),
    "line ends of every kind": (HONEST.replace("\n", "\r\n") + "\f\n\r\v", {"passed", "error"}),
    "a name in wide letters": (HONEST.replace("softmax", "ｓｏｆｔｍａｘ"), {"passed"}),
    "letters that look alike": (HONEST.replace("softmax", "sоftmax"), {"error"}),
    "text that reads backwards": (f"# \u202e\u2066 nruter\n{HONEST}", {"passed"}),
    "a mark in the middle": (f"{HONEST}\ufeffx = 1\n", {"error"}),
    "too many brackets": ("(" * 100_000, {"error", "memory", "crash"}),
    "too many signs": ("-" * 300_000 + "1", {"error", "memory", "crash"}),
    "too many operators": ("1" + "+1" * 200_000, {"error", "memory", "crash", "passed"}),
    "a line of a megabyte": (f"x = '{'x' * (1 << 20)}'\n{HONEST}", {"passed"}),
    "nothing": ("", {"error"}),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_text_of_any_kind_has_an_outcome(name: str) -> None:
    source, expected = SOURCES[name]
    failure = _run(source).first_failure
    assert ("passed" if failure is None else failure.status) in expected


def test_what_is_shown_is_free_of_control_characters() -> None:
    """The check of every outcome has teeth."""
    for text in ("\x1b[2J", "\x07", "\u202e", "\x9b"):
        assert unicodedata.category(text[0]) in threats.HIDDEN
        shown = Outcome("00_honest", "passed", True, "", text, "")
        assert threats.faults(PROGRAMS[0], shown)
