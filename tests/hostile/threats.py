"""Whether an outcome is as it must be, and the page of the documentation that lists all of them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

from coach.exercise import Status
from tests.hostile.batch import HERE, Outcome, Program

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sandbox-threats.md"
STATUSES = get_args(Status)
HIDDEN = ("Cc", "Cf", "Cs", "Co")
CONDITIONS = {"root": "root", "user": "ordinary user", "landlock": "Landlock alone"}

_HEAD = """\
# Hostile programs

Made by `tests/hostile/test_hostile.py` (`COACH_WRITE_DOCS=1` writes it anew, as root). Each program lies in
`tests/hostile/programs/` and is handed in as an answer to the softmax exercise, as root and as an ordinary user in
bubblewrap and as an ordinary user under Landlock alone.

*Held* means that the outcome was one of those allowed, that nothing succeeded which must fail (a program says
so itself), that the verdict agrees with the outcome, that nothing shown has control characters in it, and that no
process and no descriptor was left behind. Where several outcomes are allowed, it depends on the kernel or on chance
which one comes first; none of them is a pass unless *passed* is listed.
"""

_FAKES_HEAD = """\
## Ways to fake a pass

Each program lies in `tests/hostile/fakes/` and is tried on several sorts of judging: arrays (*softmax*), a number
(*mean*), a certain dtype (*halve*), words (*odd*), properties of a value (*basis*), a driver that gives the answer a
function (*descend*), gradients (*cube*). `tests/hostile/test_fakes.py` asserts that none passes and that an honest
answer to each does.
"""


def faults(program: Program, outcome: Outcome) -> list[str]:
    """What is not as it must be; empty: the sandbox held."""
    found = []
    if outcome.status not in program.expect:
        found.append(f"{outcome.status} instead of {' or '.join(program.expect)}")
    if "BREACH" in outcome.stdout:
        found.append(next(line for line in outcome.stdout.splitlines() if "BREACH" in line))
    if outcome.passed != (outcome.status == "passed"):
        found.append("the verdict does not agree with the outcome")
    shown = outcome.stdout + outcome.stderr + outcome.message
    if any(unicodedata.category(c) in HIDDEN and c not in "\n\t" for c in shown):
        found.append("control characters are shown")
    return found


def page(programs: Sequence[Program], outcomes: Mapping[str, Mapping[str, Outcome] | None]) -> str:
    """One row for each program; under a condition that can't be had here nothing is claimed to differ."""
    rows = []
    for program in programs:
        cells = [program.name, program.goal, ", ".join(program.expect)]
        for found in outcomes.values():
            faulty = [] if found is None else faults(program, found[program.name])
            cells.append("; ".join(faulty) or "held")
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    titles = ["program", "what it tries", "allowed outcomes", *CONDITIONS.values()]
    table = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles), *rows]
    count = f"{len(programs)} programs.\n"
    return "\n".join([_HEAD, count, *table, "", *_fakes()]) + "\n"


def fakes() -> list[tuple[str, str, list[str], str]]:
    """Name, goal, the targets it is tried on, and source text of each way to fake a pass."""
    found = []
    for file in sorted((HERE / "fakes").glob("*.py")):
        source = file.read_text(encoding="utf-8")
        head = re.match(r"# goal: (.+)\n# against: (.+)\n# ruff: noqa\n", source)
        assert head is not None, file.name
        found.append((file.stem, head[1], head[2].split(), source))
    return found


def _fakes() -> Iterator[str]:
    every = fakes()
    yield from (_FAKES_HEAD, f"{len(every)} programs.", "")
    yield from ("| program | what it tries | tried on |", "|---|---|---|")
    yield from (f"| {name} | {goal} | {', '.join(targets)} |" for name, goal, targets, _ in every)
