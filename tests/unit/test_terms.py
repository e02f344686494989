"""Names for the same thing: which a query uses, and that the others are searched for."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.index import Index
from coach.retrieve import Retriever
from coach.retrieve.terms import Terms, shipped_terms
from coach.retrieve.words import is_han
from tests.index_corpus import small_index
from tests.unit.test_retrieve import Flat

TABLE = Terms.of(
    [
        ["neural network", "神经网络"],
        ["recurrent neural network", "rnn", "循环神经网络"],
        ["gan", "生成对抗网络"],
    ]
)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("why Recurrent  Neural-Networks forget", ["recurrent neural network"]),
        ("RNNs against GANs", ["rnn", "gan"]),
        ("循环神经网络（RNN）会忘，神经网络也会", ["循环神经网络", "神经网络"]),
        ("it began with an organ", []),
        ("", []),
    ],
)
def test_the_longest_name_counts_and_each_thing_once(query: str, named: list[str]) -> None:
    assert TABLE.in_query(query) == [TABLE.in_query(name)[0] for name in named]


def test_the_other_names_are_those_of_the_same_row() -> None:
    (term,) = TABLE.in_query("what is a GAN?")
    assert [set(name) >= {"生成", "对抗", "网络"} for name in term.others] == [True]


@given(st.text())
def test_any_query_may_be_looked_through(query: str) -> None:
    assert all(term.others for term in shipped_terms().in_query(f"{query} lstm") if term.said)


def test_the_shipped_table_names_each_thing_in_both_languages_once() -> None:
    rows = shipped_terms().rows
    twice = [name for name, count in Counter(n for row in rows for n in row).items() if count > 1]
    assert twice == []
    assert all(name == name.strip().lower() and name for row in rows for name in row)
    assert [row for row in rows if len(row) < 2] == []
    plurals = [name for row in rows for name in row if not is_han(name)]
    for ending in ("", "s", "es"):
        lost = [n for n in plurals if not shipped_terms().in_query(f"the {n}{ending} there")]
        assert lost == []
    # Abbreviations are the same in both languages; nearly every other row has a Chinese name.
    assert sum(any(map(is_han, row)) for row in rows) > 0.9 * len(rows)


def test_another_name_and_a_translation_find_what_vectors_cannot_tell_apart(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "en.md").write_text(
        "# A\n\n## Sharing\nA CNN reuses its filters.\n\n## Rest\nZebra.\n"
    )
    (notes / "zh.md").write_text("# 甲\n\n## 共享\n卷积网络反复使用滤波器。\n\n## 其余\n斑马。\n")
    index = Index(tmp_path / "flat", Flat(), corpus=small_index(tmp_path).corpus)
    index.ingest([notes])
    for query in ("convnets", "卷积神经网络"):
        found = {lang: Retriever(index).search(query, 1, lang)[0] for lang in ("en", "zh")}
        headings = {passage.chunk.locator.heading for passage in found.values()}
        assert headings == {"Sharing", "共享"}, query
    index.close()
