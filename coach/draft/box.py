"""Where drafts wait for the user's decision, one TOML file each, and how they become cards."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from coach.card import Card
from coach.deck import Deck
from coach.draft.file import Origin, accepted, draft_text, read
from coach.draft.names import is_id, slug, unique
from coach.draft.support import lines_for
from coach.errors import InputFileError, UsageError
from coach.lint import lint_own
from coach.text import did_you_mean

UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class Draft:
    """A proposed card; `card` is None where its file can't be read, and `findings` says why.

    `findings` keep it out of the deck, `unsupported` key points are for the user to judge.
    """

    id: str
    file: Path
    card: Card | None
    origin: Origin | None
    findings: tuple[str, ...] = ()

    @cached_property
    def support(self) -> dict[str, tuple[int, ...]]:
        """For each key point the numbers of the source lines it rests on, found anew each time."""
        if self.card is None or self.origin is None:
            return {}
        quotes, lines = self.origin.quotes, self.origin.lines
        lang = self.origin.lang
        question = self.card.question[lang]
        return {
            point.id: lines_for(question, point.text[lang], quotes.get(point.id, ""), lines)
            for point in self.card.key_points
        }

    @property
    def unsupported(self) -> tuple[str, ...]:
        """Ids of the key points that no line of the notes bears out."""
        return tuple(point for point, lines in self.support.items() if not lines)


@dataclass(frozen=True)
class Decision:
    """What was done with a draft, and its file's content, by which that can be undone.

    `card` is the file it became in the user's own deck, None where it was rejected.
    """

    draft: Draft
    content: bytes
    card: Path | None = None


class DraftBox:
    """The drafts in a folder; `cards` is the folder of the user's own deck, `deck` all cards."""

    def __init__(
        self, folder: Path, cards: Path, deck: Deck, exercises: Iterable[str] = ()
    ) -> None:
        self.folder = folder
        self.cards = cards
        self.deck = deck
        self.exercises = frozenset(exercises)

    def drafts(self) -> list[Draft]:
        """All drafts, broken ones too, in order of their ids."""
        files = self.folder.glob("*.toml") if self.folder.is_dir() else ()
        return [
            self._read(file) for file in sorted(files, key=lambda file: file.stem) if file.is_file()
        ]

    def get(self, draft_id: str) -> Draft:
        """The draft with this id; UsageError names the nearest ones."""
        drafts = {draft.id: draft for draft in self.drafts()}
        if draft_id in drafts:
            return drafts[draft_id]
        hint = did_you_mean(draft_id, drafts) or "`coach cards review` lists them."
        raise UsageError(f"There is no draft {draft_id!r}.", hint)

    def seen(self) -> frozenset[str]:
        """Keys of the pairs drafted before, whatever became of the drafts."""
        keys: set[str] = set()
        with suppress(FileNotFoundError):
            keys.update(self._ledger.read_text(encoding="utf-8", errors="replace").split())
        return frozenset(keys)

    def add(self, card: Card, origin: Origin) -> Draft:
        """Keeps a draft under an id of its own, made of its question."""
        taken = {c.id for c in self.deck} | {file.stem for file in self.folder.glob("*.toml")}
        question = card.question
        name = slug(question.en, slug(question[origin.lang], f"card-{origin.pair[:8]}"))
        card = replace(card, id=unique(name, taken))
        file = self.folder / f"{card.id}.toml"
        _write(file, draft_text(card, origin).encode())
        with self._ledger.open("a", encoding="utf-8") as ledger:
            ledger.write(f"{origin.pair}\n")
        return self._read(file)

    def accept(self, draft: Draft) -> Decision:
        """Moves a draft to the user's own deck; UsageError where it has findings."""
        if draft.card is None or draft.findings:
            raise UsageError(
                f"{draft.id}: {'; '.join(draft.findings)}.",
                f"Mend it with `coach cards review --edit {draft.id}`.",
            )
        target = self.cards / f"{draft.card.id}.toml"
        content = draft.file.read_bytes()
        _write(target, accepted(content))
        draft.file.unlink()
        return Decision(draft, content, target)

    def reject(self, draft: Draft) -> Decision:
        """Deletes a draft; its pair is not drafted again unless that is asked for."""
        content = draft.file.read_bytes()
        draft.file.unlink()
        return Decision(draft, content)

    def undo(self, decision: Decision) -> None:
        """Makes a draft again of what was decided; UsageError where that would lose something newer."""
        file, card = decision.draft.file, decision.card
        if file.exists():
            raise UsageError(f"There is another draft {file.stem!r} by now.", "Decide on it first.")
        if card is not None and card.exists() and card.read_bytes() != accepted(decision.content):
            raise UsageError(f"{card} was changed since it was accepted.", "It stays in your deck.")
        _write(file, decision.content)
        if card is not None:
            card.unlink(missing_ok=True)

    @property
    def _ledger(self) -> Path:
        return self.folder / "drafted.txt"

    def _read(self, file: Path) -> Draft:
        try:
            card, origin = read(file)
        except InputFileError as error:
            return Draft(file.stem, file, None, None, (error.message.removeprefix(f"{file}: "),))
        return Draft(file.stem, file, card, origin, tuple(self._findings(card)))

    def _findings(self, card: Card) -> Sequence[str]:
        found = lint_own(card)
        if not is_id(card.id):
            found.append(f"id {card.id!r} is not made of lower-case letters, digits and hyphens")
        elif card.id in self.deck or (self.cards / f"{card.id}.toml").exists():
            found.append(f"id {card.id!r} belongs to another card")
        if card.kind == "code" and card.exercise is None:
            found.append("kind is code, but exercise is missing")
        if card.exercise is not None and card.exercise not in self.exercises:
            found.append(f"exercise names {card.exercise!r}, which is no exercise")
        return found


def _write(file: Path, content: bytes) -> None:
    """Writes a whole file or nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(file)
