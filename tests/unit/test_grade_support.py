"""A statement is supported by words of a passage, not by words of the question."""

from coach.document import Chunk, Locator, Passage
from coach.grade.support import Sources

TEXT = "Dropout is switched off at test time, so that all units take part. Scaling keeps the mean."
PASSAGE = Passage(Chunk("notes/x.en.md", Locator(1, 2, "Dropout"), "en", TEXT, "section"), 0.9)
QUESTION = "Is dropout used at test time on a tablet?"


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
