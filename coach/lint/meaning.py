"""Questions of two cards, and key points of one, that say the same in other words."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from coach.card import Card
from coach.grade.similarity import Embed, centred
from coach.language import LANGS

# Measured on the 208 shipped cards, cosines of centred vectors in the language in which a pair is nearer.
# Questions: cnn-vs-dense and why-cnn have 0.73, the next pair 0.70; 99 of 100 pairs lie below 0.40. Of 12
# questions asked again in other words 7 reach the threshold: what it finds is a repetition, but not
# every repetition is found. Key points of one card (2,990 pairs): Adam's first and second moment
# have 0.83, the next pair 0.74, 99 of 100 less than 0.56; the same said with other words 0.93.
SAME_QUESTION = 0.75
SAME_POINT = 0.88


def alike(cards: Mapping[Path, Card], embed: Embed) -> Iterator[tuple[Path, str]]:
    """Yields a file and what its card repeats, with the cosine of the centred vectors."""
    yield from _questions(cards, embed)
    for path, card in cards.items():
        yield from ((path, message) for message in _key_points(card, embed))


def _questions(cards: Mapping[Path, Card], embed: Embed) -> Iterator[tuple[Path, str]]:
    paths = list(cards)
    for lang in LANGS:
        texts = [card.question[lang] for card in cards.values()]
        for one, other, cosine in _near(texts, embed, SAME_QUESTION):
            same = cards[paths[one]].id
            yield paths[other], f"question asks what {same!r} asks ({lang}, cosine {cosine:.2f})"


def _key_points(card: Card, embed: Embed) -> Iterator[str]:
    for lang in LANGS:
        texts = [point.text[lang] for point in card.key_points]
        for one, other, cosine in _near(texts, embed, SAME_POINT):
            ids = f"{card.key_points[one].id!r} and {card.key_points[other].id!r}"
            yield f"key_points {ids} mean the same ({lang}, cosine {cosine:.2f})"


def _near(texts: list[str], embed: Embed, least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of places whose texts are at least so near, but not the same text."""
    import numpy as np

    if len(texts) < 2:
        return
    rows = np.asarray(centred(embed, texts), dtype=np.float32)
    cosines = rows @ rows.T
    for one, other in zip(*np.nonzero(np.triu(cosines >= least, 1)), strict=True):
        if texts[one] != texts[other]:
            yield int(one), int(other), float(cosines[one, other])
