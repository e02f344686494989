"""Streamed text is broken between words, and nothing else of it changes."""

from hypothesis import given
from hypothesis import strategies as st

from coach.wrapping import Wrapped


def wrapped(pieces: list[str], columns: int) -> str:
    written: list[str] = []
    to = Wrapped(written.append, columns)
    for piece in pieces:
        to.add(piece)
    to.end()
    return "".join(written)


def test_words_stay_whole_and_chinese_breaks_anywhere() -> None:
    assert wrapped(["Warm-up raises the ra", "te, mos", "tly linearly."], 20) == (
        "Warm-up raises the\nrate, mostly\nlinearly."
    )
    assert wrapped(["梯度消失", "与 ReLU 有关"], 10) == "梯度消失与\nReLU 有关"
    assert wrapped(["   梯"], 4) == "梯", "an indent that leaves no room is dropped"


@given(st.lists(st.text(alphabet="ab 梯度。\n", max_size=30), max_size=8), st.integers(4, 30))
def test_whatever_the_pieces_the_words_are_the_same(pieces: list[str], columns: int) -> None:
    text = "".join(pieces)
    out = wrapped(pieces, columns)
    assert out.split() == wrapped([text], columns).split()
    assert "".join(out.split()) == "".join(text.split())


@given(st.text(alphabet="ab 梯\n", max_size=80), st.integers(4, 30))
def test_no_line_is_wider_than_the_terminal_unless_a_word_is(text: str, columns: int) -> None:
    for line in wrapped([text], columns).split("\n"):
        cells = sum(2 if char == "梯" else 1 for char in line.rstrip())
        assert cells <= columns or not any(char in " 梯" for char in line.strip())
