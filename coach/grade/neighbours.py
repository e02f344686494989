"""Where the cards of the deck lie, so that an answer to another one of them is told from an answer to this one."""

from collections.abc import Callable, Iterable, Mapping

from coach.card import Card
from coach.grade.similarity import Embed, Vector, centred, middle
from coach.language import Lang


class Neighbours:
    """The middle of each card's question and key points; made for a language when it is first asked for.

    `deck` should hold cards whose vectors `embed` has at hand: hundreds of others would take a minute.
    """

    def __init__(self, deck: Callable[[], Iterable[Card]], embed: Embed) -> None:
        self._deck = deck
        self._embed = embed
        self._made: dict[Lang, Mapping[str, Vector]] = {}

    @classmethod
    def shipped(cls, embed: Embed, embedder: str) -> "Neighbours":
        """The shipped deck, whose vectors come with it where this embedder made them."""
        from coach.deck import load_deck
        from coach.index.shipped import looking_up

        return cls(load_deck, lambda texts: looking_up(embed, embedder)(texts))

    def besides(self, card_id: str, lang: Lang) -> list[Vector]:
        """The middles of all cards but this one."""
        if lang not in self._made:
            self._made[lang] = self._middles(lang)
        return [vector for other, vector in self._made[lang].items() if other != card_id]

    def _middles(self, lang: Lang) -> Mapping[str, Vector]:
        cards = list(self._deck())
        groups = [
            [card.question[lang], *(point.text[lang] for point in card.key_points)]
            for card in cards
        ]
        vectors = iter(centred(self._embed, [text for group in groups for text in group]))
        return {
            card.id: middle([next(vectors) for _ in group])
            for card, group in zip(cards, groups, strict=True)
        }
