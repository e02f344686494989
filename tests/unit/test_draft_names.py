"""The ids of drafts are safe as file names, and each has its own."""

from hypothesis import given
from hypothesis import strategies as st

from coach.draft.names import is_id, slug, unique


@given(st.text(max_size=200), st.sets(st.integers(2, 9)))
def test_ids_are_safe_and_unique_property(question: str, numbers: set[int]) -> None:
    name = slug(question, "card-0a1b2c3d")
    assert is_id(name)
    taken = {name, *(f"{name}-{number}" for number in numbers)}
    other = unique(name, taken)
    assert is_id(other)
    assert other not in taken


@given(st.lists(st.text("ab -?", max_size=90), max_size=30))
def test_many_questions_get_ids_of_their_own_property(questions: list[str]) -> None:
    taken: set[str] = set()
    for question in questions:
        name = unique(slug(question, "card-00000000"), taken)
        assert is_id(name)
        assert name not in taken
        taken.add(name)
