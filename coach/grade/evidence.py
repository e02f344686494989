"""What code can see of a key point in an answer: overlap, similarity, and the words to quote."""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from coach.grade.agreement import agreement, extent, grams
from coach.grade.clauses import Piece, clauses, recall, sentences, tokens
from coach.grade.combine import FOREIGN, UNLIKE
from coach.grade.similarity import Embed, Vector, centred, dot
from coach.grade.task import Task
from coach.grade.task_vectors import MAX_PIECES, TaskVectors
from coach.language import Lang
from coach.verdict import Quote

_LONG = 60
_MIN_SHARED = 0.1
_MIN_SIMILARITY = 0.2
_ON_TOPIC = 0.2
"""Sentences less near than this to all of the references are about something else."""
_TELLING = 20
"""An answer of fewer words may be short of what names its topic: "because the variance is too high"."""
_GRAM: Mapping[Lang, int] = MappingProxyType({"en": 3, "zh": 2})


@dataclass(frozen=True)
class Evidence:
    """One answer laid beside the key points of a task. `masked` is the answer without its orders."""

    task: Task
    answer: str
    masked: str
    vectors: TaskVectors = field(default_factory=TaskVectors)
    embed: Embed | None = None

    @cached_property
    def pieces(self) -> list[Piece]:
        """Sentences and the clauses of long ones; of a very long answer those nearest to the rubric."""
        found: list[Piece] = []
        for sentence in sentences(self.masked):
            parts = clauses(sentence) if len(sentence.text) > _LONG else []
            found += [sentence, *(part for part in parts if len(part.text) > 7 and len(parts) > 1)]
        return nearest(found, [point.text for point in self.task.key_points], MAX_PIECES)

    def features(self, index: int) -> Mapping[str, float]:
        """The signals of one key point by name; one that cannot be had is left out.

        specific: share of the words that set it apart from the question and the other key points,
        and that the answer has; grams: share of its runs of characters that the answer has;
        similarity: cosine with the nearest piece; own: by how much the piece that says most of it
        is nearer to it than to any other key point;
        mistake, mistake_here: cosine of the answer's and of that piece's nearest known mistake;
        near: mean over the pieces of the cosine with the nearest sentence of the references;
        asked: cosine of the whole answer with the question;
        closest, named: the largest similarity and specific of all key points, where the answer has
        words, in the task's language;
        elsewhere: there, and for a card of the deck, by how much the whole answer is nearer to
        another card than to this one;
        chinese: 1 where the task is Chinese, 0 where it is English: signals of equal answers differ a little;
        foreign: there, and 1, where the answer is in another language than the task;
        unlike: there, and 1, where moreover hardly a word can be shared: where an English task is
        answered in Chinese (English answers hold the terms that Chinese references hold, too);
        and what `agreement` says of the whole answer and the references.
        """
        found = {**self._agreement, **self._extent, "chinese": float(self.task.lang == "zh")}
        if not self.task.speaks(self.masked):
            found[FOREIGN] = 1.0
            if self.task.lang == "en":
                found[UNLIKE] = 1.0
        found["specific"] = self._recalls[index]
        size = _GRAM[self.task.lang]
        wanted = grams(self.task.key_points[index].text, size)
        found["grams"] = len(wanted & grams(self.masked, size)) / len(wanted) if wanted else 0.0
        if self.vectors.points and not self.pieces:
            found |= {"similarity": 0.0, "own": -1.0, "near": 0.0, "asked": 0.0}
        if self._similarities:
            best = self._nearest(index)
            found["similarity"] = self._similarities[index][best]
            found["own"] = self._own(index)
            found["near"] = self._near
            found["asked"] = self._asked
            if self.vectors.mistakes:
                found["mistake"] = max(self._mistaken)
                found["mistake_here"] = self._mistaken[best]
            if self._tells_its_topic:
                found["closest"] = max(map(max, self._similarities))
                found["named"] = max(self._recalls)
            if self.elsewhere is not None:
                found["elsewhere"] = self.elsewhere
        return found

    @cached_property
    def elsewhere(self) -> float | None:
        """By how much the whole answer's cosine with another card is larger; None where that tells nothing."""
        enough = len(self._said) >= _TELLING and self._tells_its_topic
        if not self.vectors.others or not self._whole or not enough:
            return None
        there = max(dot(self._whole, other) for other in self.vectors.others)
        return there - dot(self._whole, self.vectors.middle)

    def quote(self, index: int) -> Quote | None:
        """The piece that says most of one key point, with its place in the answer as received."""
        shared = self._shared(index)
        similar = self._similarities[index] if self._similarities else [0.0] * len(shared)
        # A piece with an order blanked out inside is not what the candidate wrote.
        own = [i for i, p in enumerate(self.pieces) if self.answer[p.start : p.end] == p.text]
        best = max(own, key=lambda i: shared[i] + similar[i], default=None)
        if best is None or (shared[best] < _MIN_SHARED and similar[best] < _MIN_SIMILARITY):
            return None
        piece = self.pieces[best]
        return Quote(piece.text, piece.start, piece.end)

    @cached_property
    def _tells_its_topic(self) -> bool:
        """Numbers alone, and words of another language, could be about anything."""
        return any(word[0].isalpha() for word in self._said) and self.task.speaks(self.masked)

    @cached_property
    def _recalls(self) -> list[float]:
        return [recall(self._specific(i), self._said) for i in range(len(self.task.key_points))]

    @cached_property
    def _said(self) -> list[str]:
        return tokens(self.masked)

    @cached_property
    def _wanted(self) -> list[list[str]]:
        return [tokens(point.text) for point in self.task.key_points]

    def _specific(self, index: int) -> list[str]:
        """A key point's words that neither the question nor another key point has, else all new ones."""
        asked = set(tokens(self.task.question))
        others = {word for i, words in enumerate(self._wanted) if i != index for word in words}
        new = [word for word in self._wanted[index] if word not in asked] or self._wanted[index]
        return [word for word in new if word not in others] or new

    @cached_property
    def _agreement(self) -> Mapping[str, float]:
        whole = set(sentences(self.masked))
        kept = [piece for piece in self.pieces if piece in whole]
        return agreement(self.task, self.masked, kept, self._said)

    @cached_property
    def _extent(self) -> Mapping[str, float]:
        """How much is said on the topic: sentences on something else could pad an answer."""
        whole = set(sentences(self.masked))
        said = [i for i, piece in enumerate(self.pieces) if piece in whole]
        if self._nearness:
            said = [i for i in said if self._nearness[i] >= _ON_TOPIC]
        return extent([self.pieces[i] for i in said])

    @cached_property
    def _piece_tokens(self) -> list[list[str]]:
        return [tokens(piece.text) for piece in self.pieces]

    @cached_property
    def _piece_vectors(self) -> list[Vector]:
        if self.embed is None or not self.pieces:
            return []
        return centred(self.embed, [piece.text for piece in self.pieces])

    @cached_property
    def _similarities(self) -> list[list[float]]:
        """Cosine of each key point (rows) with each piece (columns); empty without an embedder."""
        if not self._piece_vectors:
            return []
        return [[dot(p, v) for v in self._piece_vectors] for p in self.vectors.points]

    @cached_property
    def _near(self) -> float:
        return sum(self._nearness) / len(self._nearness)

    @cached_property
    def _nearness(self) -> list[float]:
        """Each piece's cosine with the nearest sentence of the references."""
        stated = self.vectors.stated
        return [max(dot(v, s) for s in stated) for v in self._piece_vectors] if stated else []

    @cached_property
    def _whole(self) -> Vector:
        (whole,) = centred(self.embed, [self.masked.strip()]) if self.embed else ((),)
        return whole

    @cached_property
    def _asked(self) -> float:
        return dot(self._whole, self.vectors.question[0]) if self._whole else 0.0

    @cached_property
    def _mistaken(self) -> list[float]:
        """Each piece's cosine with the nearest known mistake."""
        return [max(dot(v, m) for m in self.vectors.mistakes) for v in self._piece_vectors]

    def _nearest(self, index: int) -> int:
        return max(range(len(self.pieces)), key=self._similarities[index].__getitem__)

    def _own(self, index: int) -> float:
        sums = list(map(operator.add, self._shared(index), self._similarities[index]))
        piece = sums.index(max(sums))
        others = [row[piece] for i, row in enumerate(self._similarities) if i != index]
        return self._similarities[index][piece] - max(others, default=0.0)

    def _shared(self, index: int) -> list[float]:
        wanted = self._wanted[index]
        return [recall(wanted, said) for said in self._piece_tokens]


def nearest(pieces: Sequence[Piece], wanted: Sequence[str], limit: int) -> list[Piece]:
    """Returns at most `limit` pieces, those that share most with the wanted texts, in their order."""
    if len(pieces) <= limit:
        return list(pieces)
    words = [tokens(text) for text in wanted]
    shares = [max(recall(want, tokens(piece.text)) for want in words) for piece in pieces]
    best = sorted(range(len(pieces)), key=lambda i: -shares[i])[:limit]
    return [pieces[i] for i in sorted(best)]
