"""Makes the passages of a document: a question with its answer, or a section, in pieces of a size."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from coach.document import Chunk, ChunkKind, Locator, Pair, SourceDocument, SourceLine
from coach.ingest.formats import label_at
from coach.ingest.lines import Line, lines_of, plain
from coach.ingest.questions import Start, asks, find_starts, label_free
from coach.language import detect

# At most the 512 tokens the bundled embedder reads at once, code included; a wide character counts as three.
MAX_UNITS = 1300
_WIDE = re.compile(r"[\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]+")
_ADDRESS = re.compile(r"https?://\S+")
_WORDS = re.compile(r"[^\W\d_]")
# A blank line inside a function is a worse joint than one between two.
_SEPARATORS = [
    r"\n\n(?=\S)", r"\n\n", r"\n", "。", "；", r"\. ", "; ", "，", ", ", " ", "",
]  # fmt: skip


@dataclass(frozen=True)
class _Item:
    """What is not to be torn apart: a heading or question and the lines below it."""

    heading: str
    number: int
    body: tuple[Line, ...]
    kind: ChunkKind
    level: int = 0


def chunks(document: SourceDocument) -> list[Chunk]:
    """All passages of a document, in order; the same passage is not repeated."""
    found: dict[str, Chunk] = {}
    for section in _merged(_sections(lines_of(document.text), document.name)):
        for item in _items(section):
            for chunk in _pieces(item, document):
                found.setdefault(chunk.id, chunk)
    return list(found.values())


def pairs(document: SourceDocument) -> list[Pair]:
    """Every question of a document with its answer whole; a question nobody answers has no lines."""
    return [
        Pair(document.name, item.number, item.heading, _source_lines(item.body))
        for section in _merged(_sections(lines_of(document.text), document.name))
        for item in _items(section)
        if item.kind == "qa"
    ]


def _source_lines(body: Sequence[Line]) -> tuple[SourceLine, ...]:
    kept = [line for line in body if not line.blank]
    if not _has_words(kept):
        return ()
    margin = min(line.indent for line in kept)
    return tuple(SourceLine(line.number, _tidy(line, margin)) for line in kept)


def units(text: str) -> int:
    """Length of a text in the measure of `MAX_UNITS`."""
    if text.isascii():
        return len(text)
    return 3 * len(text) - 2 * len(_WIDE.sub("", text))


def _sections(lines: Sequence[Line], name: str) -> list[_Item]:
    """The text up to the first heading, then one item for each heading with the text below it."""
    starts = [index for index, line in enumerate(lines) if line.level]
    before = tuple(lines[: starts[0] if starts else len(lines)])
    sections = [_Item("", _first_number(before), before, "section")]
    for start, end in zip(starts, [*starts, len(lines)][1:], strict=True):
        line = lines[start]
        heading = label_free(plain(line.text))[:400]
        kind: ChunkKind = "qa" if asks(heading) else "section"
        body = tuple(lines[start + 1 : end])
        sections.append(_Item(heading or PurePath(name).stem, line.number, body, kind, line.level))
    return sections


def _merged(sections: Sequence[_Item]) -> list[_Item]:
    """Gives a question the sub-headings below it: they are parts of its answer."""
    topics = _topics(sections)
    merged: list[_Item] = []
    for section in sections:
        above = merged[-1] if merged else None
        inside = above is not None and above.kind == "qa" and 0 < above.level < section.level
        if above is None or not inside or section.kind == "qa":
            merged.append(section)
        elif above.number not in topics:
            title = Line(section.number, section.heading)
            merged[-1] = replace(above, body=(*above.body, title, *section.body))
        else:
            # A topic without words of its own asks nothing that could be answered.
            topic = above if _has_words(above.body) else replace(above, kind="section")
            merged[-1:] = [topic, section]
    return merged


def _topics(sections: Sequence[_Item]) -> set[int]:
    """Lines of headings whose sub-headings are no answer, even where they read like questions.

    These are the title of a document that is longer than a passage, and a heading most of whose equals ask nothing.
    """
    headed = [section for section in sections if section.level]
    levels = Counter(section.level for section in headed)
    asking = Counter(section.level for section in headed if section.kind == "qa")
    topics = {s.number for s in headed if 2 * asking[s.level] < levels[s.level]}
    long = sum(units(line.text) for s in sections for line in s.body) > MAX_UNITS
    titles = headed[:1] if long else []
    return topics | {title.number for title in titles if levels[title.level] == 1}


def _items(section: _Item) -> Iterator[_Item]:
    """The questions of a section; a section that is no list of questions is one item."""
    starts = [] if section.kind == "qa" else find_starts(section.body)
    if not starts:
        if section.kind == "qa" or _has_words(section.body):
            yield section
        return
    before = section.body[: starts[0].index]
    if _has_words(before):
        yield replace(section, body=before)
    ends = [*(start.index for start in starts[1:]), len(section.body)]
    for start, end in zip(starts, ends, strict=True):
        yield _question(section.body, start, end)


def _question(lines: Sequence[Line], start: Start, end: int) -> _Item:
    number = lines[start.index].number
    rest = (Line(number, start.rest),) if start.rest else ()
    return _Item(start.question, number, (*rest, *lines[start.index + 1 : end]), "qa")


def _pieces(item: _Item, document: SourceDocument) -> Iterator[Chunk]:
    text, numbers = _joined(item.body)
    start_line = item.number if item.heading else (numbers[0] if numbers else item.number)
    heading = item.heading or _first_sentence(text)
    prefix = f"{item.heading}\n" if item.heading else ""
    label = label_at(document.marks, start_line)
    part = f" ({label})" if label else ""
    for offset, piece in _split(text, MAX_UNITS - units(prefix)):
        end_line = numbers[text.count("\n", 0, offset + len(piece))] if piece else start_line
        whole = f"{prefix}{piece}".strip("\n")
        place = Locator(start_line, max(end_line, start_line), f"{heading}{part}".strip())
        yield Chunk(document.name, place, detect(_ADDRESS.sub("", whole)), whole, item.kind)


def _joined(body: Sequence[Line]) -> tuple[str, list[int]]:
    """The lines as one text without needless blank lines and indentation, and each line's number."""
    kept: list[Line] = []
    for line in body:
        if not line.blank or (kept and not kept[-1].blank):
            kept.append(line)
    while kept and kept[-1].blank:
        kept.pop()
    margin = min((line.indent for line in kept if not line.blank), default=0)
    texts = [_tidy(line, margin) for line in kept]
    return "\n".join(texts), [line.number for line in kept]


def _tidy(line: Line, margin: int) -> str:
    if line.blank:
        return ""
    text = line.text.expandtabs(4)[margin:] if margin else line.text
    return text if line.code else plain(text)


def _split(text: str, size: int) -> list[tuple[int, str]]:
    """Pieces of at most `size` units with their offsets, cut at the largest joint that fits."""
    if units(text) <= size:
        return [(0, text)]
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=_SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
        chunk_size=max(size, MAX_UNITS // 4),
        chunk_overlap=0,
        length_function=units,
        strip_whitespace=False,
    )
    pieces: list[tuple[int, str]] = []
    offset = 0
    for piece in splitter.split_text(text):
        begin = text.index(piece, offset)
        offset = begin + len(piece)
        trimmed = piece.strip("\n")
        if trimmed.strip():
            pieces.append((begin + piece.index(trimmed[0]), trimmed))
    return pieces


def _first_number(lines: Sequence[Line]) -> int:
    return next((line.number for line in lines if not line.blank), 1)


def _first_sentence(text: str) -> str:
    first = text.strip().split("\n", 1)[0].strip()
    return first if len(first) <= 80 else first[:79] + "…"


def _has_words(lines: Sequence[Line]) -> bool:
    return any(_WORDS.search(line.text) for line in lines)
