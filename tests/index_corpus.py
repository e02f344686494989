"""What index tests share: a small corpus, and embedders that count or refuse."""

from pathlib import Path

from coach.embeddings.hashing import HashingEmbeddings
from coach.index import Index, Server
from coach.index.shipped import ShippedCorpus, load_shipped, question_id, save_vectors
from coach.index.vectors import matrix

CARD = """
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


class CountingEmbedder(HashingEmbeddings):
    """Remembers every passage it was given."""

    def __init__(self, dimensions: int = 64) -> None:
        super().__init__(dimensions)
        self.seen: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.seen.extend(texts)
        return super().embed_documents(texts)


class RefusingEmbedder(HashingEmbeddings):
    """Has a name and embeds nothing."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise AssertionError(f"{len(texts)} passages were to be embedded")

    def embed_query(self, text: str) -> list[float]:
        raise AssertionError("a query was to be embedded")


def small_corpus(folder: Path) -> ShippedCorpus:
    """A corpus of one card and two notes."""
    (folder / "cards" / "optimization").mkdir(parents=True)
    (folder / "cards" / "optimization" / "adam.toml").write_text(CARD, encoding="utf-8")
    (folder / "notes").mkdir()
    (folder / "notes" / "cnn.en.md").write_text("# CNN\n\n## Pooling\nIt shrinks maps.\n")
    (folder / "notes" / "cnn.zh.md").write_text(
        "# 卷积\n\n## 池化\n它缩小特征图。\n", encoding="utf-8"
    )
    return ShippedCorpus(folder)


def ship_vectors(corpus: ShippedCorpus, embedder: HashingEmbeddings) -> None:
    """Writes the vectors file of a small corpus."""
    shipped = load_shipped(corpus.folder)
    vectors = matrix([embedder.embed_query(chunk.text) for chunk in shipped.chunks])
    questions = matrix([embedder.embed_query(text) for _, text in shipped.questions])
    assert {question_id(text) for _, text in shipped.questions}
    save_vectors(corpus.folder / "vectors.npz", embedder.name, shipped, vectors, questions)


def small_index(
    folder: Path, embedder: HashingEmbeddings | None = None, server: Server | None = None
) -> Index:
    """An index over the small corpus, made below `folder`."""
    corpus = ShippedCorpus(folder / "corpus")
    if not corpus.folder.exists():
        corpus = small_corpus(corpus.folder)
    return Index(folder / "index", embedder or HashingEmbeddings(64), server=server, corpus=corpus)
