"""`coach eval retrieval`: sets are checked, metrics agree with hand-made cases, floors hold on the shipped corpus."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from coach.app import Coach
from coach.document import Chunk, Locator
from coach.errors import InputFileError
from coach.paths import Paths
from coach.settings import Settings
from eval.questions import Question, matches, read_questions
from eval.rankings import by_kind, by_pair, rankings
from eval.retrieval import compare

ROW = {"id": "a", "query": "why?", "lang": "en", "relevant": ["a.md"]}
SETS = Path(__file__).resolve().parent.parent.parent / "eval" / "sets"


def chunk(document: str, lang: str = "en", text: str = "text") -> Chunk:
    return Chunk(document, Locator(1, 1, "Head"), lang, text, "section")  # type: ignore[arg-type]


def write(folder: Path, *rows: object) -> Path:
    file = folder / "set.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return file


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"query": " "}, "query"),
        ({"lang": "de"}, "lang"),
        ({"relevant": []}, "relevant"),
        ({"relevant": [3]}, "relevant"),
        ({"id": "a"}, "id"),
        ({"kind": 3}, "kind"),
    ],
)
def test_a_faulty_line_is_named_with_its_field(
    tmp_path: Path, change: dict[str, object], field: str
) -> None:
    file = write(tmp_path, ROW, {**ROW, "id": "b", **change})
    with pytest.raises(InputFileError, match=f"line 2: {field}"):
        list(read_questions(file))


def test_a_target_is_a_document_a_passage_or_words_in_a_document() -> None:
    one = chunk("a.md", text="a cat")
    assert all(matches(target, one) for target in ("a.md", one.id, "a.md#Head", "a.md#cat"))
    assert not any(matches(target, one) for target in ("b.md", "a.md#", "a.md#dog", "b.md#cat"))


def test_metrics_count_each_language_by_its_place_in_the_whole_list() -> None:
    found = [chunk("x.md"), chunk("a.md"), chunk("a.md", "zh")]
    question = Question("1", "?", "en", ("a.md", "a.zh.md", "gone.md"))
    results = rankings([question], [*found, chunk("a.zh.md", "zh")], lambda query: found)
    table = by_pair(results)
    assert table["en-en"]["mrr"] == 0.5
    assert table["en-zh"]["mrr"] == pytest.approx(1 / 3)
    assert (table["en-en"]["recall@1"], table["en-en"]["recall@5"]) == (0, 1)
    assert table["en-en"]["ndcg@10"] == pytest.approx(0.6309, abs=1e-4)
    assert table["zh-en"] == {"n": 0} | dict.fromkeys(list(table["zh-en"])[1:])


def test_questions_of_each_kind_are_counted_by_themselves() -> None:
    found = [chunk("x.md"), chunk("a.md")]
    questions = [Question("1", "?", "en", ("a.md",), "typo"), Question("2", "?", "en", ("x.md",))]
    table = by_kind(rankings(questions, found, lambda query: found))
    assert list(table) == ["typo"]
    assert (table["typo"]["en-en"]["n"], table["typo"]["en-en"]["mrr"]) == (1, 0.5)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_shipped_questions_are_sound_and_all_their_targets_exist(lang: str) -> None:
    from coach.index.shipped import load_shipped

    chunks = load_shipped().chunks
    questions = list(read_questions(SETS / f"retrieval-{lang}.jsonl"))
    kinds = Counter(question.kind for question in questions)
    assert kinds["paraphrase"] >= 150
    assert min(kinds[kind] for kind in ("typo", "mixed")) >= 20
    assert sum(kinds.values()) == kinds["paraphrase"] + kinds["typo"] + kinds["mixed"]
    for question in questions:
        assert question.lang == lang
        for target in question.relevant:
            assert any(matches(target, chunk) for chunk in chunks), (question.id, target)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_floors_with_the_bundled_embedder(lang: str, tmp_path: Path) -> None:
    questions = list(read_questions(SETS / f"retrieval-{lang}.jsonl"))[::4]
    other = "zh" if lang == "en" else "en"
    paths = Paths.from_environ({**os.environ, "COACH_HOME": str(tmp_path)})
    with Coach(Settings(), paths) as coach:
        coach.index.ensure()
        report = compare(coach, questions, ["coach", "dense", "bm25"], lambda *_: None)
    ours, dense, lexical = (row["pairs"] for row in report["systems"])
    assert ours[f"{lang}-any"]["recall@5"] >= 0.82
    assert ours[f"{lang}-{lang}"]["mrr"] >= 0.64
    assert ours[f"{lang}-{other}"]["recall@5"] >= 0.66
    for rival in (dense, lexical):
        assert ours[f"{lang}-{other}"]["recall@5"] > rival[f"{lang}-{other}"]["recall@5"]
