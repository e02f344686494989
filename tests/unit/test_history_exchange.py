"""Export and import: everything comes back, nothing twice, and a faulty file changes nothing."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import interview as flow
from coach.document import Chunk, Locator, Passage
from coach.errors import InputFileError
from coach.history import Attempt, History
from coach.interview import Plan, Session, Turn
from coach.verdict import KeyPointVerdict, Quote, Usage, Verdict

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TABLES = ("sessions", "turns", "drafts", "attempts")


def content(history: History) -> dict[str, list[tuple[object, ...]]]:
    """Every row of what the candidate did."""
    history.sessions()
    with closing(sqlite3.connect(history.file)) as db:
        return {table: sorted(db.execute(f"SELECT * FROM {table}"), key=str) for table in TABLES}


def full(folder: Path) -> History:
    history = History(folder / "full.sqlite", lambda: NOW)
    passage = Passage(Chunk("notes/cnn.zh.md", Locator(3, 9, "池化"), "zh", "正文", "section"), 0.5)
    points = (
        KeyPointVerdict("a", "点一", "covered", 0.9, Quote("答案", 0, 2)),
        KeyPointVerdict("b", "点二", "missing", 0.1, citation=passage),
    )
    verdict = Verdict(
        "adam", 0.5, "partial", points, "还行", "为什么？", "keypoints", "m", 1.5,
        interval=(0.4, 0.6), confidence=0.8, usage=Usage(10, 3),
    )  # fmt: skip
    plan = Plan(topics=("cnn",), level="mid", lang="zh", questions=3, minutes=20, seed=7)
    begun = Session("s1", plan, ("adam", "softmax-stability"), NOW, reasons={"adam": "新题"})
    theory = Turn("adam", "question", "问题？", "答案 “x” [b]\x00\n", verdict, answered_at=NOW)
    code = Turn("softmax-stability", "code", "写", "def f(): ...", practice={"passed": True, "cases": []},
                answered_at=NOW)  # fmt: skip
    session = flow.answered(flow.answered(begun, theory), code)
    session = flow.amended(session, 0, self_rating="hard", rating="good", disagreement="我说了")
    history.save(flow.finish(session, NOW + timedelta(hours=1)))
    history.save(Session("s2", Plan(), ("dropout",), NOW))
    history.save_draft("s2", "half a sent")
    history.save_attempt(Attempt("softmax", NOW, False, "large numbers", 12.5, "def f(): ..."))
    history.save_attempt(Attempt("softmax", NOW, True, None, None, "def g(): ..."))
    return history


def test_everything_comes_back(tmp_path: Path) -> None:
    there, here = full(tmp_path), History(tmp_path / "new.sqlite")
    added = here.import_lines(there.export(), "export")
    assert added == {"sessions": 2, "turns": 2, "drafts": 1, "attempts": 2}
    assert content(here) == content(there)
    assert list(here.export()) == list(there.export())
    cards = {"softmax": "softmax-stability"}
    assert here.memories(cards) == there.memories(cards) != {}


def test_importing_twice_adds_nothing(tmp_path: Path) -> None:
    history = full(tmp_path)
    before = content(history)
    assert not any(history.import_lines(history.export(), "export").values())
    assert content(history) == before


def test_what_is_here_stays_and_what_is_missing_joins(tmp_path: Path) -> None:
    there, here = full(tmp_path), History(tmp_path / "new.sqlite")
    lines = list(there.export())
    session = there.session("s1")
    first = Turn("adam", "question", "?", "my newer words", answered_at=NOW)
    here.save(Session("s1", session.plan, session.card_ids, NOW, (first,)))
    assert here.import_lines(lines, "export")["turns"] == 1
    found = here.session("s1")
    assert [turn.answer for turn in found.turns] == ["my newer words", "def f(): ..."]
    assert found.finished_at == session.finished_at


FAULTS = [
    ("no json", 0, "Expecting value"),
    ('{"record": "thing"}', 0, "record"),
    ("[]", 0, "record"),
    ('{"record": "draft", "session": "nobody", "turns": 0, "text": ""}', 0, "session"),
    ({"number": -1}, 1, "number"),
    ({"answered_at": "yesterday"}, 1, "answered_at"),
    ({"answered_at": "2026-01-01T00:00:00"}, 1, "time zone"),
    ({"rating": "superb"}, 1, "rating"),
    ({"answer": "\\ud800"}, 1, "surrogates"),
    ({"elapsed_s": float("nan")}, 1, "NaN"),
    ({"unheard": 1}, 1, "unheard"),
    ({"verdict": {"score": 1}}, 1, "verdict"),
]


@pytest.mark.parametrize(("fault", "at", "named"), FAULTS, ids=str)
def test_a_fault_is_told_with_line_and_field_and_nothing_is_added(
    tmp_path: Path, fault: str | dict[str, object], at: int, named: str
) -> None:
    lines = list(full(tmp_path).export())
    if isinstance(fault, str):
        lines.insert(2, fault)
    else:
        lines[2] = json.dumps({**json.loads(lines[2]), **fault}).replace("\\\\ud800", "\\ud800")
    here = History(tmp_path / "new.sqlite")
    with pytest.raises(InputFileError, match=r"export:3: ") as caught:
        here.import_lines(lines, "export")
    assert caught.value.line == 3
    assert named in caught.value.message
    assert not any(content(here).values())


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.data())
def test_a_changed_line_is_imported_or_refused_never_half(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("h")
    lines = list(full(folder).export())
    at = data.draw(st.integers(0, len(lines) - 1))
    record = json.loads(lines[at])
    field = data.draw(st.sampled_from(sorted(record)))
    record[field] = data.draw(json_values)
    lines[at] = json.dumps(record)
    here = History(folder / "new.sqlite")
    try:
        added = here.import_lines(lines, "export")
    except InputFileError:
        assert not any(content(here).values())
    else:
        assert sum(added.values()) >= len(lines) - 2
        assert len(list(here.export())) == sum(added.values())
        here.memories({"softmax": "softmax-stability"})


def coach(*arguments: str, home: Path) -> "subprocess.CompletedProcess[str]":
    environ = {**os.environ, "COACH_HOME": str(home)}
    command = [sys.executable, "-m", "coach", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environ)


def test_the_command_line_takes_what_it_gave(tmp_path: Path) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    full(tmp_path).file.rename(there / "history.sqlite")
    exported = coach("history", "export", home=there)
    file = tmp_path / "export.jsonl"
    file.write_text(exported.stdout, "utf-8")
    run = coach("history", "import", str(file), "--json", home=here)
    assert json.loads(run.stdout) == {
        "added": {"sessions": 2, "turns": 2, "drafts": 1, "attempts": 2}
    }
    assert coach("history", "export", home=here).stdout == exported.stdout
    stats = json.loads(coach("stats", "--json", home=here).stdout)
    topics = {topic["topic"]: topic for topic in stats["topics"]}
    assert stats["answers"] == 2
    assert topics["optimization"]["answers"] == 1
    assert topics["cnn"]["mean_score"] is None
    for topic in topics.values():
        low, high = topic["interval"]
        assert 0 <= low <= topic["readiness"] <= high <= 1
    due = json.loads(coach("due", "--json", home=here).stdout)["due"]
    assert {row["id"] for row in due} == {"adam", "softmax-stability"}
    file.write_text("{}\n", "utf-8")
    wrong = coach("history", "import", str(file), "--json", home=here)
    assert (wrong.returncode, json.loads(wrong.stdout)["error"]["kind"]) == (2, "input_file")
    assert coach("history", "import", str(tmp_path / "absent"), home=here).returncode == 2
