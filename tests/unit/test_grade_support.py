"""A statement is supported by words of a passage, not by words of the question."""

import pytest

from coach.document import Chunk, Locator, Passage
from coach.grade.support import Sources

TEXT = "Dropout is switched off at test time, so that all units take part. Scaling keeps the mean."
PASSAGE = Passage(Chunk("notes/x.en.md", Locator(1, 2, "Dropout"), "en", TEXT, "section"), 0.9)
QUESTION = "Is dropout used at test time on a tablet?"


def of(text: str) -> Passage:
    return Passage(Chunk("notes/y.en.md", Locator(1, 2, "Heading"), "en", text, "section"), 0.9)


def test_support_is_a_verbatim_sentence_of_the_passage() -> None:
    found = Sources([PASSAGE], question=QUESTION).supporting(
        "It is switched off, all units take part."
    )
    assert found is not None
    assert found[0] == PASSAGE
    assert found[1] in TEXT


def test_repeating_the_question_is_no_support() -> None:
    statement = "Dropout at test time needs sixteen cores."
    assert Sources([PASSAGE]).supporting(statement) is not None
    assert Sources([PASSAGE], question=QUESTION).supporting(statement) is None


def test_without_passages_nothing_is_supported() -> None:
    assert Sources([], question=QUESTION).supporting("Anything at all.") is None


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Momentum is 0.9 by default.", "Momentum is 0.99 by default."),
        ("Adam beats plain gradient descent on sparse data.", "Gradient descent beats plain Adam on sparse data."),
        ("Dropout scales activations during training.", "Dropout never scales activations during training."),
        ("Dropout is not active at test time.", "Dropout is active at test time."),
        ("测试时不使用 dropout，训练时才用。", "测试时使用 dropout，训练时才用。"),
        ("动量系数通常取 0.9。", "动量系数通常取 0.5。"),
    ],
)  # fmt: skip
def test_the_same_words_do_not_support_what_they_deny(text: str, statement: str) -> None:
    assert Sources([of(text)]).supporting(text) is not None
    assert Sources([of(text)]).supporting(statement) is None


def test_a_statement_drawn_from_two_sentences_is_supported_by_both() -> None:
    statement = "All units take part at test time, and scaling keeps the mean."
    found = Sources([PASSAGE]).supporting(statement)
    assert found is not None
    assert found[1] == TEXT


def test_a_question_in_a_passage_supports_nothing() -> None:
    text = "Does batch norm reduce covariate shift?\nMany doubt it."
    assert Sources([of(text)]).supporting("Batch norm does reduce covariate shift.") is None


def test_no_sentence_of_a_heading_supports_anything() -> None:
    heading = "Implement a linear layer with an adapter. Explain what is saved in training."
    text = f"{heading}\nOnly the small matrices get gradients."
    place = Locator(1, 2, heading)
    sources = Sources([Passage(Chunk("cards/x.toml", place, "en", text, "card"), 0.9)])
    assert sources.supporting("A linear layer with an adapter is saved in training.") is None
    assert sources.supporting("Explain what is saved in training.") is None
    assert sources.supporting("The small matrices get gradients.") is not None


def test_a_heading_supports_nothing() -> None:
    text = "Numbers in bits\nShort."
    chunk = Chunk("notes/z.en.md", Locator(1, 2, "Numbers in bits"), "en", text, "section")
    assert Sources([Passage(chunk, 0.9)]).supporting("Numbers in bits") is None
