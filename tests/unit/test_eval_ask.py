"""`coach eval ask`: the set is sound, answers are kept and not asked for again, shares are counted."""

import json
from collections import Counter
from pathlib import Path

import pytest

from coach.app import Coach
from coach.embeddings.hashing import HashingEmbeddings
from coach.errors import InputFileError
from coach.index.shipped import load_shipped
from coach.models.scripted import ScriptedChat
from coach.paths import Paths
from coach.settings import Settings
from eval.asking import ask_all, read_askings, sentences, summary
from eval.questions import matches

SET = Path(__file__).resolve().parent.parent.parent / "eval" / "sets" / "ask.jsonl"
ROW = {"id": "a", "lang": "en", "question": "why?", "answerable": True}


def write(folder: Path, *rows: object) -> Path:
    file = folder / "set.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return file


def result(answerable: bool, answered: bool, answer: str) -> dict[str, object]:
    return {
        "lang": "en",
        "split": "dev",
        "answerable": answerable,
        "answered": answered,
        "answer": answer,
        "first_s": 1.0,
        "elapsed_s": 2.0,
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"question": " "}, "question"),
        ({"lang": "de"}, "lang"),
        ({"answerable": "yes"}, "answerable"),
        ({"split": "train"}, "split"),
        ({"id": "a"}, "id"),
    ],
)
def test_a_faulty_line_is_named_with_its_field(
    tmp_path: Path, change: dict[str, object], field: str
) -> None:
    file = write(tmp_path, ROW, {**ROW, "id": "b", **change})
    with pytest.raises(InputFileError, match=f"line 2: {field}"):
        list(read_askings(file))


def test_the_shipped_set_has_what_it_promises_and_its_targets_exist() -> None:
    askings = list(read_askings(SET))
    counts = Counter((asking.answerable, asking.lang) for asking in askings)
    assert len(askings) >= 120
    assert min(counts[False, "en"], counts[False, "zh"]) >= 15
    assert abs(counts[True, "en"] - counts[True, "zh"]) <= 5
    chunks = load_shipped().chunks
    for line in SET.read_text("utf-8").splitlines():
        row = json.loads(line)
        assert bool(row.get("relevant")) == row["answerable"], row["id"]
        for target in row.get("relevant", ()):
            assert any(matches(target, chunk) for chunk in chunks), (row["id"], target)


def test_shares_count_refusals_and_sentences_with_a_marker() -> None:
    rows = [
        result(True, True, "One. [1] Two. [no source] Three. [1]"),
        result(True, False, "The notes do not say."),
        result(False, False, "The notes do not say."),
    ]
    found = summary(rows)["groups"]["all"]
    assert found["unanswerable_refused"] == 1.0
    assert found["answerable_refused"] == 0.5
    assert (found["sentences"], found["sentences_cited"]) == (3, pytest.approx(2 / 3))


def test_an_answer_is_read_back_sentence_by_sentence() -> None:
    assert sentences("甲。 [1]乙。 [无出处]") == [("甲。", "[1]"), ("乙。", None)]


def test_what_was_asked_is_not_asked_again(paths: Paths, tmp_path: Path) -> None:
    rows = [{**ROW, "question": "What is dropout?"}, {**ROW, "id": "b", "question": "香蕉多少钱？"}]
    askings = list(read_askings(write(tmp_path, *rows)))
    chat = ScriptedChat(replies=lambda _: "Dropout zeroes random units.")
    folder = tmp_path / "out"
    with Coach(Settings(), paths, chat=chat, embedder=HashingEmbeddings()) as coach:
        first = ask_all(coach, askings[:1], folder, lambda *_: None)
        kept = (folder / "results.jsonl").read_text("utf-8")
        both = ask_all(coach, askings, folder, lambda *_: None)
    assert (first["n"], both["n"]) == (1, 2)
    assert (folder / "results.jsonl").read_text("utf-8").startswith(kept)
    for line in (folder / "citations.jsonl").read_text("utf-8").splitlines():
        assert {"id", "sentence", "quote", "passage_id"} <= set(json.loads(line))
