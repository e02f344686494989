"""Nothing the candidate did is lost: damage, migrations, two programs at once, a program that is killed."""

import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach import interview as flow
from coach.errors import InputFileError
from coach.history import HalfAnswer, History
from coach.history.copies import copies, is_sound
from coach.history.migrations import VERSIONS
from coach.interview import Plan, Session, Turn

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


class Days:
    """A clock that moves a day at each look."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(days=1)
        return self.now


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def history(tmp_path: Path, told: list[str]) -> History:
    return History(tmp_path / "history.sqlite", Days(), told.append)


def session(session_id: str, finished: bool = True) -> Session:
    turn = Turn("adam", "question", "?", "答案", skipped=True, answered_at=NOW)
    begun = flow.answered(Session(session_id, Plan(), ("adam",), NOW), turn)
    return flow.finish(begun, NOW) if finished else begun


def damage(file: Path, content: bytes = b"") -> None:
    """Overwrites a file, or the middle of it."""
    whole = file.read_bytes()
    file.write_bytes(content or whole[:3000] + b"\xa5" * (len(whole) - 3000))


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4096, b""]
)
def test_a_damaged_file_is_set_aside_and_the_newest_copy_takes_its_place(
    history: History, told: list[str], content: bytes
) -> None:
    history.save(session("s1"))
    damage(history.file, content)
    damaged = history.file.read_bytes()
    assert [found.id for found in history.sessions()] == ["s1"]
    assert len(told) == 1
    aside = next(history.file.parent.glob("history-damaged-*.sqlite"))
    assert str(aside) in told[0]
    assert copies(history.file)[0].name in told[0]
    assert aside.read_bytes() == damaged
    with closing(sqlite3.connect(history.file)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_what_is_deleted_is_in_no_copy_and_not_in_the_file(history: History) -> None:
    secret = Turn("adam", "question", "?", "my secret words", skipped=True, answered_at=NOW)
    history.save(flow.finish(flow.answered(Session("s1", Plan(), ("adam",), NOW), secret), NOW))
    history.save(session("s2"))
    assert any(b"my secret words" in copy.read_bytes() for copy in copies(history.file))
    history.delete("s1")
    files = [file for file in history.file.parent.rglob("*") if file.is_file()]
    assert len(copies(history.file)) == 1
    assert not [file for file in files if b"my secret words" in file.read_bytes()]


def test_damage_found_by_many_at_once_is_mended_once(history: History, told: list[str]) -> None:
    history.save(session("s1"))
    damage(history.file)
    ready = threading.Barrier(6)

    def look(_: int) -> list[str]:
        ready.wait()
        found = History(history.file, Days(), told.append).sessions()
        return [session.id for session in found]

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(look, range(6))) == [["s1"]] * 6
    assert len(told) == 1
    assert len(list(history.file.parent.glob("history-damaged-*.sqlite"))) == 1


def test_a_damaged_lock_file_stops_nobody(history: History, told: list[str]) -> None:
    history.save(session("s1"))
    history.file.with_suffix(".lock").write_bytes(b"garbage" * 100)
    assert len(history.sessions()) == 1
    history.save(session("s2"))
    assert told == []


def test_a_damaged_copy_is_passed_over(history: History, told: list[str]) -> None:
    for number in range(3):
        history.save(session(f"s{number}"))
    newest, middle, _ = copies(history.file)
    newest.write_bytes(b"nothing")
    damage(history.file)
    assert len(history.sessions()) == 2
    assert middle.name in told[0]


def test_without_a_copy_the_record_starts_anew_and_the_damaged_file_is_kept(
    history: History, told: list[str]
) -> None:
    history.file.write_bytes(b"no database" * 500)
    assert history.sessions() == []
    assert "no copy" in told[0]
    assert next(history.file.parent.glob("history-damaged-*")).read_bytes() == b"no database" * 500
    history.save(session("s1"))
    assert len(history.sessions()) == 1


def test_what_is_being_saved_when_damage_is_found_is_not_lost(history: History) -> None:
    history.save(session("s1"))
    damage(history.file)
    history.save(session("s2"))
    assert {found.id for found in history.sessions()} == {"s1", "s2"}


def test_a_copy_is_kept_when_an_interview_is_over_at_most_one_a_day_and_three_in_all(
    tmp_path: Path,
) -> None:
    now = NOW
    history = History(tmp_path / "history.sqlite", lambda: now)
    history.save(session("open", finished=False))
    assert copies(history.file) == []
    for number in range(6):
        history.save(session(f"s{number}"))
        history.save(session(f"t{number}"))
        assert len(copies(history.file)) == min(3, number + 1)
        now += timedelta(days=1)
    assert all(is_sound(copy) for copy in copies(history.file))


def at_version_one(file: Path, *more: str) -> Path:
    """A history as the first version of the program left it, then changed by more statements."""
    with closing(sqlite3.connect(file)) as db, db:
        for statement in (*VERSIONS[0], *more, "PRAGMA user_version = 1"):
            db.execute(statement)
    return file


def test_a_file_is_copied_before_it_is_migrated(tmp_path: Path) -> None:
    file = at_version_one(
        tmp_path / "history.sqlite", "INSERT INTO notes VALUES ('offer', 'declined')"
    )
    assert History(file, Days()).note("offer") == "declined"
    (copy,) = copies(file)
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == 1
        assert db.execute("SELECT value FROM notes").fetchone()[0] == "declined"


def test_a_draft_of_an_older_version_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    with closing(sqlite3.connect(file)) as db:
        for statement in (step for version in VERSIONS[:3] for step in version):
            db.execute(statement)
        db.execute("INSERT INTO sessions VALUES ('s1', '{}', '[]', '', NULL, '{}')")
        db.execute("INSERT INTO drafts VALUES ('s1', 0, 'half a sent')")
        db.execute("PRAGMA user_version = 3")
        db.commit()
    assert History(file).half_answer("s1") == HalfAnswer("half a sent")


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = at_version_one(
        tmp_path / "history.sqlite", "CREATE TABLE attempts (of_another_kind TEXT)"
    )
    with pytest.raises(InputFileError, match="attempts"):
        History(file, Days()).sessions()
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == 1
        assert db.execute("SELECT COUNT(*) FROM sessions").fetchone()[0] == 0


def test_a_copy_that_cannot_be_made_is_told_and_the_answer_is_kept(
    history: History, told: list[str]
) -> None:
    (history.file.parent / "backups").write_text("a file where the folder would be", "utf-8")
    history.save(session("s1"))
    assert "copy" in told[0]
    assert len(history.sessions()) == 1


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from coach.history import History
from coach.interview import Plan, Session, Turn, answered
file, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
history = History(file)
now = datetime(2026, 1, 1, tzinfo=UTC)
print("ready", flush=True)
sys.stdin.readline()
for number in range(count):
    begun = Session(f"{name}-{number}", Plan(), ("adam",), now)
    history.save(begun)
    history.save_draft(begun.id, f"half {number}")
    history.save(answered(begun, Turn("adam", "question", "?", "x", skipped=True, answered_at=now)))
    history.memories({})
    print(number, flush=True)
"""


def writer(file: Path, name: str, count: int) -> "subprocess.Popen[str]":
    arguments = [sys.executable, "-c", WRITER, str(file), name, str(count)]
    return subprocess.Popen(
        arguments, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def go(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_two_programs_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    programs = [writer(file, name, 15) for name in ("one", "two")]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        go(program)
    assert [(program.communicate()[1], program.returncode) for program in programs] == [
        (None, 0)
    ] * 2
    history = History(file)
    assert len(history.sessions(answered=True)) == 30
    assert history.memories({})["adam"].whole.reviews == 30


def test_a_killed_program_leaves_everything_it_had_saved(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    program = writer(file, "killed", 10_000)
    assert program.stdout is not None
    program.stdout.readline()
    go(program)
    saved = [program.stdout.readline() for _ in range(8)][-1]
    program.send_signal(signal.SIGKILL)
    program.communicate()
    told: list[str] = []
    history = History(file, tell=told.append)
    assert len(history.sessions(answered=True)) >= int(saved) + 1
    history.save(session("after"))
    assert told == []
