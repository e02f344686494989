"""Embeds the shipped deck and notes with the bundled model and writes corpus/vectors.npz.

Run it after changing a card or a note: python scripts/embed_corpus.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from coach.embeddings import open_embedder
from coach.index.shipped import VECTORS, load_shipped, load_vectors, question_id, save_vectors
from coach.index.vectors import embed, embed_questions, matrix


def main() -> None:
    """Keeps the vectors of unchanged texts and embeds the rest."""
    embedder = open_embedder("bundled")
    shipped, old = load_shipped(), load_vectors()
    known = old.by_id if old and old.embedder == embedder.name else {}
    known_questions = old.questions if old and old.embedder == embedder.name else {}
    new = [chunk for chunk in shipped.chunks if chunk.id not in known]
    rows = embed(embedder, [chunk.text for chunk in new], lambda done: print(done, "of", len(new)))
    known = {**known, **{chunk.id: row for chunk, row in zip(new, rows, strict=True)}}
    queries = dict.fromkeys(shipped.queries)
    questions = [text for text in queries if question_id(text) not in known_questions]
    asked = embed_questions(embedder, questions) if questions else ()
    known_questions = {
        **known_questions,
        **{question_id(text): row for text, row in zip(questions, asked, strict=True)},
    }
    save_vectors(
        VECTORS,
        embedder.name,
        shipped,
        matrix([known[chunk.id] for chunk in shipped.chunks]),
        matrix([known_questions[question_id(text)] for text in shipped.queries]),
    )
    made = f"{len(new)} and {len(questions)} embedded now"
    print(f"{VECTORS}: {len(shipped.chunks)} passages, {len(queries)} questions and points, {made}")


if __name__ == "__main__":
    main()
