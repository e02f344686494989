"""Words and vectors are fused inside each language; neither language hides the other."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.index import Index
from coach.retrieve import Retriever, Weights, words
from coach.retrieve.fuse import in_turns, of_best, standard
from coach.retrieve.spelling import mended, respelt
from tests.index_corpus import small_index

OVERFIT = (
    "Early stopping ends training when the validation loss rises, long before the network overfits."
)
FILES = {
    "en.md": f"# A\n\n## Momentum\nA velocity gathers gradients.\n\n## Stopping\n{OVERFIT}\n",
    "copy.md": f"# B\n\n## Stopping\n{OVERFIT}\n",
    "zh.md": "# 甲\n\n## 动量\n速度累积梯度，Nesterov 先看一步。\n\n## 早停\n验证损失上升就停止训练。\n",
}


class Flat:
    """Gives every text the same vector, so that only words can tell passages apart."""

    name = "flat"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[1.0, 0.0] for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        return [1.0, 0.0]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    index = small_index(tmp_path)
    folder = tmp_path / "notes"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    index.ingest([folder])
    yield index
    index.close()


def test_chinese_is_cut_into_words_and_latin_terms_keep_whole() -> None:
    found = words("LSTM 的梯度消失，Adam-W2")
    assert {"lstm", "梯度", "消失", "adam", "w2"} <= set(found)
    assert words("……") == []


def test_scores_of_each_column_come_to_one_scale() -> None:
    scores = np.array([[0.0, 5.0], [2.0, 5.0]], np.float32)
    assert standard(scores).tolist() == [[-1, 0], [1, 0]]
    assert of_best(np.array([0.0, 4.0, 1.0], np.float32)).tolist() == [0, 1, 0.25]
    assert of_best(np.zeros(2, np.float32)).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("gradeint", "gradient"),
        ("overfiting", "overfitting"),
        ("momentum", "momentum"),
        ("relu", "relu"),
        ("zebra", "zebra"),
        ("梯渡", "梯渡"),
    ],
)
def test_a_slip_of_the_pen_becomes_the_word_that_was_meant(word: str, expected: str) -> None:
    known = {"gradient", "overfitting", "momentum", "red", "梯度"}
    assert respelt([word, "momentum"], [known, {"relu"}]) == [expected, "momentum"]


def test_a_query_keeps_its_order_when_slips_are_mended() -> None:
    query = "Why clip the Gradeint 梯度?"
    said = words(query)
    assert mended(query, said, respelt(said, [{"why", "clip", "the", "gradient", "梯度"}])) == (
        "why clip the gradient 梯度?"
    )


def test_a_slip_is_mended_where_it_is_a_word_and_not_inside_another() -> None:
    said = ["gard", "regard"]
    assert mended("Gard, regard!", said, ["grad", "regard"]) == "grad, regard!"


def test_turns_go_on_with_one_language_when_the_other_is_used_up() -> None:
    turns = Weights().turns
    assert "".join(in_turns("abcd", "xyz", turns)) == "abxcydz"
    assert "".join(in_turns("ab", "xyz", turns)) == "abxyz"
    assert "".join(in_turns("", "xy", turns)) == "xy"


def test_words_find_what_vectors_cannot_tell_apart(index: Index, tmp_path: Path) -> None:
    flat = Index(tmp_path / "flat", Flat(), corpus=index.corpus)
    flat.ingest([tmp_path / "notes"])
    best = Retriever(flat).search("velocity", 1)[0]
    assert best.chunk.locator.heading == "Momentum"
    assert Retriever(flat).search("验证损失", 1)[0].chunk.locator.heading == "早停"
    assert Retriever(flat).search("velocty", 1)[0].chunk.locator.heading == "Momentum"
    flat.close()


@pytest.mark.parametrize("query", ["early stopping", "验证损失 stopping"])
def test_both_languages_are_among_the_first_three(index: Index, query: str) -> None:
    found = Retriever(index).search(query, 3)
    assert [passage.chunk.lang for passage in found].count("en") in (1, 2)
    for lang in ("en", "zh"):
        only = Retriever(index).search(query, 50, lang)
        assert {passage.chunk.lang for passage in only} == {lang}


def test_a_term_shared_by_both_languages_counts_across(index: Index) -> None:
    found = Retriever(index).search("Nesterov", 3)
    assert any("Nesterov" in passage.chunk.text for passage in found)


def test_a_copy_is_named_beside_the_passage_and_not_shown_again(index: Index) -> None:
    found = Retriever(index).search("early stopping", 50)
    stopping = [passage for passage in found if passage.chunk.locator.heading == "Stopping"]
    assert len(stopping) == 1
    named = {stopping[0].chunk.document, *(chunk.document for chunk in stopping[0].also_in)}
    assert named == {"en.md", "copy.md"}


def test_what_says_the_same_in_the_other_language_is_shown_beside_it(
    index: Index, tmp_path: Path
) -> None:
    shared = " ".join(f"loss{number}" for number in range(60))
    texts = {"en": shared, "en2": f"{shared} more", "zh": f"{shared} {'训练' * 80}"}
    paths = [tmp_path / f"{name}.md" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(f"# Loss\n{text}\n", encoding="utf-8")
    flat = Index(tmp_path / "flat", Flat(), corpus=index.corpus)
    flat.ingest(paths)
    found = {p.chunk.document: p for p in Retriever(flat).search("loss7", 50)}
    assert found["zh.md"].chunk.lang == "zh"
    assert found["zh.md"].also_in == ()
    assert [chunk.document for chunk in found["en.md"].also_in] == ["en2.md"]
    flat.close()


def test_pieces_side_by_side_that_answer_are_shown_as_one(index: Index, tmp_path: Path) -> None:
    paragraphs = [f"{name} {name}s many times over. " * 30 for name in ("quoll", "numbat", "bilby")]
    long = tmp_path / "long.md"
    long.write_text("# Marsupials\n\n## Small ones\n" + "\n\n".join(paragraphs), encoding="utf-8")
    index.ingest([long])
    pieces = [chunk for chunk in index.chunks() if chunk.document == "long.md"]
    assert len(pieces) == 3
    found = [
        passage.chunk
        for passage in Retriever(index).search("quoll numbat bilby", 50)
        if passage.chunk.document == "long.md"
    ]
    assert len(found) == 1
    assert found[0].text.count("Small ones") == 1
    assert [found[0].text.index(name) for name in ("quoll", "numbat", "bilby")] == sorted(
        found[0].text.index(name) for name in ("quoll", "numbat", "bilby")
    )
    assert (found[0].locator.start_line, found[0].locator.end_line) == (3, 8)


def test_a_changed_document_is_found_by_its_new_words(index: Index, tmp_path: Path) -> None:
    retriever = Retriever(index)
    assert retriever.search("velocity", 1)[0].chunk.document == "en.md"
    (tmp_path / "notes" / "copy.md").write_text("# B\n\n## Quokka\nA small marsupial.\n")
    index.ingest([tmp_path / "notes"])
    assert retriever.search("quokka marsupial", 1)[0].chunk.document == "copy.md"


@pytest.mark.parametrize("harm", ["cut", "gone", "unwritable"])
def test_what_is_kept_for_the_next_process_may_be_damaged(index: Index, harm: str) -> None:
    def ids() -> list[str]:
        return [passage.chunk.id for passage in Retriever(index).search("early stopping", 5)]

    before = ids()
    kept = sorted((index.folder).glob("*/shelves-*/en/*.npy"))
    assert kept
    for file in kept:
        if harm == "gone":
            file.unlink()
        else:
            file.write_bytes(b"\0" * (10 if harm == "cut" else file.stat().st_size))
    assert ids() == before


def test_an_empty_index_finds_nothing_in_a_language(tmp_path: Path) -> None:
    index = small_index(tmp_path)
    index.ensure()
    assert len(Retriever(index).search("？？", 50)) == 4
    index.close()
