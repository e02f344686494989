"""A stand-in without a model: words, word pieces and Chinese character pairs, hashed into a vector."""

import math
import re
import zlib
from collections.abc import Iterator

from langchain_core.embeddings import Embeddings

_TOKEN = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")


class HashingEmbeddings(Embeddings):
    """Deterministic and fast: the same words give the same vector, on every machine."""

    def __init__(self, dimensions: int = 256) -> None:
        self.dimensions = dimensions
        self.name = f"hashing:{dimensions}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors; the zero vector for a text without words."""
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Unit vector of one text; the zero vector if it has no words."""
        vector = [0.0] * self.dimensions
        for token in _tokens(text.lower()):
            digest = zlib.crc32(token.encode())
            vector[digest % self.dimensions] += 1.0 if digest & 0x80000000 else -1.0
        length = math.sqrt(sum(value * value for value in vector))
        return [value / length for value in vector] if length else vector


def _tokens(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word[0] < "\u3400":
            yield word
            yield from (f"{word[:4]}*",) if len(word) > 4 else ()
        else:
            yield from (word[i : i + 2] for i in range(max(len(word) - 1, 1)))
