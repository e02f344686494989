"""The one place where results are chosen and ordered."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Literal

from coach.document import Passage, Reading, joined
from coach.index import Asked, Index
from coach.language import LANGS, Lang
from coach.retrieve.evidence import Closeness, Evidence, content_words, weigh
from coach.retrieve.folding import Fold, folded
from coach.retrieve.fuse import in_turns, of_best, standard
from coach.retrieve.nearness import Cards, Nearness
from coach.retrieve.shelf import DEPTH, Shelf, highest
from coach.retrieve.shelves import open_shelves
from coach.retrieve.spelling import mended, respelt
from coach.retrieve.terms import shipped_terms
from coach.retrieve.weights import Weights
from coach.retrieve.words import is_mixed, words

if TYPE_CHECKING:
    from coach.index.vectors import Matrix

Hit = tuple[Lang, Fold]


class Retriever:
    """Ranks inside each language by vectors and words, then takes from both languages by turns."""

    def __init__(self, index: Index, weights: Weights | None = None) -> None:
        self.index = index
        self.weights = weights or Weights()
        self._generation = ""
        self._shelves: Mapping[Lang, Shelf] = {}
        self._cards: tuple[str, Cards | None] = ("", None)

    def search(
        self, query: str, k: int = 5, lang: Literal["any", "en", "zh"] = "any"
    ) -> list[Passage]:
        """The k best passages, best first; their `score` is the cosine alone, so it may go up and down."""
        with self.index.asked(query, k) as asked:
            return self._ranking(asked, k).passages(k, lang)

    def read(self, query: str, k: int = 5) -> Reading:
        """Passages to answer from: the best in the query's language first, then the best of all."""
        passages, evidence = self.weighed(query, k)
        return Reading(passages, evidence.covered)

    def weighed(self, query: str, k: int = 5) -> tuple[tuple[Passage, ...], Evidence]:
        """What `read` gives, with the signals that the probability rests on."""
        with self.index.asked(query, k) as asked:
            ranking = self._ranking(asked, k)
            own = ranking.passages((k + 1) // 2, asked.lang)
            ids = {passage.chunk.id for passage in own}
            others = [p for p in ranking.passages(k, "any") if p.chunk.id not in ids]
            passages = (*own, *others)[:k]
            return passages, self._evidence(ranking, passages)

    def _ranking(self, asked: Asked, k: int) -> "_Ranking":
        return _Ranking(asked, self._shelves_of(asked), self.weights, max(k, DEPTH))

    def _evidence(self, ranking: "_Ranking", passages: Sequence[Passage]) -> Evidence:
        shelves, asked = list(self._shelves.values()), ranking.asked
        count = sum(len(shelf.ids) for shelf in shelves)
        close = (ranking.closeness(asked.lang), ranking.closeness(_other(asked.lang)))

        def holding(word: str) -> int:
            return sum(shelf.holding(word) for shelf in shelves)

        def near(best: Passage) -> Nearness | None:
            came = best.chunk.document in asked.opened.manifest.shipped
            cards = self._cards_of(asked) if came else None
            return cards.nearness(asked.vector, asked.lang) if cards else None

        return weigh(asked.query, passages, close, holding, count, near)

    def _cards_of(self, asked: Asked) -> Cards | None:
        """Made for the first free question: a search alone does without."""
        name, manifest = asked.opened.name, asked.opened.manifest
        if self._cards[0] != name:
            self._cards = name, Cards.shipped(manifest.embedder, manifest.means)
        return self._cards[1]

    def _shelves_of(self, asked: Asked) -> Mapping[Lang, Shelf]:
        # The index lets in one query at a time, so two threads never do this at once.
        if self._generation != asked.opened.name:
            self._shelves = open_shelves(asked)
            self._generation = asked.opened.name
        return self._shelves


class _Ranking:
    """How the passages of each language rank for one query."""

    def __init__(
        self, asked: Asked, shelves: Mapping[Lang, Shelf], weights: Weights, depth: int
    ) -> None:
        self.asked = asked
        self.shelves = shelves
        self.weights = weights
        self.depth = depth
        self._vocabularies = [shelf.vocabulary for shelf in shelves.values()]
        said = words(asked.query)
        self.words = respelt(said, self._vocabularies)
        terms = shipped_terms().in_query(mended(asked.query, said, self.words))
        self.named = {lang: shelf.by_other_names(terms) for lang, shelf in shelves.items()}
        self.own = self._best(asked.lang, self._scores(asked.lang, weights.words))

    def passages(self, k: int, lang: Literal["any", "en", "zh"]) -> list[Passage]:
        """The k best of one language, or of both by turns."""
        own = self.asked.lang
        if lang == "any":
            hits = in_turns(self.hits(own), self.hits(_other(own)), self.weights.turns)
        else:
            hits = iter(self.hits(lang))
        return _passages(self.asked, self.shelves, list(islice(hits, k)))

    def closeness(self, lang: Lang) -> Closeness:
        """How close the passages of a language come to the query, by meaning and by the words it is about."""
        shelf = self.shelves[lang]
        if not shelf.ids:
            return Closeness()
        return Closeness.of(shelf.similarity(self.asked.vector), shelf.by_words(self._content))

    @cached_property
    def _content(self) -> list[str]:
        return respelt(content_words(self.asked.query), self._vocabularies)

    def hits(self, lang: Lang) -> list[Hit]:
        """The passages of one language, best first, duplicates folded."""
        return [
            (lang, fold) for fold in (self.own if lang == self.asked.lang else self._across(lang))
        ]

    def _best(self, lang: Lang, scores: "Matrix") -> list[Fold]:
        return folded(self.shelves[lang], highest(scores, self.depth), self.asked.chunks)

    def _across(self, lang: Lang) -> list[Fold]:
        scores = self._scores(lang, self._weight_across(lang))
        return (
            self._best(lang, scores + self.weights.twins * self._twins(lang)) if len(scores) else []
        )

    def _weight_across(self, lang: Lang) -> float:
        if is_mixed(self.asked.query):
            return self.weights.words_mixed
        return self.weights.words_named if self.named[lang].any() else self.weights.words_across

    def _scores(self, lang: Lang, word_weight: float) -> "Matrix":
        """Vectors and words, in standard deviations of the cosines."""
        shelf = self.shelves[lang]
        if not shelf.ids:
            return shelf.by_words(())
        near = standard(shelf.similarity(self.asked.vector))
        names = self.weights.names * self.named[lang]
        return near + word_weight * of_best(shelf.by_words(self.words) + names)

    def _twins(self, lang: Lang) -> "Matrix":
        """How much each passage resembles one of the best of the query's own language."""
        import numpy as np

        best = [fold.row for fold in self.own[: self.weights.twin_passages]]
        if not best:
            return np.zeros(len(self.shelves[lang].ids), dtype=np.float32)
        vectors = self.shelves[self.asked.lang].vectors[best]
        alike = standard(self.shelves[lang].similarity(vectors.T))
        decay = self.weights.twin_decay ** np.arange(len(best), dtype=np.float32)
        return np.asarray((alike * decay).max(axis=1), dtype=np.float32)


def _passages(asked: Asked, shelves: Mapping[Lang, Shelf], hits: Sequence[Hit]) -> list[Passage]:
    ids = [shelves[lang].ids[row] for lang, fold in hits for row in (*fold.rows, *fold.same)]
    chunks = asked.chunks(ids)
    found = []
    for lang, fold in hits:
        shelf = shelves[lang]
        score = float(shelf.vectors[fold.row] @ asked.vector)
        also = tuple(chunks[shelf.ids[row]] for row in fold.same)
        whole = joined([chunks[shelf.ids[row]] for row in fold.rows])
        found.append(Passage(whole, max(-1.0, min(1.0, score)), also))
    return found


def _other(lang: Lang) -> Lang:
    return LANGS[1] if lang == LANGS[0] else LANGS[0]
