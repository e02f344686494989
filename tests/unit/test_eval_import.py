"""`coach eval import`: public formats become eval sets, and what is wrong is told with line and field."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from eval.cli import app
from eval.datasets import read_set
from eval.importers import Mapped, read_marked

SAF = """<?xml version="1.0" encoding="UTF-8"?>
<question>
  <questionText>What is a frame?</questionText>
  <referenceAnswers>
    <referenceAnswer>A unit of the data link layer.</referenceAnswer>
    <referenceAnswer>What a link layer sends.</referenceAnswer>
  </referenceAnswers>
  <studentAnswers>
    <studentAnswer id="7">
      <response>A link layer unit <!-- sic --> &amp; more.</response>
      <score>0.5</score>
      <response_feedback>Say what it holds.</response_feedback>
      <verification_feedback>Partially correct</verification_feedback>
    </studentAnswer>
    <studentAnswer>
      <response/>
      <score>0</score>
    </studentAnswer>
  </studentAnswers>
</question>
"""


def imported(folder: Path, name: str, text: str | bytes, *options: str) -> tuple[int, Any, Path]:
    source, made = folder / name, folder / "made.jsonl"
    source.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    command = ["import", str(source), str(made), *options, "--json"]
    result = CliRunner().invoke(app, command)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, json.loads(result.stdout), made


def test_columns_go_by_their_usual_names(tmp_path: Path) -> None:
    text = (
        "\ufeffid,question,desired_answer,student_answer,score_me,score_other,score_avg,note\r\n"
        '1.1,"Why, then?",Because.,"It is\r\nso",4,5,4.5,mine\r\n'
        "1.2,Why not?,Since.,,0,1,0.5,\r\n"
    )
    code, value, made = imported(tmp_path, "a.csv", text, "--max-score", "5")
    assert (code, value) == (0, {"set": str(made), "n": 2})
    first, second = read_set(made)
    assert (first.id, first.question_id, first.question) == ("1.1", "q1", "Why, then?")
    assert (first.answer, first.references) == ("It is\r\nso", ("Because.",))
    assert (first.score, first.score_1, first.score_2, first.max_score) == (4.5, 4.0, 5.0, 5.0)
    assert (first.lang, first.extra["note"]) == ("en", "mine")
    assert (second.question_id, second.answer) == ("q2", "")


def test_columns_can_be_named_and_two_marks_give_their_mean(tmp_path: Path) -> None:
    text = "text\tme\tother\tanswer\n答案是梯度\t2\t4\tnot this\n"
    options = ["--column", "answer=text", "--question", "什么？", "--reference", "梯度。"]
    code, _, made = imported(tmp_path, "a.tsv", text, *options, "--max-score", "4")
    assert code == 0
    (sample,) = read_set(made)
    assert (sample.answer, sample.score, sample.lang) == ("答案是梯度", 3.0, "zh")
    assert sample.references == ("梯度。",)


def test_the_saf_corpus_becomes_a_set(tmp_path: Path) -> None:
    code, _, made = imported(tmp_path, "1.1_link.xml", SAF)
    assert code == 0
    first, second = read_set(made)
    assert (first.id, second.id, first.question_id) == ("7", "1.1_link.2", "1.1_link")
    assert (first.answer, second.answer) == ("A link layer unit  & more.", "")
    assert len(first.references) == 2
    assert (first.score, first.max_score) == (0.5, 1.0)
    assert first.extra["response_feedback"] == "Say what it holds."


def test_an_xml_file_cannot_make_the_parser_read_another(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("never to be seen", "utf-8")
    head = f'<!DOCTYPE question [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    text = SAF.replace("<question>", head + "<question>", 1).replace("&amp;", "&x;")
    _, value, made = imported(tmp_path, "a.xml", text)
    assert "never to be seen" not in json.dumps(value)
    assert not made.exists() or "never to be seen" not in made.read_text("utf-8")


def test_inspect_samples_carry_answer_and_mark_in_their_metadata(tmp_path: Path) -> None:
    row = {
        "id": 3,
        "input": [{"role": "system", "content": "x"}, {"role": "user", "content": "Why?"}],
        "target": ["Because.", "Since."],
        "metadata": {"answer": "so", "score": 1, "max_score": 2, "course": "nn"},
    }
    code, _, made = imported(tmp_path, "a.jsonl", json.dumps(row))
    assert code == 0
    (sample,) = read_set(made)
    assert (sample.id, sample.question, sample.references) == ("3", "Why?", ("Because.", "Since."))
    assert (sample.answer, sample.human, sample.extra) == ("so", 0.5, {"course": "nn"})


HEAD = "question,reference,answer,score,max_score\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", HEAD + "Why?,So.,x,much,5\n", "line 2: score is 'much', no number"),
        ("a.csv", HEAD + "Why?,So.,x,nan,5\n", "line 2: score is not finite"),
        ("a.csv", HEAD + "Why?,So.,x,1,5\nWhy?,So.,x,6,5\n", "line 3: score is 6"),
        ("a.csv", HEAD + "Why?,So.,x,1\n", "line 2: max_score is missing"),
        ("a.csv", HEAD + "Why?,So.,x,1,5,6\n", "line 2: 6 fields"),
        ("a.csv", HEAD + 'Why?,"So.,x,1,5\n', "line 2: "),
        ("a.csv", HEAD.encode() + b"Why?,So.,caf\xe9,1,5\n", "line 2, byte 13: no UTF-8"),
        ("a.csv", "id," + HEAD + "1,a,b,c,1,2\n1,a,b,c,1,2\n", "line 3: id '1' occurs twice"),
        ("a.csv", "question,answer,answer\n", "line 1: 'answer' occurs twice"),
        ("a.csv", "", "empty"),
        ("a.csv", HEAD, "no answers"),
        ("a.xml", SAF.replace("0.5", "half"), "line 9: score is 'half'"),
        ("a.xml", SAF[:200], "a.xml"),
        ("a.xml", "<html/>", "no studentAnswers"),
        ("a.jsonl", '{"input": "Why?", "metadata": 3}', "line 1: metadata"),
        ("a.jsonl", '{"input": "Why?", "target": "So."}', "line 1: max_score is missing"),
    ],
)
def test_what_is_wrong_is_told_and_no_set_is_written(
    tmp_path: Path, name: str, text: str | bytes, told: str
) -> None:
    code, value, made = imported(tmp_path, name, text)
    assert code == 2
    assert told in value["error"]["message"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]
    assert not made.exists()


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.txt", []),
        ("a.csv", ["--format", "xls"]),
        ("a.csv", ["--column", "answer"]),
        ("a.csv", ["--column", "grade=x"]),
        ("a.csv", ["--column", "answer=nowhere"]),
    ],
)
def test_options_are_checked(tmp_path: Path, name: str, options: list[str]) -> None:
    code, value, _ = imported(tmp_path, name, HEAD + "Why?,So.,x,1,5\n", *options)
    assert (code, value["error"]["kind"] in ("usage", "input_file")) == (2, True)


# Half surrogate pairs are no text a file in UTF-8 can hold; csv ends a line at any line break.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_any_text_in_a_table_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    file = tmp_path_factory.mktemp("tables") / "a.csv"
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["question", "reference", "answer", "note", "score", "max_score"])
    rows.writerows(["Why?", "So.", answer, note, 1, 2] for answer, note in pairs)
    file.write_bytes(written.getvalue().encode("utf-8"))
    read = [(row["answer"], row["note"]) for row in read_marked(file, "csv", Mapped())]
    assert read == pairs
