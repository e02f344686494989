"""A passage as it is painted: where it stands, its heading, its text, the quoted words marked."""

from textual.content import Content

from coach.document import Passage
from tui.plain import shown
from tui.text import Words


def place(passage: Passage, words: Words) -> str:
    """Document and lines of a passage."""
    locator = passage.chunk.locator
    lines = words("passage.lines", start=locator.start_line, end=locator.end_line)
    return f"{shown(passage.chunk.document)} · {lines}"


def passage_content(passage: Passage, words: Words, quote: str = "") -> Content:
    """Heading, place and text of a passage."""
    return Content("").join(passage_parts(passage, words, quote))


def passage_parts(passage: Passage, words: Words, quote: str = "") -> tuple[Content, Content]:
    """The same in two: what stands above the line with the quote, and the rest."""
    text = shown(passage.chunk.text)
    start = text.find(shown(quote)) if quote else -1
    body = Content(text)
    if start >= 0:
        body = body.stylize("underline $text-success", start, start + len(quote))
    heading = shown(passage.chunk.locator.heading)
    # A question heads its own passage: the heading is not said twice.
    head = (
        Content("")
        if text.lstrip("#* ").startswith(heading)
        else Content.assemble((heading, "bold"), "\n")
    )
    line = text.rfind("\n", 0, max(start, 0)) + 1
    above = Content.assemble(
        head, (place(passage, words), "$foreground-muted"), "\n\n", body[:line]
    )
    return above, body[line:]
