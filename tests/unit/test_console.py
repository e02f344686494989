"""What is printed: nothing from outside can steer the terminal."""

import pytest
import typer

from coach.console import reporting, say, table, tell
from coach.errors import SettingsError

HOSTILE = "\x1b]0;title\x07red \x1b[31mtext\x1b[0m\r\x08\u202eright-to-left\x00 end"


def test_text_from_outside_loses_its_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell(HOSTILE)
    say(HOSTILE)
    out, err = capsys.readouterr()
    assert out == err
    assert not {"\x1b", "\r", "\x08", "\x00", "\u202e", "\x07"} & set(out)
    assert "red" in out
    assert "end" in out


def test_long_texts_are_not_cut(capsys: pytest.CaptureFixture[str]) -> None:
    tell("长" * 50_000)
    assert capsys.readouterr().out.count("长") == 50_000


def test_an_error_says_what_and_what_to_do_next(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as left, reporting(False):
        raise SettingsError("it is wrong", "mend it")
    assert left.value.exit_code == 2
    assert capsys.readouterr().err == "Error: it is wrong\n  mend it\n"


def test_an_interrupt_has_its_exit_code() -> None:
    with pytest.raises(typer.Exit) as left, reporting(False):
        raise KeyboardInterrupt
    assert left.value.exit_code == 130


def test_columns_line_up_with_wide_characters(capsys: pytest.CaptureFixture[str]) -> None:
    table([("梯度", "a"), ("x", "b")], ("name", "v"))
    assert capsys.readouterr().out.splitlines() == ["name  v", "梯度  a", "x     b"]
