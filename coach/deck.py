"""Loads the deck from its TOML files and checks every field on the way."""

import random
import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from coach.card import CARD_KINDS, LEVELS, Bilingual, Card, Exemplar, FollowUp, KeyPoint, Source
from coach.errors import InputFileError, UsageError
from coach.language import LANGS
from coach.paths import CORPUS
from coach.text import did_you_mean

_FIELDS = {
    "id", "topic", "level", "kind", "question", "reference", "key_points", "common_mistakes",
    "follow_ups", "exemplars", "sources", "exercise", "see_also", "prerequisites", "notes",
}  # fmt: skip
_SYNTAX = "A card is a TOML file in UTF-8."
SHIPPED = CORPUS / "cards"


@dataclass(frozen=True)
class Deck:
    """All cards, in order of topic and id.

    `own` holds the ids of the user's own cards, `problems` says which of their files were left out.
    """

    cards: tuple[Card, ...]
    own: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Card]:
        return iter(self.cards)

    def __len__(self) -> int:
        return len(self.cards)

    def __contains__(self, card_id: object) -> bool:
        return any(card.id == card_id for card in self.cards)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics in order, each once."""
        return tuple(dict.fromkeys(card.topic for card in self.cards))

    def get(self, card_id: str) -> Card:
        """The card with this id; UsageError names the nearest ones."""
        for card in self.cards:
            if card.id == card_id:
                return card
        near = did_you_mean(card_id, (card.id for card in self.cards))
        raise UsageError(f"There is no card {card_id!r}.", near or "See: coach cards list")

    def topic(self, name: str) -> str:
        """The topic's exact name; UsageError names the nearest one."""
        if name in self.topics:
            return name
        hint = (did_you_mean(name, self.topics), f"Topics: {', '.join(self.topics)}.")
        raise UsageError(f"There is no topic {name!r}.", " ".join(hint).lstrip())

    def shuffled(self, seed: int) -> list[Card]:
        """The cards in an order that depends on the seed alone."""
        cards = list(self.cards)
        random.Random(seed).shuffle(cards)  # noqa: S311  # an order of questions, no secret
        return cards


def load_deck(folder: Path = SHIPPED, own: Path | None = None) -> Deck:
    """Reads every card under a folder; InputFileError names the file and field of the first fault.

    `own` is the folder of the user's own cards, which may be absent. A file there that is broken or
    takes an id already given costs that card alone: the deck must open after a slip in an editor.
    """
    read = _shipped_card if folder == SHIPPED else load_card
    cards = {card.id: card for card in map(read, card_files(folder))}
    mine: set[str] = set()
    problems: list[str] = []
    for path in own_files(own):
        try:
            card = _own_card(path, cards.keys() - mine, mine)
        except InputFileError as error:
            problems.append(error.message)
            continue
        cards[card.id] = card
        mine.add(card.id)
    in_order = sorted(cards.values(), key=lambda card: (card.topic, card.id))
    return Deck(tuple(in_order), frozenset(mine), tuple(problems))


def _own_card(path: Path, shipped: Set[str], mine: Set[str]) -> Card:
    card = load_card(path)
    if card.id in shipped or card.id in mine:
        whose = "another card of yours" if card.id in mine else "a card of the shipped deck"
        raise InputFileError(f"{path}: id {card.id!r} belongs to {whose}; give yours another.")
    if not card.key_points:
        raise InputFileError(f"{path}: key_points is missing.", "An answer is marked by them.")
    return card


def own_files(folder: Path | None) -> list[Path]:
    """Files of the user's own cards, none where the folder is absent."""
    found = card_files(folder) if folder is not None and folder.is_dir() else []
    return [path for path in found if path.is_file()]


def card_files(folder: Path) -> list[Path]:
    """Card files under a folder, or the one file given, in order."""
    if not folder.exists():
        raise InputFileError(f"{folder}: there is no such file.", "Give a card or a folder.")
    return [folder] if folder.is_file() else sorted(folder.glob("**/*.toml"))


def load_card(path: Path) -> Card:
    """Reads one card; InputFileError names the line or field that is wrong."""
    return parse_card(path, load_table(path))


# Reading them all takes half a second, and they do not change while the program runs.
_shipped_card = cache(load_card)


def load_table(path: Path) -> dict[str, Any]:
    """Reads a TOML file; InputFileError says what is wrong with its syntax."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except RecursionError as error:
        raise InputFileError(f"{path}: it is nested too deeply.", _SYNTAX) from error
    except (OSError, ValueError) as error:
        raise InputFileError(f"{path}: {error}", _SYNTAX) from error


def parse_card(path: Path, table: Mapping[str, Any]) -> Card:
    """Makes a card of a file's table; InputFileError names the field that is wrong."""
    return _Reader(path, table).card()


class _Reader:
    """Takes typed fields out of one card's table."""

    def __init__(self, path: Path, table: Mapping[str, Any]) -> None:
        self.path = path
        self.table = table

    def card(self) -> Card:
        for name in self.table.keys() - _FIELDS:
            self.fail(name, "is not a field of a card")
        table = self.table
        exercise = table.get("exercise")
        return Card(
            id=self.text(table, "id"),
            topic=self.text(table, "topic"),
            level=self.one_of("level", LEVELS),
            kind=self.one_of("kind", CARD_KINDS),
            question=self.bilingual(table.get("question"), "question"),
            reference=self.bilingual(table.get("reference"), "reference"),
            key_points=tuple(map(self.key_point, self.tables("key_points"))),
            common_mistakes=tuple(
                self.bilingual(row, "common_mistakes") for row in self.tables("common_mistakes")
            ),
            follow_ups=tuple(
                FollowUp(
                    self.text(row, "key_point", "follow_ups"), self.bilingual(row, "follow_ups")
                )
                for row in self.tables("follow_ups")
            ),
            exemplars=tuple(map(self.exemplar, self.tables("exemplars"))),
            sources=tuple(map(self.source, self.tables("sources"))),
            see_also=self.ids("see_also"),
            prerequisites=self.ids("prerequisites"),
            exercise=None if exercise is None else self.text(table, "exercise"),
            notes=self.text(table, "notes") if "notes" in table else "",
        )

    def fail(self, name: str, why: str) -> NoReturn:
        raise InputFileError(
            f"{self.path}: {name} {why}.", "corpus/README.md describes the format of a card."
        )

    def text(self, table: Mapping[str, Any], name: str, where: str = "") -> str:
        value = table.get(name)
        label = f"{where}.{name}" if where else name
        if not isinstance(value, str) or not value.strip():
            self.fail(label, "is missing or no text")
        return value.strip()

    def one_of(self, name: str, choices: tuple[Any, ...]) -> Any:
        value = self.table.get(name)
        if value not in choices:
            self.fail(name, f"is {value!r}; it can be {', '.join(choices)}")
        return value

    def bilingual(self, value: object, name: str) -> Bilingual:
        if not isinstance(value, Mapping):
            self.fail(name, "is missing")
        en, zh = (self.text(value, lang, name) for lang in LANGS)
        return Bilingual(en, zh)

    def tables(self, name: str) -> list[Mapping[str, Any]]:
        rows = self.table.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            self.fail(name, "is not a list of tables")
        return rows

    def ids(self, name: str) -> tuple[str, ...]:
        values = self.table.get(name, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.fail(name, "is not a list of card ids")
        return tuple(values)

    def key_point(self, row: Mapping[str, Any]) -> KeyPoint:
        weight = row.get("weight", 1)
        if not isinstance(weight, int) or weight < 1:
            self.fail("key_points.weight", "is not a positive whole number")
        return KeyPoint(
            id=self.text(row, "id", "key_points"),
            text=self.bilingual(row, "key_points"),
            weight=weight,
            essential=row.get("essential", False) is True,
        )

    def exemplar(self, row: Mapping[str, Any]) -> Exemplar:
        score = row.get("score")
        if row.get("lang") not in LANGS:
            self.fail("exemplars.lang", "is not en or zh")
        if not isinstance(score, int | float) or not 0 <= score <= 1:
            self.fail("exemplars.score", "is not a number from 0 to 1")
        covers = row.get("covers")
        if not isinstance(covers, list) or not all(isinstance(point, str) for point in covers):
            self.fail("exemplars.covers", "is not a list of key-point ids")
        answer = self.text(row, "answer", "exemplars")
        return Exemplar(row["lang"], answer, tuple(covers), float(score))

    def source(self, row: Mapping[str, Any]) -> Source:
        item = row.get("item")
        if not isinstance(item, int):
            self.fail("sources.item", "is not a line number")
        return Source(self.text(row, "document", "sources"), item)
