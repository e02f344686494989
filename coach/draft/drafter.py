"""Goes through documents pair by pair and makes a draft of each, one failure costing one pair."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.card import Bilingual, Card, FollowUp, KeyPoint, Source
from coach.document import Pair
from coach.draft.box import Draft, DraftBox
from coach.draft.file import Origin
from coach.draft.propose import OTHER_TOPIC, Proposal, excerpt, line, propose
from coach.draft.translate import translate
from coach.errors import InputFileError, ModelError
from coach.ingest import Problem, find, pairs, read
from coach.language import Lang, detect
from coach.language_model import LanguageModel


@dataclass(frozen=True)
class Todo:
    """The pairs that wait to be drafted, and how many were left out and why."""

    pairs: tuple[Pair, ...]
    skipped: int
    unanswered: int
    problems: tuple[Problem, ...]


def todo(paths: Sequence[Path], seen: Collection[str]) -> Todo:
    """Reads the documents; pairs `seen` before and questions without an answer are left out."""
    found, problems = find(paths)
    waiting: dict[str, Pair] = {}
    skipped = unanswered = 0
    for item in found:
        try:
            document = read(item)
        except InputFileError as error:
            problems.append(Problem(item.name, 0, error.message))
            continue
        for pair in pairs(document):
            if not pair.lines:
                unanswered += 1
            elif pair.key in seen or pair.key in waiting:
                skipped += 1
            else:
                waiting[pair.key] = pair
    return Todo(tuple(waiting.values()), skipped, unanswered, tuple(problems))


class Drafter:
    """Makes drafts with the model that `model` opens and keeps each as soon as it is made."""

    def __init__(self, model: Callable[[], LanguageModel], box: DraftBox) -> None:
        self._open = model
        self._box = box

    def run(self, waiting: Sequence[Pair]) -> Iterator[Draft | Problem]:
        """A draft for each pair, or the problem it met; a model that is missing ends the run."""
        for pair in waiting:
            try:
                yield self.draft(pair)
            except ModelError as error:
                yield Problem(pair.document, pair.line, f"{pair.question[:80]}: {error.message}")

    def draft(self, pair: Pair) -> Draft:
        """Makes and keeps one draft; raises ModelError where the model fails at it."""
        model = self._open()
        proposal = propose(model, pair, [t for t in self._box.deck.topics if t != OTHER_TOPIC])
        lang = detect(f"{pair.question}\n{pair.text}")
        numbered = {f"p{n}": point for n, point in enumerate(proposal.points, 1)}
        origin = Origin(
            pair=pair.key,
            document=pair.document,
            line=pair.line,
            lang=lang,
            model=model.name,
            quotes={point_id: point.quote for point_id, point in numbered.items()},
            lines=pair.lines,
        )
        return self._box.add(_card(model, pair, proposal, lang), origin)


def _card(model: LanguageModel, pair: Pair, proposal: Proposal, lang: Lang) -> Card:
    asked = {f"p{n}": point.follow_up for n, point in enumerate(proposal.points, 1)}
    asked = {point_id: text for point_id, text in asked.items() if text}
    reference = [text for text in excerpt(pair).split("\n") if text.strip()]
    points = [point.text for point in proposal.points]
    texts = [line(pair.question), *points, *proposal.mistakes, *asked.values(), *reference]
    other = translate(model, texts, "zh" if lang == "en" else "en")
    made = iter([_both(*both, lang) for both in zip(texts, other, strict=True)])
    return Card(
        id="",
        topic=proposal.topic,
        level=proposal.level,
        kind=proposal.kind,
        question=next(made),
        key_points=tuple(KeyPoint(f"p{n}", next(made)) for n, _ in enumerate(points, 1)),
        common_mistakes=tuple(next(made) for _ in proposal.mistakes),
        follow_ups=tuple(FollowUp(point_id, next(made)) for point_id in asked),
        reference=_joined(list(made)),
        sources=(Source(pair.document, pair.line),),
    )


def _both(text: str, other: str, lang: Lang) -> Bilingual:
    return Bilingual(text, other) if lang == "en" else Bilingual(other, text)


def _joined(lines: Sequence[Bilingual]) -> Bilingual:
    return Bilingual("\n".join(t.en for t in lines), "\n".join(t.zh for t in lines))
