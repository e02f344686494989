"""Eval sets are checked line by line, and parts of them are drawn alike however they are ordered."""

import json
import math
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import InputFileError
from eval.datasets import Sample, part, read_set
from eval.rows import digest_of

ROW = {
    "id": "a",
    "question_id": "q",
    "lang": "en",
    "question": "Why?",
    "reference": "Because.",
    "answer": "so",
    "score": 1,
    "max_score": 2,
}
SAMPLE = Sample("a", "q", "en", "Why?", ("Because.",), (), "so", 1.0, 2.0)


def write(folder: Path, *rows: object) -> Path:
    file = folder / "set.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return file


def test_a_sound_line_becomes_a_sample(tmp_path: Path) -> None:
    row = {**ROW, "feedback": "kept", "id": 7, "step": 0.5, "score_1": 0, "score_2": 2}
    (sample,) = read_set(write(tmp_path, row))
    marks = {"step": 0.5, "score_1": 0.0, "score_2": 2.0}
    assert sample == replace(SAMPLE, id="7", extra={"feedback": "kept"}, **marks)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"score": 3}, "score"),
        ({"score": "1"}, "score"),
        ({"max_score": 0}, "max_score"),
        ({"lang": "fr"}, "lang"),
        ({"answer": None}, "answer"),
        ({"reference": 3}, "reference"),
        ({"question_id": ""}, "question_id"),
        ({"question": " "}, "question"),
        ({"reference": [" "]}, "reference"),
        ({"reference": []}, "reference"),
        ({"score": -0.5}, "score"),
        ({"score": True}, "score"),
        ({"score": 10**400}, "score"),
        ({"score": math.nan}, "score"),
        ({"max_score": math.inf}, "max_score"),
        ({"score_1": 2.5}, "score_1"),
        ({"score_2": "1"}, "score_2"),
        ({"step": 0}, "step"),
        ({"step": 3}, "step"),
        ({"key_points": 1}, "key_points"),
    ],
)
def test_a_faulty_line_is_named_with_its_field(
    tmp_path: Path, change: dict[str, object], field: str
) -> None:
    file = write(tmp_path, ROW, {**ROW, "id": "b", **change})
    with pytest.raises(InputFileError, match=f"line 2: {field}"):
        list(read_set(file))


def test_ids_must_differ_and_files_must_exist(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="line 2: id 'a' occurs twice"):
        list(read_set(write(tmp_path, ROW, ROW)))
    with pytest.raises(InputFileError, match="nowhere"):
        list(read_set(tmp_path / "nowhere.jsonl"))


def test_what_is_no_set_is_told_with_its_line(tmp_path: Path) -> None:
    good = json.dumps(ROW).encode()
    for broken, told in [
        (b'{"id": "b"', "line 2: "),
        (b"[1]", "line 2: no JSON object"),
        (b"[" * 100_000, "line 2: "),
        (good.replace(b"so", b"s\xe9"), "line 2, byte .*: no UTF-8"),
    ]:
        file = tmp_path / "set.jsonl"
        file.write_bytes(good + b"\n" + broken + b"\n")
        with pytest.raises(InputFileError, match=told) as caught:
            list(read_set(file))
        assert caught.value.line == 2


def test_marks_of_order_line_ends_and_empty_or_huge_answers_are_no_fault(tmp_path: Path) -> None:
    rows = [ROW, {**ROW, "id": "b", "answer": ""}, {**ROW, "id": "c", "answer": "x" * 1_000_000}]
    text = "\r\n".join(json.dumps(row) for row in rows)
    file = tmp_path / "set.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\r\n\r\n")
    assert [len(sample.answer) for sample in read_set(file)] == [2, 0, 1_000_000]


@given(st.permutations(range(40)), st.integers(1, 45), st.integers(0, 3))
def test_a_part_depends_on_the_seed_and_not_on_the_order(
    order: list[int], limit: int, seed: int
) -> None:
    drawn = part(order, limit, seed, str)
    assert drawn == part(range(40), limit, seed, str)
    assert len(set(drawn)) == min(limit, 40)
    assert set(part(order, limit - 1, seed, str)) <= set(drawn)


def test_another_seed_draws_another_part() -> None:
    assert part(range(1000), 10, 0, str) != part(range(1000), 10, 1, str)


def test_a_part_of_an_endless_file_takes_no_more_memory_than_the_part() -> None:
    alive = weakref.WeakSet[Item]()
    most = 0

    def items() -> Iterator[Item]:
        nonlocal most
        for number in range(5000):
            item = Item(str(number))
            alive.add(item)
            most = max(most, len(alive))
            yield item

    assert len(part(items(), 20, 0, lambda item: item.name)) == 20
    assert most < 60


@given(st.text(min_size=1))
def test_any_text_has_a_digest_also_one_that_is_no_unicode(text: str) -> None:
    assert len(digest_of(text)) == len(digest_of(text + "\ud800")) == 8
    assert digest_of(text) != digest_of(text + "\ud800")


class Item:
    """Something that can be counted while it lives."""

    def __init__(self, name: str) -> None:
        self.name = name
