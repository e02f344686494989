"""Reading, splitting and storing notes, against LangChain's usual pipeline; reading them again.

Both sides get the same vectors for nothing and end with an index on disk that answers a query.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from operator import truediv
from pathlib import Path

from bench.made_notes import MadeVectors, bare_index, write_notes

LIMIT = 3.0
AGAIN_LIMIT = 0.02


def usual_pipeline(notes: Path, folder: Path) -> int:
    """Cuts by length with the usual settings into a Chroma of its own; returns how many pieces."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    documents = [
        Document(path.read_text("utf-8"), metadata={"source": str(path)})
        for path in sorted(notes.iterdir())
    ]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    pieces = splitter.split_documents(documents)
    store = Chroma.from_documents(pieces, MadeVectors(), persist_directory=str(folder))
    text = pieces[-1].page_content
    assert store.similarity_search(text, 1)[0].page_content == text
    return len(pieces)


def ours(notes: Path, folder: Path) -> int:
    """The way `coach ingest` does it; returns how many passages."""
    index = bare_index(folder, MadeVectors())
    passages = index.ingest([notes]).passages
    found = index.search("gradient", 1)[0].chunk
    assert index.search(found.text, 1)[0].chunk == found
    index.close()
    return passages


def timed(action: Callable[[], int]) -> tuple[float, float, int]:
    """Seconds by the clock, seconds of processor time, and what the action returns."""
    began, spent = time.perf_counter(), time.process_time()
    result = action()
    return time.perf_counter() - began, time.process_time() - spent, result


def compare(passages: int, rounds: int) -> float:
    """Prints passages a second of both; returns our rate over theirs, the median of the rounds."""
    ways = {"LangChain and Chroma": usual_pipeline, "coach": ours}
    taken: dict[str, list[tuple[float, float, int]]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as base:
        notes = Path(base, "notes")
        write_notes(notes, 40, 20)
        for name, way in ways.items():
            way(notes, Path(base, f"warm {name}"))
        write_notes(notes := Path(base, "many"), passages)
        size = sum(path.stat().st_size for path in notes.iterdir()) / 1e6
        for number in range(rounds):
            for name, way in ways.items():
                folder = Path(base, f"{name} {number}")
                taken[name].append(timed(lambda way=way, folder=folder: way(notes, folder)))
    rates = {name: [made / wall for wall, _, made in runs] for name, runs in taken.items()}
    print(f"Reading, splitting and storing {size:.1f} MB (median of {rounds}, in turns)")
    for name, runs in taken.items():
        wall, cpu = (statistics.median(run[i] for run in runs) for i in (0, 1))
        print(
            f"  {name:<22} {wall:6.1f} s  {runs[0][2]} passages, {runs[0][2] / wall:5.0f} a second,"
            f" {size / wall:.2f} MB a second; processor {cpu:.1f} s"
        )
    ratio = statistics.median(map(truediv, rates["coach"], rates["LangChain and Chroma"]))
    print(f"  {ratio:.1f} times the passages a second (at least {LIMIT:g})")
    return ratio


def again(passages: int) -> float:
    """Prints how long the first ingest takes and the next, where nothing changed; returns the ratio."""
    with tempfile.TemporaryDirectory() as base:
        folder, notes = Path(base), Path(base, "notes")
        write_notes(notes, passages)
        vectors = MadeVectors()
        index = bare_index(folder, vectors)
        first, _, _ = timed(lambda: index.ingest([notes]).passages)
        index.close()
        seconds = []
        for _ in range(5):
            # Another process would open and check the index first.
            wall, _, unchanged = timed(lambda: _once_more(folder, notes, vectors))
            assert unchanged == passages // 20
            seconds.append(wall)
    ratio = statistics.median(seconds) / first
    print(f"Reading {passages} unchanged passages again (median of 5)")
    print(f"  the first time  {first:7.2f} s")
    print(
        f"  again           {statistics.median(seconds):7.2f} s  {ratio:.1%} (at most {AGAIN_LIMIT:.0%})"
    )
    return ratio


def _once_more(folder: Path, notes: Path, vectors: MadeVectors) -> int:
    index = bare_index(folder, vectors)
    unchanged = index.ingest([notes]).unchanged
    index.close()
    return unchanged


def main() -> bool:
    """Both comparisons; whether they are within the limits."""
    faster, repeated = compare(3000, 5), again(10_000)
    return faster >= LIMIT and repeated <= AGAIN_LIMIT


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
