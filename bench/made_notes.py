"""Questions with answers in two languages, drawn from the shipped notes: as many as a benchmark wants."""

import random
import re
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from coach.index import Index
from coach.index.shipped import ShippedCorpus
from coach.language import LANGS, Lang
from coach.paths import CORPUS

DIMENSIONS = 384
_ENDS = {"en": re.compile(r"(?<=\.)\s"), "zh": re.compile(r"(?<=。)")}
_SIZE = {"en": 700, "zh": 280}
_ASKED = {"en": "What holds for {} {}?", "zh": "{} 的第 {} 点是什么？"}
_CARD = """
id = "adam"
topic = "optimization"
level = "mid"
kind = "concept"
[question]
en = "What does Adam keep?"
zh = "Adam 保存什么？"
[reference]
en = "Two moving averages."
zh = "两个滑动平均。"
"""


@cache
def sentences(lang: Lang) -> tuple[str, ...]:
    """Every sentence of the shipped notes in one language."""
    texts = [path.read_text("utf-8") for path in sorted((CORPUS / "notes").glob(f"*{lang}.md"))]
    lines = [line for text in texts for line in text.split("\n") if line[:1].isalpha()]
    return tuple(s.strip() for line in lines for s in _ENDS[lang].split(line) if len(s) > 10)


def answers(lang: Lang, draw: random.Random) -> Iterator[str]:
    """Paragraphs of the size of a passage, without end."""
    while True:
        picked = [draw.choice(sentences(lang))]
        while sum(map(len, picked)) < _SIZE[lang]:
            picked.append(draw.choice(sentences(lang)))
        yield (" " if lang == "en" else "").join(picked)


def write_notes(folder: Path, passages: int, per_file: int = 20) -> None:
    """Files of questions with answers, Markdown and plain text by turns, one half in each language."""
    draw = random.Random(passages)
    texts = {lang: answers(lang, draw) for lang in LANGS}
    folder.mkdir(parents=True)
    for file in range(passages // per_file):
        lang = LANGS[file % 2]
        plain = file % 4 > 1
        parts = []
        for number in range(1, per_file + 1):
            asked = _ASKED[lang].format(draw.choice(sentences(lang)).split()[0][:12], number)
            head = f"{number}. {asked}" if plain else f"## {asked}"
            parts.append(f"{head}\n\n{next(texts[lang])}\n")
        path = folder / f"notes-{file:04d}.{lang}.{'txt' if plain else 'md'}"
        path.write_text("\n".join(parts), encoding="utf-8")


class MadeVectors(Embeddings):
    """Unit vectors drawn by the text's checksum: costs next to nothing, so that the rest is measured."""

    name = "made"

    def __init__(self) -> None:
        drawn = np.random.default_rng(0).normal(size=(2, 1024, DIMENSIONS))
        self._pools = drawn.astype(np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text."""
        sums = np.array([zlib.crc32(text.encode()) for text in texts])
        rows = self._pools[0][sums % 1024] + self._pools[1][sums // 1024 % 1024]
        units: list[list[float]] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).tolist()
        return units

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]


def bare_index(folder: Path, embedder: Embeddings) -> Index:
    """An index that holds one card alone."""
    cards = folder / "corpus" / "cards" / "optimization"
    cards.mkdir(parents=True, exist_ok=True)
    (cards / "adam.toml").write_text(_CARD, encoding="utf-8")
    index = Index(folder / "index", embedder, corpus=ShippedCorpus(folder / "corpus"))  # type: ignore[arg-type]
    index.ensure()
    return index
