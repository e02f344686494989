"""What changed between two answers to the same question."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coach.verdict import KeyPointVerdict, PointVerdict

Change = Literal["same", "added", "removed"]

# A word, one Chinese character, white space, or any other character.
_UNIT = re.compile(r"[^\W\u3400-\u9fff]+|[\u3400-\u9fff]|\s+|.")


@dataclass(frozen=True)
class PointChange:
    """One key point in two verdicts."""

    text: str
    before: PointVerdict
    after: PointVerdict


def changed_words(before: str, after: str) -> list[tuple[Change, str]]:
    """Both texts as one run of pieces: without those added it is `before`, without those removed `after`."""
    old, new = _UNIT.findall(before), _UNIT.findall(after)
    pieces: list[tuple[Change, str]] = []
    matcher = difflib.SequenceMatcher(str.isspace, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(old[a:b])))
            continue
        pieces += [("removed", "".join(old[a:b]))] * (a < b)
        pieces += [("added", "".join(new[c:d]))] * (c < d)
    return pieces


def changed_lines(before: str, after: str) -> list[tuple[Change, str]]:
    """The lines of two programs, in the order of `after`, what stood there before ahead of it."""
    kinds: dict[str, Change] = {"  ": "same", "- ": "removed", "+ ": "added"}
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [(kinds[line[:2]], line[2:]) for line in lines if line[:2] in kinds]


def changed_points(
    before: Sequence[KeyPointVerdict], after: Sequence[KeyPointVerdict]
) -> list[PointChange]:
    """The key points judged in both verdicts, in order; those judged alike too."""
    old = {point.id: point.verdict for point in before}
    return [
        PointChange(point.text, old[point.id], point.verdict) for point in after if point.id in old
    ]
