"""What the core says is said in Chinese too, and each sentence of the tables is one of the core's."""

import ast
import re
from pathlib import Path

import pytest

from coach.deck import load_deck
from coach.errors import CoachError, ModelMissing
from coach.language_model.failures import Place, explain
from coach.settings import Settings, with_value
from tui.text import Words
from tui.texts.said import SAID
from tui.texts.said_of_files import SAID_OF_FILES

ROOT = Path(__file__).resolve().parents[2]
PAIRS = (*SAID, *SAID_OF_FILES)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ZH = Words("zh")


def sentences() -> set[str]:
    """Every text of the core's source, its places as {}."""
    found: set[str] = set()
    for file in (ROOT / "coach").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    str(part.value) if isinstance(part, ast.Constant) else "{}"
                    for part in node.values
                ]
                found.add("".join(parts))
    return found


def test_every_sentence_of_the_tables_is_one_of_the_core() -> None:
    known = sentences()
    assert [english for english, _ in PAIRS if english not in known] == []


def test_no_sentence_stands_twice_and_every_place_is_kept() -> None:
    assert len({english for english, _ in PAIRS}) == len(PAIRS)
    for english, chinese in PAIRS:
        assert english.count("{}") == len(re.findall(r"\{\d?\}", chinese)), english
        assert CHINESE.search(chinese), english


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_a_sentence_is_said_with_what_stands_in_its_places(english: str, chinese: str) -> None:
    values = [f"/x{number}" for number in range(english.count("{}"))]
    assert ZH.said(english.format(*values)) == chinese.format(*values)
    assert Words("en").said(english.format(*values)) == english.format(*values)


def test_what_is_in_no_table_stays_as_it_is() -> None:
    for text in ("", "Nothing like it {} here", "x" * 10_000, "a: b: c", "{0} {", "你好"):
        assert ZH.said(text) == text


def test_a_sentence_within_another_is_said_in_chinese_as_well() -> None:
    failure = explain(ConnectionError("refused"), Place("m", "http://127.0.0.1:9/v1", 1.0)).error
    said = ZH.failure(failure)
    assert said[0].startswith("无法连接 m at http://127.0.0.1:9/v1")
    assert said[1].startswith("请启动服务器")
    assert "`coach model check` 测试模型" in said[1]


def test_sentences_are_said_one_by_one() -> None:
    why = "The model is gone. There is no index yet. Build it: coach index rebuild"
    assert ZH.said(why) == "The model is gone. 还没有索引。请建立索引：coach index rebuild"
    with pytest.raises(CoachError) as wrong:
        with_value(Settings(), "ui.clock", "showm")
    assert ZH.said(wrong.value.hint) == "是不是 shown？可以是 'shown', 'hidden'。"


def test_failures_of_the_core_are_said_in_chinese() -> None:
    with pytest.raises(CoachError) as unknown:
        with_value(Settings(), "ui.thame", "x")
    with pytest.raises(CoachError) as missing:
        load_deck().get("adm")
    for error in (unknown.value, missing.value):
        assert all(CHINESE.search(text) for text in ZH.failure(error))
    assert ZH.failure(ModelMissing("Unheard of.")) == ["Unheard of."]
