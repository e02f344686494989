"""What is always indexed: the deck, the user's own cards in it, and the notes; shipped vectors."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coach import __version__
from coach.card import Card
from coach.deck import Deck, load_card, load_deck, own_files
from coach.document import Chunk, Locator, SourceDocument
from coach.errors import InputFileError
from coach.index.manifest import OWN, Entry
from coach.ingest import chunks
from coach.ingest.decode import shown
from coach.ingest.files import clean
from coach.language import LANGS, Lang
from coach.paths import CORPUS

if TYPE_CHECKING:
    from coach.index.vectors import Matrix

VECTORS = CORPUS / "vectors.npz"


@dataclass(frozen=True)
class Shipped:
    """Passages of the deck and the notes; the deck's questions, on which query vectors are centred; its key points."""

    chunks: tuple[Chunk, ...]
    questions: tuple[tuple[Lang, str], ...]
    points: tuple[str, ...] = ()

    @property
    def queries(self) -> list[str]:
        """What is embedded as queries are: the questions, then the key points."""
        return [*(text for _, text in self.questions), *self.points]


@dataclass(frozen=True)
class ShippedVectors:
    """Vectors as the embedder named gives them, before centring; `questions` has the key points' too."""

    embedder: str
    by_id: "dict[str, Matrix]"
    questions: "dict[str, Matrix]"


class ShippedCorpus:
    """The corpus in a folder and the user's own cards in another, read only when they are needed."""

    def __init__(self, folder: Path = CORPUS, own: Path | None = None) -> None:
        self.folder = folder
        self.own = own

    def digest(self) -> str:
        """Changes with any card or note, and with the program's version."""
        digest = hashlib.sha256(__version__.encode())
        for path in (
            *sorted(self.folder.glob("cards/*/*.toml")),
            *sorted(self.folder.glob("notes/*.md")),
        ):
            digest.update(path.relative_to(self.folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        for path in own_files(self.own):
            # A card that cannot be read is not in the deck either.
            with suppress(OSError):
                digest.update(f"{path}\0".encode(errors="surrogateescape"))
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def load(self) -> Shipped:
        """Passages of the deck and the notes."""
        return load_shipped(self.folder, self.own)

    def place(self, entry: Entry) -> str:
        """The file of an own card; nothing for what is shipped."""
        if entry.shipped or self.own is None:
            return ""
        return str(self.own / entry.name.removeprefix(OWN))

    def vectors(self) -> ShippedVectors | None:
        """The vectors that come with it, where there are any."""
        return load_vectors(self.folder / "vectors.npz")


def load_shipped(corpus: Path = CORPUS, own: Path | None = None) -> Shipped:
    """Reads the deck, the user's own cards in it, and the notes."""
    deck = load_deck(corpus / "cards")
    passages = [*_card_chunks(deck, corpus), *_note_chunks(corpus), *_own_chunks(corpus, own)]
    questions = tuple((lang, card.question[lang]) for card in deck for lang in LANGS)
    points = tuple(p.text[lang] for card in deck for p in card.key_points for lang in LANGS)
    return Shipped(tuple({chunk.id: chunk for chunk in passages}.values()), questions, points)


def load_vectors(file: Path = VECTORS) -> ShippedVectors | None:
    """The vectors that come with the corpus; None where the file is absent or unreadable."""
    import zipfile

    import numpy as np

    try:
        with np.load(file, allow_pickle=False) as table:
            vectors = table["vectors"].astype(np.float32)
            questions = table["question_vectors"].astype(np.float32)
            ids, keys = table["ids"].tolist(), table["question_ids"].tolist()
            name = str(table["embedder"])
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    return ShippedVectors(
        name, dict(zip(ids, vectors, strict=True)), dict(zip(keys, questions, strict=True))
    )


def looking_up(
    embed: Callable[[Sequence[str]], Sequence[Sequence[float]]], embedder: str
) -> Callable[[Sequence[str]], Sequence[Sequence[float]]]:
    """`embed` for queries, but those whose vectors by this embedder come with the corpus are looked up."""
    stored = load_vectors()
    known = stored.questions if stored is not None and stored.embedder == embedder else {}

    def vectors(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        keys = [question_id(text) for text in texts]
        fresh = iter(embed([t for t, key in zip(texts, keys, strict=True) if key not in known]))
        return [known[key].tolist() if key in known else next(fresh) for key in keys]

    return vectors


def save_vectors(
    file: Path, embedder: str, shipped: Shipped, vectors: "Matrix", queries: "Matrix"
) -> None:
    """Writes the file `load_vectors` reads, in half precision; rows as in `chunks` and `queries`."""
    import numpy as np

    np.savez_compressed(
        file,
        embedder=np.array(embedder),
        ids=np.array([chunk.id for chunk in shipped.chunks]),
        vectors=vectors.astype(np.float16),
        question_ids=np.array([question_id(text) for text in shipped.queries]),
        question_vectors=queries.astype(np.float16),
    )


def question_id(text: str) -> str:
    """Short hash by which the vector of a question or a key point is found."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def card_document(card: Card) -> str:
    """Name under which a card stands in the index."""
    return f"cards/{card.topic}/{card.id}.toml"


def _card_chunks(deck: Deck, corpus: Path) -> list[Chunk]:
    found: list[Chunk] = []
    for card in deck:
        name = card_document(card)
        lines = (corpus / name).read_text(encoding="utf-8").split("\n")
        found.extend(_card_chunk(card, name, lang, lines) for lang in LANGS)
    return found


def _own_chunks(corpus: Path, folder: Path | None) -> list[Chunk]:
    """Passages of the own cards that are in the deck; where two have one id, of the first."""
    if folder is None:
        return []
    in_deck = set(load_deck(corpus / "cards", own=folder).own)
    found: list[Chunk] = []
    for path in own_files(folder):
        with suppress(InputFileError, OSError):
            card = load_card(path)
            if card.id in in_deck:
                in_deck.remove(card.id)
                name = f"{OWN}{shown(path.relative_to(folder))}"
                lines = path.read_text(encoding="utf-8").split("\n")
                found.extend(_card_chunk(card, name, lang, lines) for lang in LANGS)
    return found


def _card_chunk(card: Card, document: str, lang: Lang, lines: Sequence[str]) -> Chunk:
    question, reference = card.question[lang], card.reference[lang]
    last = reference.split("\n")[-1]
    start = _line_with(lines, question[:20], 1)
    end = _line_with(lines, last, start)
    place = Locator(start, max(start, end), question)
    return Chunk(document, place, lang, f"{question}\n{reference}", "card")


def _line_with(lines: Sequence[str], text: str, default: int) -> int:
    # Text with escapes stands differently in the file; then the place is only near.
    return next((number for number, line in enumerate(lines, 1) if text in line), default)


def _note_chunks(corpus: Path) -> list[Chunk]:
    found: list[Chunk] = []
    for path in sorted((corpus / "notes").glob("*.md")):
        text = clean(path.read_text(encoding="utf-8"))
        found.extend(chunks(SourceDocument(path, f"notes/{path.name}", text)))
    return found
