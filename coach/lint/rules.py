"""What is wrong with cards, by rules that need no language model."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

from coach.card import Bilingual, Card
from coach.deck import card_files, load_card
from coach.errors import InputFileError
from coach.grade.similarity import Embed
from coach.language import LANGS, detect
from coach.lint.meaning import alike

SCORE_TOLERANCE = 0.011
ALIKE = 0.92


@dataclass(frozen=True)
class Finding:
    """One fault: the card's file and what is wrong with it."""

    path: str
    message: str


def lint(
    folder: Path,
    exercises: Iterable[str] | None = None,
    *,
    own: bool = False,
    elsewhere: Iterable[str] = (),
    embed: Embed | None = None,
) -> tuple[int, list[Finding]]:
    """Number of card files under a folder, and everything wrong with them.

    `exercises` are the known slugs; None leaves the links to exercises unchecked. `own` applies the
    rules for a user's own cards; `elsewhere` are ids of other cards that links may lead to. `embed` gives
    the bundled model's vectors of queries; without it nothing is compared by meaning.
    """
    cards: dict[Path, Card] = {}
    findings: list[Finding] = []
    files = card_files(folder)
    known = frozenset(elsewhere)
    for path in files:
        try:
            cards[path] = load_card(path)
        except InputFileError as error:
            findings.append(Finding(str(path), error.message.removeprefix(f"{path}: ")))
    for path, card in cards.items():
        for check in _OWN_CHECKS if own else _CHECKS:
            findings += [Finding(str(path), message) for message in check(card)]
        findings += [Finding(str(path), m) for m in _place(path, card, folder, own=own)]
    faults = _links(cards, exercises, folder, known)
    findings += [Finding(str(path), message) for path, message in faults]
    findings += [Finding(str(path), message) for path, message in _duplicates(cards)]
    if embed is not None:
        findings += [Finding(str(path), message) for path, message in alike(cards, embed)]
    return len(files), findings


def lint_own(card: Card) -> list[str]:
    """Everything wrong with one card of the user's own, wherever its file lies."""
    return [message for check in _OWN_CHECKS for message in check(card)]


def _place(path: Path, card: Card, folder: Path, *, own: bool) -> Iterator[str]:
    if card.id != path.stem:
        yield f"id is {card.id!r}, the file is named {path.stem!r}"
    if not own and folder.is_dir() and card.topic != path.parent.name and path.parent != folder:
        yield f"topic is {card.topic!r}, the folder is named {path.parent.name!r}"


def _key_points(card: Card) -> Iterator[str]:
    if not 3 <= len(card.key_points) <= 6:
        yield f"key_points has {len(card.key_points)} entries; 3 to 6 are wanted"
    if not any(point.essential for point in card.key_points):
        yield "key_points: none is essential"


def _own_key_points(card: Card) -> Iterator[str]:
    if not 1 <= len(card.key_points) <= 8:
        yield f"key_points has {len(card.key_points)} entries; 1 to 8 are wanted"


def _distinct(card: Card) -> Iterator[str]:
    for point_id, count in Counter(point.id for point in card.key_points).items():
        if count > 1:
            yield f"key_points.id {point_id!r} occurs {count} times"
    for one, other in combinations(card.key_points, 2):
        for lang in LANGS:
            if SequenceMatcher(None, one.text[lang], other.text[lang]).ratio() > ALIKE:
                yield f"key_points {one.id!r} and {other.id!r} say the same ({lang})"


def _follow_ups(card: Card) -> Iterator[str]:
    ids = {point.id for point in card.key_points}
    asked = {follow_up.key_point for follow_up in card.follow_ups}
    for point_id in sorted(ids - asked):
        yield f"follow_ups: none leads to key point {point_id!r}"


def _follow_up_targets(card: Card) -> Iterator[str]:
    ids = {point.id for point in card.key_points}
    for point_id in sorted({follow_up.key_point for follow_up in card.follow_ups} - ids):
        yield f"follow_ups.key_point {point_id!r} is no key point of this card"


def _mistakes(card: Card) -> Iterator[str]:
    if len(card.common_mistakes) < 2:
        yield "common_mistakes has fewer than 2 entries"


def _enough_exemplars(card: Card) -> Iterator[str]:
    for lang in LANGS:
        count = sum(exemplar.lang == lang for exemplar in card.exemplars)
        if count < 4:
            yield f"exemplars: {count} in {lang}; at least 4 are wanted"


def _exemplars(card: Card) -> Iterator[str]:
    weights = {point.id: point.weight for point in card.key_points}
    for number, exemplar in enumerate(card.exemplars if weights else (), 1):
        if unknown := set(exemplar.covers) - weights.keys():
            yield f"exemplars[{number}].covers names unknown key points: {', '.join(sorted(unknown))}"
            continue
        score = sum(weights[point_id] for point_id in set(exemplar.covers)) / sum(weights.values())
        if abs(score - exemplar.score) > SCORE_TOLERANCE:
            yield f"exemplars[{number}].score is {exemplar.score}; its key points make {score:.2f}"


def _languages(card: Card) -> Iterator[str]:
    texts = [("question", card.question), ("reference", card.reference)]
    texts += [(f"key_points.{point.id}", point.text) for point in card.key_points]
    yield from _in_both(texts)


def _other_languages(card: Card) -> Iterator[str]:
    texts = [(f"common_mistakes[{n}]", text) for n, text in enumerate(card.common_mistakes, 1)]
    texts += [(f"follow_ups[{n}]", asked.text) for n, asked in enumerate(card.follow_ups, 1)]
    yield from _in_both(texts)


def _in_both(texts: Iterable[tuple[str, Bilingual]]) -> Iterator[str]:
    for name, text in texts:
        if detect(text.zh) != "zh":
            yield f"{name}.zh is not Chinese"
        if detect(text.en) != "en":
            yield f"{name}.en is not English"


def _links(
    cards: dict[Path, Card],
    exercises: Iterable[str] | None,
    folder: Path,
    elsewhere: frozenset[str],
) -> Iterator[tuple[Path, str]]:
    ids = {card.id for card in cards.values()} | elsewhere
    for path, card in cards.items():
        # A single file is checked on its own: the cards it names lie elsewhere.
        if folder.is_dir():
            for name in ("see_also", "prerequisites"):
                for target in getattr(card, name):
                    if target not in ids:
                        yield path, f"{name} names {target!r}, which is no card"
        if card.kind == "code" and card.exercise is None:
            yield path, "kind is code, but exercise is missing"
        if exercises is not None and card.exercise and card.exercise not in set(exercises):
            yield path, f"exercise names {card.exercise!r}, which is no exercise"


def _duplicates(cards: dict[Path, Card]) -> Iterator[tuple[Path, str]]:
    seen: dict[str, Path] = {}
    for path, card in cards.items():
        for key in (
            f"id {card.id}",
            f"question {card.question.en}",
            f"question {card.question.zh}",
        ):
            if key in seen:
                yield path, f"{key!r} occurs also in {seen[key]}"
            seen.setdefault(key, path)


_Checks = tuple[Callable[[Card], Iterator[str]], ...]

_ALWAYS: _Checks = (_distinct, _follow_up_targets, _exemplars, _languages)
_CHECKS: _Checks = (*_ALWAYS, _key_points, _follow_ups, _mistakes, _enough_exemplars)
# A card made from somebody's notes may be a small one; only what would mislead the grader is a fault.
_OWN_CHECKS: _Checks = (*_ALWAYS, _own_key_points, _other_languages)
