"""The table of interface texts, and small things that need no app."""

import re
from pathlib import Path
from string import Formatter

import pytest

import tui
from tui.marks import bar, clock_text
from tui.plain import length, shown
from tui.texts import TEXTS

SOURCES = [path.read_text(encoding="utf-8") for path in Path(tui.__file__).parent.rglob("*.py")]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", TEXTS)
def test_both_languages_say_the_same_with_the_same_places(name: str) -> None:
    english, chinese = TEXTS[name]
    assert english.strip()
    assert chinese.strip()
    assert places(english) == places(chinese)


def test_every_text_is_used() -> None:
    code = "\n".join(text for text in SOURCES if "TEXTS: dict" not in text)
    named = set(re.findall(r"[\"']([a-z_]+\.[a-z_]+)[\"']", code))
    built = set(re.findall(r"f[\"']([a-z]+\.[a-z_]*)\{", code))
    unused = [n for n in TEXTS if n not in named and not any(n.startswith(b) for b in built)]
    assert unused == []


def test_control_characters_are_replaced_one_for_one() -> None:
    text = "a\x1b[31m\tb\r\n\u202ec\x9b"
    assert len(shown(text)) == len(text)
    assert shown(text) == "a�[31m\tb�\n�c�"


def test_length_counts_words_and_chinese_characters() -> None:
    assert length("Adam 使用动量 momentum, 0.9") == 1 + 4 + 1 + 2
    assert length("") == 0


def test_a_bar_shows_its_share_by_thickness() -> None:
    assert bar(0.5, 8).plain == "━━━━────"
    assert bar(7.0, 4).plain == "━━━━"


def test_times() -> None:
    assert clock_text(65) == "01:05"
    assert clock_text(3723) == "1:02:03"
    assert clock_text(-4) == "00:00"
