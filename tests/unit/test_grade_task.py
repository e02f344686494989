"""Tasks, the pieces of a text, and the shapes a verdict takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.deck import load_deck
from coach.document import Chunk, Locator, Passage
from coach.errors import UsageError
from coach.grade import Task, verdict_from_json, verdict_to_json
from coach.grade.clauses import clauses, sentences, tokens
from coach.grade.task import MAX_DERIVED, derive_points
from coach.verdict import KeyPointVerdict, Quote, Usage, Verdict

CHUNK = Chunk(
    "notes/cnn.en.md", Locator(3, 9, "Pooling"), "en", "Pooling keeps the maximum.", "section"
)


@given(st.text(max_size=400))
def test_sentences_and_clauses_are_substrings_in_order(text: str) -> None:
    end = 0
    for sentence in sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start >= end
        end = sentence.end
        for clause in clauses(sentence):
            assert text[clause.start : clause.end] == clause.text


def test_abbreviations_numbers_and_dotted_names_do_not_end_a_sentence() -> None:
    text = "Use e.g. 0.5 for p. Call model.eval() before testing. 测试时关闭；训练时打开。"
    assert [piece.text for piece in sentences(text)] == [
        "Use e.g. 0.5 for p.",
        "Call model.eval() before testing.",
        "测试时关闭；",
        "训练时打开。",
    ]


def test_a_number_ends_a_sentence_unless_it_numbers_a_list() -> None:
    text = "Of those at 0.8, 80% are right: 0.8.\nScale by 2. Then stop.\n2. Batches break the i.i.d. rule."
    assert [piece.text for piece in sentences(text)] == [
        "Of those at 0.8, 80% are right: 0.8.",
        "Scale by 2.",
        "Then stop.",
        "2. Batches break the i.i.d. rule.",
    ]


def test_forms_of_one_word_are_one_token() -> None:
    assert tokens("gradients vanishing") == tokens("gradient vanish")
    assert tokens("梯度消失") == ["梯度", "度消", "消失"]


def test_an_answer_is_compared_with_the_rubric_in_its_own_language() -> None:
    task = Task.from_card(next(iter(load_deck())), "zh")
    english = task.for_answer("The gradient gets smaller with every layer it passes.")
    assert english.lang == "en"
    assert [point.id for point in english.key_points] == [point.id for point in task.key_points]
    assert english.for_answer("The gradient gets smaller.") is english
    for answer in ("梯度每经过一层就变小", "gradient 会消失", "ReLU", "O(n)", ""):
        assert task.for_answer(answer) is task
    given = Task.from_reference("为什么？", ["因为梯度消失了。"], [], "zh")
    assert given.for_answer("Because the gradient has vanished.") is given


def test_a_card_sets_a_task_in_one_language() -> None:
    card = next(iter(load_deck()))
    task = Task.from_card(card, "zh")
    assert task.question == card.question.zh
    assert [point.id for point in task.key_points] == [point.id for point in card.key_points]
    assert set(task.follow_ups) == {point.id for point in card.key_points}


def test_key_points_are_derived_from_the_first_reference() -> None:
    reference = (
        "Adam keeps a mean of gradients. It also keeps a mean of squared gradients! "
        "Early bias gets corrected by division."
    )
    task = Task.from_reference("What is Adam?", [reference, "another"], [], "en")
    assert [point.id for point in task.key_points] == ["p1", "p2", "p3"]
    assert all(point.text in reference for point in task.key_points)


@given(
    st.lists(st.sampled_from(["Weights shrink towards zero each step.", "Yes.", "梯度消失。", "1"]))
)
def test_derived_points_are_few_and_lose_nothing(parts: list[str]) -> None:
    reference = " ".join(parts)
    points = derive_points(reference)
    assert len(points) <= MAX_DERIVED
    assert derive_points(reference) == points
    assert sorted(tokens(" ".join(points))) == sorted(tokens(reference))


@pytest.mark.parametrize(("question", "reference"), [("", ["r"]), ("q", []), ("q", ["  "])])
def test_a_task_needs_a_question_and_something_to_look_for(
    question: str, reference: list[str]
) -> None:
    with pytest.raises(UsageError):
        Task.from_reference(question, reference, [], "en")


def verdict(citation: Passage | None) -> Verdict:
    points = (
        KeyPointVerdict("a", "A holds.", "covered", 0.9, Quote("yes", 2, 5)),
        KeyPointVerdict("b", "B holds.", "missing", 0.1, None, citation),
    )
    return Verdict(
        card="adam",
        score=0.5,
        grade="partial",
        key_points=points,
        feedback="f",
        follow_up="g?",
        grader="keypoints",
        model="m",
        elapsed_s=1.5,
        interval=(0.25, 0.75),
        usage=Usage(3, 4),
    )


def test_a_verdict_survives_the_way_through_json() -> None:
    kept = verdict(Passage(CHUNK, 0.5, (CHUNK,)))
    assert verdict_from_json(verdict_to_json(kept, passages=True)) == kept


def test_the_json_of_the_command_line_has_the_documented_keys_only() -> None:
    value = verdict_to_json(verdict(Passage(CHUNK, 0.5)))
    assert list(value["key_points"][1]["citation"]) == ["passage_id", "document", "locator"]
    assert list(value["key_points"][0]) == [
        "id",
        "text",
        "verdict",
        "probability",
        "quote",
        "span",
        "citation",
    ]
    assert value["key_points"][0]["span"] == [2, 5]
    assert value["interval"] == [0.25, 0.75]
    assert value["usage"] == {"prompt_tokens": 3, "completion_tokens": 4}


def test_citations_without_their_text_come_back_as_none() -> None:
    back = verdict_from_json(verdict_to_json(verdict(Passage(CHUNK, 0.5))))
    assert back.key_points[1].citation is None
