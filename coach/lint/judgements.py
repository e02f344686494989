"""Judgements of references in a file: one JSON line each, the last one of a slot counts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.verdict import PointVerdict


@dataclass(frozen=True)
class Judged:
    """What the grader made of one key point; a probability from 0 to 1.

    `opinion` holds the features of what the model said; None where it was not asked.
    """

    id: str
    verdict: PointVerdict
    probability: float
    opinion: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Judgement:
    """A reference graded against a card: `slot` says card, language and whose reference.

    `key` is a hash of all it depends on, `asked` one of what the model was shown: opinions outlive
    new weights. `answer` is the id of the card whose reference it was.
    """

    key: str
    asked: str
    slot: str
    answer: str
    points: tuple[Judged, ...]

    def to_json(self) -> dict[str, Any]:
        """One line of the file."""
        points = [
            [point.id, point.verdict, point.probability, point.opinion] for point in self.points
        ]
        return {
            "slot": self.slot,
            "answer": self.answer,
            "key": self.key,
            "asked": self.asked,
            "points": points,
        }

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Judgement":
        """Inverse of `to_json`; KeyError, TypeError or ValueError where a line is broken."""
        points = tuple(
            Judged(id_, verdict, float(p), *rest) for id_, verdict, p, *rest in row["points"]
        )
        return cls(row["key"], row.get("asked", ""), row["slot"], row["answer"], points)


class Judgements:
    """The file, which may be absent. What is added is on disk before `add` returns."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._by_slot: dict[str, Judgement] = {}
        for line in _lines(file):
            try:
                found = Judgement.from_json(json.loads(line))
            except (KeyError, TypeError, ValueError):
                # A line that was cut off costs that judgement alone.
                continue
            self._by_slot[found.slot] = found

    def get(self, slot: str) -> Judgement | None:
        """The newest judgement of a slot."""
        return self._by_slot.get(slot)

    def add(self, judgement: Judgement) -> None:
        """Appends a judgement. The file is opened anew each time: two runs may write by turns."""
        self._by_slot[judgement.slot] = judgement
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(_line(judgement))

    def settle(self) -> None:
        """Writes the file anew: a line a slot, in order, without what was replaced or cut off."""
        if not self._by_slot:
            return
        beside = self.file.with_name(f"{self.file.name}.new")
        rows = (self._by_slot[slot] for slot in sorted(self._by_slot))
        beside.write_text("".join(map(_line, rows)), encoding="utf-8")
        beside.replace(self.file)


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8", errors="replace").split("\n") if file.exists() else []


def _line(judgement: Judgement) -> str:
    return json.dumps(judgement.to_json(), ensure_ascii=False) + "\n"
