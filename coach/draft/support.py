"""Ties a key point to the lines of the notes it came from; a model's word for it is not enough."""

import re
import unicodedata
from collections.abc import Sequence

from coach.document import SourceLine
from coach.grade.clauses import recall, tokens

# A few letters are found everywhere; a Chinese character says as much as three letters.
MIN_LETTERS = 10
# A true quote under a claim of the model's own making is no support: at least this share of the
# claim's words must stand in the lines quoted or in the question.
MIN_SHARED = 0.5
_HAN = re.compile(r"[\u3400-\u9fff]")
# Blanks, quotation marks and the marks of bold and code come and go when a text is copied.
_LOOSE = re.compile(r"[\s\"'`*_“”‘’「」『』…]+")
_EDGES = ".,;:!?。,、()[]-–•"


def lines_for(
    question: str, point: str, quote: str, lines: Sequence[SourceLine]
) -> tuple[int, ...]:
    """Numbers of the lines that hold the quote (or else the point itself); none: unsupported."""
    found = find(quote, lines)
    said = [question, *(line.text for line in lines if line.number in found)]
    if found and recall(tokens(point), tokens("\n".join(said))) >= MIN_SHARED:
        return found
    return find(point, lines)


def find(quote: str, lines: Sequence[SourceLine]) -> tuple[int, ...]:
    """Numbers of the lines a quote stands in, whatever its blanks, capitals and quotation marks."""
    wanted = _bare(quote).strip(_EDGES)
    if len(wanted) + 2 * len(_HAN.findall(wanted)) < MIN_LETTERS:
        return ()
    bare = [_bare(line.text) for line in lines]
    start = "".join(bare).find(wanted)
    if start < 0:
        return ()
    end, offset, numbers = start + len(wanted), 0, []
    for line, text in zip(lines, bare, strict=True):
        if text and offset < end and offset + len(text) > start:
            numbers.append(line.number)
        offset += len(text)
    return tuple(dict.fromkeys(numbers))


def _bare(text: str) -> str:
    return _LOOSE.sub("", unicodedata.normalize("NFKC", text).casefold())
