"""Any text at all can be read: no crash, every passage lies in its document, nothing is cut from its question."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.document import SourceDocument
from coach.ingest import chunks
from coach.ingest.files import clean
from coach.ingest.passages import MAX_UNITS, units

PIECES = [
    "# Why?", "## 1. a", "###2.b", "1. c?", "2、什么？", "• x", "- y?", "  - z", "Q: a", "A: b", "答：c", "<b>1. q</b>",
    "<p>", "</p>", "<br>", "<script>", "</script>", "<!--", "-->", "```", "---", "{:toc}", "[a](#a)", "![i](j)", "",
    "**b**", "x = 1", "def f(x):", "<", "&amp;", "&#0;", "$a<b$", "| a | b |", "> q", "（1）", "\t", "长" * 700,
    "word " * 400,
]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=40))
def test_any_document_is_read(lines: list[str]) -> None:
    text = clean("\n".join(lines))
    count = text.count("\n") + 1
    for chunk in chunks(SourceDocument(Path("x"), "x", text)):
        place = chunk.locator
        assert 1 <= place.start_line <= place.end_line <= count
        assert chunk.text.strip()
        assert units(chunk.text) <= MAX_UNITS + 800
        if chunk.kind == "qa":
            assert chunk.text.startswith(place.heading)


@pytest.mark.parametrize(
    "text",
    [
        "1. why?\n" * 20_000,
        "- what?\n" * 20_000,
        "[" * 50_000,
        "**" * 50_000,
        "<b" * 50_000,
        "`" * 20_001,
        "[a](" * 20_000,
        "<!--" * 20_000,
        "# h\n" * 20_000,
        "a" * 300_000,
        "{% " * 20_000,
        " " * 200_000 + "x",
        "> " * 5_000 + "x",
        "- " * 5_000 + "x",
    ],
    ids=lambda text: text[:5],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.monotonic()
    chunks(SourceDocument(Path("x"), "x", text))
    assert time.monotonic() - began < 15
