"""Every question of the five source documents is a passage that starts where the document asks it."""

import os
import re
from pathlib import Path

import pytest

from coach.document import Chunk
from coach.ingest import chunks, find, read

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "ingest-coverage.md"

# Lines on which the documents ask something, by the beginning of the document's name.
ASKED = {
    "000": (1, 6, 9, 18, 20, 23, 26, 34, 39, 43, 51, 60, 72, 96),
    "001": (3, 7, 11, 22, 47, 55, 67, 69, 78, 94, 107, 115, 118, 125, 129),
    "002": (
        *(59, 62, 66, 73, 77, 80, 83, 86, 90, 93, 96, 99, 102),
        *(105, 108, 111, 114, 117, 120, 123, 126, 129, 132, 135, 138),
    ),
    "003": (25, 29, 42, 50, 55, 65, 69, 75, 79, 94, 99, 112, 116, 120),
    "004": (
        *(1, 5, 8, 14, 17, 20, 26, 32, 36, 40, 43, 47, 53),
        *(60, 63, 68, 80, 84, 88, 92, 95, 96, 97),
    ),
}
# Asked inside another question's answer: covered by its passages instead of starting one.
INSIDE = {("000", 72)}
# The last line of each answer's words: the passages of a question must reach it.
ENDS = {("000", 1): 5, ("000", 60): 88, ("000", 96): 171, ("001", 22): 39, ("001", 94): 96, ("002", 138): 142,
        ("003", 29): 39, ("003", 99): 109, ("004", 20): 24, ("004", 68): 78, ("004", 97): 99}  # fmt: skip
FURNITURE = re.compile(
    r"</?\w+[^>]*>|MathJax|border-collapse|\{:toc\}|!\[|layout: post|\]\(#|•|\*\*"
)


@pytest.fixture(scope="module")
def found(sources: Path) -> dict[str, list[Chunk]]:
    files, problems = find([sources])
    assert problems == []
    return {item.name: chunks(read(item)) for item in files}


def test_every_question_is_the_start_of_a_passage(found: dict[str, list[Chunk]]) -> None:
    for name, passages in found.items():
        starts = {passage.locator.start_line for passage in passages}
        for line in ASKED[name[:3]]:
            if (name[:3], line) in INSIDE:
                assert any(p.locator.start_line <= line <= p.locator.end_line for p in passages)
            else:
                assert line in starts, f"{name}: line {line}"


def test_the_lines_here_are_those_of_the_inventory(sources: Path) -> None:
    inventory = sources.parent / "inventory.md"
    if not inventory.exists():
        pytest.skip(f"there is no {inventory}")
    rows = re.findall(
        r"^\| (\d{3})\S* \| (\d+)", inventory.read_text(encoding="utf-8"), re.MULTILINE
    )
    asked = {(name, line) for name, lines in ASKED.items() for line in lines}
    assert {(name, int(line)) for name, line in rows} == asked


def test_no_answer_is_cut_off(found: dict[str, list[Chunk]]) -> None:
    for (document, start), end in ENDS.items():
        passages = next(p for name, p in found.items() if name.startswith(document))
        mine = [p for p in passages if p.locator.start_line == start]
        assert max(p.locator.end_line for p in mine) == end, f"{document}: line {start}"
        assert all(p.text.startswith(p.locator.heading) for p in mine)


def test_no_line_of_text_is_lost(found: dict[str, list[Chunk]], sources: Path) -> None:
    """Every line with words, tags and furniture apart, stands in a passage that covers it."""
    for name, passages in found.items():
        text = "\n".join(passage.text for passage in passages)
        first = ASKED[name[:3]][0]
        lines = (sources / name).read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines[first - 1 :], start=first):
            words = re.findall(
                r"[A-Za-z]{6,}|[\u4e00-\u9fff]{4,}", re.sub(r"<[^>]*>|\]\([^)]*\)", "", line)
            )
            if name.startswith("003") and number < 25:
                continue
            for word in words if "![" not in line and "src=" not in line else ():
                assert word in text, f"{name}:{number}: {word}"


def test_furniture_is_left_out(found: dict[str, list[Chunk]]) -> None:
    for name, passages in found.items():
        for passage in passages:
            assert not FURNITURE.search(passage.text), f"{name}:{passage.locator.start_line}"


def test_each_document_has_its_language(found: dict[str, list[Chunk]]) -> None:
    for name, expected in {"000": "en", "001": "zh", "003": "en", "004": "zh"}.items():
        passages = next(p for full, p in found.items() if full.startswith(name))
        assert {passage.lang for passage in passages} == {expected}
    mixed = next(p for full, p in found.items() if full.startswith("002"))
    assert {p.locator.start_line for p in mixed if p.lang == "zh"} == {73, 114}


def test_the_table_in_the_documentation_is_current(found: dict[str, list[Chunk]]) -> None:
    """`COACH_WRITE_DOCS=1` writes it anew."""
    table = coverage_table(found)
    if os.environ.get("COACH_WRITE_DOCS"):
        TABLE.write_text(table, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == table


def coverage_table(found: dict[str, list[Chunk]]) -> str:
    """One row for each question: document, lines, kind, language, number of passages; no sentences."""
    rows = []
    for name, passages in sorted(found.items()):
        for start in sorted({passage.locator.start_line for passage in passages}):
            mine = [p for p in passages if p.locator.start_line == start]
            last = max(p.locator.end_line for p in mine)
            rows.append(
                f"| {name} | {start}–{last} | {mine[0].kind} | {mine[0].lang} | {len(mine)} |"
            )
    total = sum(map(len, found.values()))
    head = [
        "# What ingesting the five source documents yields",
        "",
        "Made by `tests/corpus/test_source_coverage.py` (`COACH_WRITE_DOCS=1` writes it anew).",
        "Lines run from the question to the last line of its answer; `qa` is a question with its",
        "answer, `section` the text under a heading that asks nothing. An answer too long for one",
        "passage gives several, and each repeats the question.",
        "",
        f"{len(found)} documents, {len(rows)} questions and sections, {total} passages.",
        "",
        "| document | lines | kind | language | passages |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"
