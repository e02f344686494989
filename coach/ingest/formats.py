"""Formats that are more than text: told by what is in a file, each read by a module of its own."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from coach.errors import CoachError, InputFileError
from coach.ingest.decode import clean

# More text than this is no document; files that unpack themselves could hold any amount.
MAX_CHARACTERS = 20 * 1024 * 1024

DOCUMENTS = {
    ".md", ".markdown", ".mdx", ".txt", ".text", ".rst", ".org", ".tex", ".adoc", ".html", ".htm", ".xhtml",
    ".docx", ".pdf", ".ipynb",
}  # fmt: skip
"""Endings of files that are meant to be read: each that cannot be is a problem of its own."""

MEDIA = {
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".ico", ".tif", ".tiff", ".heic", ".avif", ".psd",
    ".mp3", ".wav", ".flac", ".ogg", ".m4a", ".mp4", ".mkv", ".mov", ".avi", ".webm",
    ".zip", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".whl", ".jar", ".iso",
    ".so", ".o", ".a", ".dll", ".exe", ".dylib", ".pyc", ".class", ".wasm",
    ".npy", ".npz", ".pt", ".pth", ".ckpt", ".onnx", ".safetensors", ".gguf", ".h5", ".pkl", ".parquet", ".sqlite",
    ".woff", ".woff2", ".ttf", ".otf", ".eot",
}  # fmt: skip
"""Endings of files that hold no text and need not be opened."""


@dataclass(frozen=True)
class Extract:
    """The text of a file, and the first line of each part that has a name (a page, a cell)."""

    text: str
    marks: tuple[tuple[int, str], ...] = ()


def extract(data: bytes, name: str, suffix: str) -> Extract | None:
    """The text of a PDF, a Word document or a notebook; None where the file is none of these."""
    kind = _kind(data, suffix)
    if kind is None:
        return None
    try:
        return _joined(_parts(kind, data, name), name)
    except (CoachError, MemoryError):
        raise
    # The libraries raise whatever the file drives them into.
    except Exception as error:
        reason = " ".join(str(error).split())[:160] or type(error).__name__
        raise InputFileError(
            f"{name}: this {kind} is broken: {reason}.", "Open it in its program and save it anew."
        ) from error


def _kind(data: bytes, suffix: str) -> str | None:
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "PDF"
    if data.startswith(b"PK\x03\x04"):
        return "Word document"
    return "notebook" if suffix.lower() == ".ipynb" else None


def _parts(kind: str, data: bytes, name: str) -> list[tuple[str, str]]:
    if kind == "PDF":
        from coach.ingest.pdf import pages

        return pages(data, name)
    if kind == "notebook":
        from coach.ingest.notebook import cells

        return cells(data, name)
    from coach.ingest.docx import paragraphs

    return [("", paragraphs(data, name))]


def _joined(parts: Iterable[tuple[str, str]], name: str) -> Extract:
    texts, marks, size = [], [], 0
    line = 1
    for label, text in parts:
        piece = clean(text)
        size += len(piece)
        if size > MAX_CHARACTERS:
            raise InputFileError(
                f"{name}: there are more than {MAX_CHARACTERS // 1024**2} million characters in it.",
                "Split it into smaller files.",
            )
        if label:
            marks.append((line, label))
        texts.append(piece)
        line += piece.count("\n") + 1
    return Extract("\n".join(texts), tuple(marks))


def label_at(marks: tuple[tuple[int, str], ...], line: int) -> str:
    """The part of the file a line belongs to."""
    above = itertools.takewhile(lambda mark: mark[0] <= line, marks)
    return next(iter([label for _, label in above][-1:]), "")
