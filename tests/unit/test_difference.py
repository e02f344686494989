"""What changed between two answers."""

from hypothesis import given
from hypothesis import strategies as st

from coach.difference import PointChange, changed_lines, changed_points, changed_words
from coach.verdict import KeyPointVerdict, PointVerdict


@given(st.text(), st.text())
def test_both_texts_can_be_read_off_the_pieces(before: str, after: str) -> None:
    pieces = changed_words(before, after)
    assert "".join(text for change, text in pieces if change != "added") == before
    assert "".join(text for change, text in pieces if change != "removed") == after


def test_words_change_whole_and_chinese_character_by_character() -> None:
    assert changed_words("a running mean", "a running average") == [
        ("same", "a running "),
        ("removed", "mean"),
        ("added", "average"),
    ]
    assert ("added", "滑") in changed_words("平均", "滑平均")


def test_programs_are_compared_line_by_line() -> None:
    assert changed_lines("x = 1\ny = 2\n", "x = 1\ny = 3\n") == [
        ("same", "x = 1"),
        ("removed", "y = 2"),
        ("added", "y = 3"),
    ]


def test_points_are_paired_by_their_ids() -> None:
    def point(name: str, verdict: PointVerdict) -> KeyPointVerdict:
        return KeyPointVerdict(name, f"text of {name}", verdict, 0.5)

    before = [point("a", "missing"), point("b", "covered")]
    after = [point("b", "covered"), point("a", "partial"), point("c", "missing")]
    assert changed_points(before, after) == [
        PointChange("text of b", "covered", "covered"),
        PointChange("text of a", "missing", "partial"),
    ]
