"""Embedding shipped passages with the bundled model: as an ingest does it, against one passage at a time."""

import random
import statistics
import time

from coach.embeddings.bundled import BundledEmbeddings
from coach.index.shipped import load_shipped
from coach.index.vectors import embed

PASSAGES = 96


def main(rounds: int = 3) -> bool:
    """Prints passages a second of both, loading included; there is no limit to keep."""
    texts = [chunk.text for chunk in load_shipped().chunks]
    random.Random(0).shuffle(texts)
    texts = texts[:PASSAGES]
    embedder = BundledEmbeddings()
    embedder.embed_query("warm")
    ways = {"one passage at a time": _one_by_one, "as an ingest": embed}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            began = time.perf_counter()
            way(embedder, texts)
            taken[name].append(time.perf_counter() - began)
    rates = {name: len(texts) / statistics.median(seconds) for name, seconds in taken.items()}
    print(f"Embedding {len(texts)} passages with the bundled model (median of {rounds}, in turns)")
    for name, rate in rates.items():
        print(f"  {name:<24} {rate:5.1f} a second")
    alone, together = rates.values()
    print(f"  {together / alone:.2f} times one at a time")
    return True


def _one_by_one(embedder: BundledEmbeddings, texts: list[str]) -> None:
    for text in texts:
        embedder.embed_documents([text])


if __name__ == "__main__":
    main()
