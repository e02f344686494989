"""The report of an eval run: nothing in it comes from data but text, and the same run gives the same bytes."""

import json
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from coach.errors import InputFileError
from eval.report import write_report
from eval.report.collect import collect
from eval.report.safe import markdown, on_one_line, visible

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=http://evil.example/x onerror=alert(1)>',
    "\u202eevil\u202c \x1b[31m \x00 \ud800 \ufffe",
    "a | b `c` **d** [e](http://evil.example) <b>f</b> http://evil.example www.evil.example",
    "$\\frac{1}{0}$ {{ 7 * 7 }} {% raw %} ]]> -->",
    "注意力分数\r\n# 标题\n\n- [ ] x",
)
MADE = datetime(2026, 1, 2, 4, 5, tzinfo=timezone(timedelta(hours=1)))
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80))


def result(
    number: int, grader: str = "keypoints", text: str = "so", **changed: Any
) -> dict[str, Any]:
    human, score = (number % 5) / 4, (number % 7) / 6
    point = {"text": text, "verdict": "covered", "probability": 0.9, "quote": text}
    place = {"document": text, "locator": {"start_line": 3, "heading": text}}
    lacking = {"text": text, "verdict": text, "probability": 0.1, "quote": None, "citation": place}
    verdict = {"key_points": [point, lacking], "feedback": text}
    row = {
        "id": f"a{number:03}",
        "question_id": f"q{number % 3}",
        "lang": "en",
        "question": text,
        "answer": text,
        "grader": grader,
        "human": human,
        "score": score,
        "confidence": score,
        "elapsed_s": 0.5 + number / 10,
        "max_score": 4,
        "step": 1,
        "verdict": verdict if grader == "keypoints" else None,
    }
    return {**row, **changed}


def row(name: str, model: str, r: float = 0.5) -> dict[str, Any]:
    group = {"n": 4, "pearson_r": r, "mean_absolute_error": 0.2, "mean_bias": 0.1}
    return {
        "name": name,
        "model": model,
        "graded": 20,
        "ungraded": 1,
        "human_length_r": 0.21,
        **group,
        "ci95": {"pearson_r": [r - 0.1, r + 0.1], "mean_bias": None},
        "by_lang": {"en": group},
        "by_question": {f"q{n}": group for n in range(3)},
    }


def report(text: str = "model", name: str = "keypoints") -> dict[str, Any]:
    return {
        "set": f"/home/someone/{text}.jsonl",
        "n": 21,
        "graders": [row(name, text)],
        "baselines": [row("overlap", "", 0.3)],
        "human": {"pearson_r": 0.6, "ci95": {}},
        "left_out": {"plain": text},
    }


def written(folder: Path, about: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[str, str]:
    write_report(folder, about, iter(rows), MADE)
    return tuple((folder / name).read_text("utf-8") for name in ("report.html", "report.md"))  # type: ignore[return-value]


def run_of(text: str, grader: str = "keypoints") -> list[dict[str, Any]]:
    ours = [result(n, text=text) | {"grader": grader} for n in range(20)]
    failed = result(20, text=text, score=None, ungraded_reason=text) | {"grader": grader}
    return [*ours, failed, *(result(n, "overlap", text) for n in range(20))]


def shape(html: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Every element with its attributes; those that may hold a text of the set without their value."""
    soup = BeautifulSoup(html, "lxml")
    assert not soup.find_all(string=lambda text: type(text).__name__ in ("Comment", "CData"))
    return [
        (
            tag.name,
            tuple((k, str(v)) for k, v in sorted(tag.attrs.items()) if k in ("class", "role")),
        )
        for tag in soup.find_all(True)
        if tag.name not in ("use", "path", "g", "defs", "clippath", "text", "tspan", "rect")
    ]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return written(tmp_path_factory.mktemp("plain"), report(), run_of("so"))


def few_plots(text: str, grader: str = "keypoints") -> list[dict[str, Any]]:
    """All texts that a report shows, and only the drawings that every grader has."""
    rows = [r for r in run_of(text, grader) if r["grader"] == grader]
    return [r | {"elapsed_s": 0, "confidence": None} for r in rows]


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return written(tmp_path_factory.mktemp("short"), report(), few_plots("so"))


@settings(max_examples=8)
@given(TEXTS.filter(str.strip))
@example(HOSTILE[0])
@example(HOSTILE[1])
@example(HOSTILE[2])
@example(HOSTILE[3])
def test_no_element_comes_from_data(
    tmp_path_factory: pytest.TempPathFactory, short: tuple[str, str], text: str
) -> None:
    html, twin = written(tmp_path_factory.mktemp("run"), report(text), few_plots(text))
    assert shape(html) == shape(short[0])
    kinds = [token.type for token in MarkdownIt("gfm-like").parse(twin)]
    assert kinds == [token.type for token in MarkdownIt("gfm-like").parse(short[1])]
    inline = [token for token in MarkdownIt("gfm-like").parse(twin) if token.type == "inline"]
    links = {child.type for token in inline for child in token.children or ()}
    assert links <= {"text", "text_special", "strong_open", "strong_close"}
    for made in (html, twin):
        assert not HIDDEN.search(made)


@settings(max_examples=3)
@given(TEXTS.filter(str.strip))
@example(HOSTILE[4])
@example(HOSTILE[0])
def test_a_grader_may_have_any_name(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("run")
    html, _ = written(folder, report(name=name), few_plots("so", name))
    tags = {tag.name for tag in BeautifulSoup(html, "lxml").find_all(True)}
    assert not tags & {"script", "img", "b", "iframe", "object", "link"}


def test_nothing_is_fetched_and_every_plot_has_a_label_and_its_numbers(
    plain: tuple[str, str],
) -> None:
    soup = BeautifulSoup(plain[0], "lxml")
    assert "default-src 'none'" in str(soup.find("meta", attrs={"http-equiv": True}))
    for tag in soup.find_all(True):
        for name in ("src", "href", "xlink:href", "data", "action"):
            assert str(tag.get(name, "#")).startswith("#")
    assert not re.search(r"url\((?!#)|@import", plain[0])
    plots = soup.find_all("svg")
    assert len(plots) == 1 + 4 + 4
    assert len({plot["aria-label"] for plot in plots}) == len(plots)
    for plot in plots:
        assert plot["role"] == "img"
        assert plot.find_parent("figure").find("details").find_all("td")
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_drawings_take_the_colours_of_the_page(plain: tuple[str, str]) -> None:
    for drawing in re.findall("<svg.*?</svg>", plain[0], re.DOTALL):
        assert etree.fromstring(drawing) is not None
        assert not re.search("(fill|stroke): #", drawing)
        assert "var(--" in drawing


def test_the_same_results_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    rows = run_of("so")
    assert written(tmp_path / "a", report(), rows) == written(tmp_path / "b", report(), rows[::-1])


def test_the_main_table_marks_the_best_and_holds_the_ceiling(plain: tuple[str, str]) -> None:
    assert "| keypoints | **0.500** ★ (0.40 to 0.60) |" in plain[1]
    assert "| overlap | 0.300 (0.20 to 0.40) |" in plain[1]
    assert "| two human markers | 0.600 |" in plain[1]
    assert "length at r = 0.21" in plain[1]
    pasted = BeautifulSoup(plain[0], "lxml").find("pre").text.split("\n")  # type: ignore[union-attr]
    assert len({line.count("\t") for line in pasted}) == 1
    assert "someone" not in plain[0] + plain[1]


def test_both_say_when_the_report_was_made(plain: tuple[str, str]) -> None:
    assert all("2026-01-02 03:05 UTC" in text.replace("\\", "") for text in plain)


def test_the_worst_ten_come_first_and_answers_are_cut(tmp_path: Path) -> None:
    html, _ = written(tmp_path, report(), run_of("word " * 400))
    misses = BeautifulSoup(html, "lxml").select("details.miss")
    marks = [re.findall(r"[\d.]+", miss.find("strong").text) for miss in misses]  # type: ignore[union-attr]
    apart = [abs(float(human) - float(score)) for human, score in marks]
    assert len(apart) == 10
    assert apart == sorted(apart, reverse=True)
    said = misses[0].find("blockquote").text  # type: ignore[union-attr]
    assert said.endswith("…")
    assert len(said) <= 601


def test_a_run_without_any_score_still_gives_a_report(tmp_path: Path) -> None:
    failed = [result(n, score=None, ungraded_reason="no model") for n in range(3)]
    html, twin = written(tmp_path, {"set": "s", "n": 3, "graders": [], "baselines": []}, failed)
    assert "<svg" not in html
    about = {"set": "s", "n": 3, "graders": [row("keypoints", "m")], "baselines": []}
    html, twin = written(tmp_path, about, failed)
    assert "3 × no model" in html
    assert "| 3 | no model |" in twin


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputFileError, match="file"):
        write_report(tmp_path / "file", report(), [], MADE)


@given(st.text())
def test_unseen_characters_are_shown(text: str) -> None:
    assert all(c.isprintable() or c in "\n\t\u00a0\u3000" or c.isspace() for c in visible(text))
    visible(text).encode("utf-8")  # No half of a surrogate pair is left.
    assert "\n" not in on_one_line(text)
    assert visible(visible(text)) == visible(text)


@given(TEXTS)
def test_markdown_shows_the_text_itself(text: str) -> None:
    shown = MarkdownIt().renderInline(f"x{markdown(text)}x")
    assert BeautifulSoup(shown, "lxml").get_text() == f"x{on_one_line(text)}x"


def test_an_answer_tried_again_counts_once() -> None:
    rows = [result(1, score=None), result(1, score=0.5), result(1, score=0.9)]
    graders, _ = collect(json.loads(json.dumps(rows)))
    assert [m.score for m in graders["keypoints"].graded] == [0.5]
    assert len(graders["keypoints"].worst) == 1
