"""Whole interviews in a real pseudo-terminal, with the model, the index and the history that users have."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from coach import interview as flow
from coach.deck import load_deck
from coach.history import History
from coach.interview import Ask, Session
from coach.paths import Paths
from tests.conftest import STORE

pytestmark = pytest.mark.real_model

DECK = load_deck()
SUBMIT, SKIP, ENTER, QUIT = b"\x13", b"\x07", b"\r", b"\x11"
PATIENCE_S = 900.0
PASTE = b"\x1b[200~%s\x1b[201~"
STEP_S = 2.0
IDLE = "I don't know."


class Typist:
    """Types into a program's terminal; reads from its screen and its history what came of it."""

    def __init__(self, terminal: int, process: "subprocess.Popen[bytes]", history: History) -> None:
        self.terminal, self.process, self.history = terminal, process, history
        self.painted = b""
        threading.Thread(target=self._read_on, daemon=True).start()

    def press(self, keys: bytes) -> None:
        """Sends keys."""
        os.write(self.terminal, keys)

    def session(self) -> Session:
        """The interview as it is kept."""
        return self.history.sessions()[0]

    def until(self, done: Callable[[], bool], again: bytes = b"") -> None:
        """Waits until something is done, pressing `again` every few seconds."""
        end = time.monotonic() + PATIENCE_S
        while not done():
            assert self.process.poll() is None, f"the app ended with {self.process.returncode}"
            assert time.monotonic() < end, self.painted[-2000:].decode(errors="replace")
            self.press(again)
            time.sleep(STEP_S)

    def answer(self, ask: Ask) -> None:
        """Answers a question and submits it; skips programs. Enter leaves the verdict that may stand before it."""
        turns = len(self.session().turns)
        if ask.kind == "code":
            self.until(lambda: len(self.session().turns) > turns, again=ENTER + SKIP)
            return
        terse = [e.answer for e in ask.card.exemplars if e.lang == "en"][1]
        text = IDLE if ask.kind == "follow_up" else " ".join(terse.split())
        pasted = PASTE % text.encode()
        self.until(lambda: text in self.history.draft(self.session().id), again=ENTER + pasted)
        self.press(SUBMIT)
        self.until(lambda: len(self.session().turns) > turns)

    def _read_on(self) -> None:
        with suppress(OSError):
            while painted := os.read(self.terminal, 65536):
                self.painted += painted


@contextmanager
def interview(home: Path, questions: int) -> Iterator[Typist]:
    """`coach interview` in a terminal of 80 by 24."""
    paths = Paths.from_environ({"COACH_HOME": str(home)})
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [sys.executable, "-m", "coach", "interview", "--questions", str(questions)]
    process = subprocess.Popen(
        [*command, "--seed", "1", "--lang", "en"],
        stdin=child,
        stdout=child,
        stderr=child,
        env={**os.environ, "COACH_HOME": str(home), "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(child)
    try:
        yield Typist(parent, process, History(paths.history_file))
    finally:
        process.kill()
        process.wait()
        os.close(parent)


def run(home: Path, questions: int) -> Session:
    """Answers every question of an interview, leaves by its summary and returns what is kept."""
    with interview(home, questions) as typist:
        before = len(typist.history.sessions())
        typist.until(lambda: len(typist.history.sessions()) > before)
        while ask := flow.current(typist.session(), DECK):
            typist.answer(ask)
        typist.until(lambda: typist.session().finished_at is not None, again=ENTER)
        typist.press(QUIT)
        assert typist.process.wait(60) == 0
        return typist.session()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that has nothing but the model."""
    assert STORE.installed(), "the embedded model is not installed: coach model pull"
    (tmp_path / "models").symlink_to(STORE.models_dir, target_is_directory=True)
    (tmp_path / "config.toml").write_text("[model]\ntimeout_s = 900\n")
    return tmp_path


def check(session: Session, questions: int) -> None:
    """Every question was asked once, and every answer to one has a mark."""
    asked = [turn.card_id for turn in session.turns if turn.kind != "follow_up"]
    assert len(asked) == len(set(asked)) == questions
    graded = [turn.verdict for turn in session.turns if not turn.skipped]
    assert graded
    assert all(verdict is not None and verdict.score is not None for verdict in graded)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_ten_questions_are_asked_answered_and_marked(home: Path) -> None:
    check(run(home, 10), 10)


@pytest.mark.soak
@pytest.mark.timeout(36_000)
def test_two_hundred_questions_are_asked_answered_and_marked(home: Path) -> None:
    for _ in range(4):
        check(run(home, 50), 50)
