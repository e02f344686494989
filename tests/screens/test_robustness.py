"""The app under rough handling: storms of resizes, huge pastes, random keys, a terminal that goes away."""

import os
import pty
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from screen_helpers import session_of, settle, wait_until
from screen_standins import GOOD, StandInCoach, dying, partly, right, unsure
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widgets import Input

import tui.app
from coach.errors import CoachError, ModelMissing
from tui.app import CoachApp
from tui.screens.home import HomeScreen
from tui.screens.interview import InterviewScreen
from tui.screens.small import SmallScreen
from tui.widgets.editors import LONGEST_S, AnswerEditor
from tui.widgets.question_panel import QuestionPanel

CARDS = ("adam", "dropout", "softmax-code")
SIZE = (80, 24)
APP = Path(__file__).with_name("app_in_terminal.py")


class WatchedApp(CoachApp):
    """Remembers every error that it tells."""

    CSS_PATH = [Path(tui.app.__file__).parent / name for name in CoachApp.CSS_PATH]  # noqa: RUF012

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.told: list[str] = []

    def show_error(self, error: CoachError) -> None:
        self.told.append(f"{error.message} {error.hint}")
        super().show_error(error)

    @property
    def bugs(self) -> list[str]:
        """What was told of errors nobody had expected."""
        start = self.words("error.bug").partition("{")[0]
        return [text for text in self.told if text.startswith(start)]


def editor(app: CoachApp) -> AnswerEditor:
    name = "#program" if app.screen.has_class("-code") else "#answer"
    return app.screen.query_one(name, AnswerEditor)


async def storm(pilot: "Pilot[Any]", seed: int, count: int = 12) -> None:
    """Resizes at random, with no time between to settle, and ends at the usual size."""
    draw = random.Random(seed)
    for _ in range(count):
        await pilot.resize_terminal(draw.randint(60, 240), draw.randint(15, 70))
    for size in ((60, 15), (240, 70), (40, 10), SIZE):
        await pilot.resize_terminal(*size)
    await wait_until(pilot, lambda: not isinstance(pilot.app.screen, SmallScreen))
    await settle(pilot)


@pytest.mark.slow
async def test_an_interview_stands_storms_of_resizes(stand_in: StandInCoach) -> None:
    stand_in.grader.scripts = [partly, dying]
    app = WatchedApp(stand_in, resume=session_of(stand_in, *CARDS))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        editor(app).insert(GOOD)
        await storm(pilot, 1)
        assert editor(app).text == GOOD
        for seed in range(2, 8):
            phase = app.screen.phase if isinstance(app.screen, InterviewScreen) else ""
            await pilot.press("ctrl+g" if phase == "answering" and seed > 4 else "ctrl+s")
            await storm(pilot, seed, 3)
            await pilot.press("enter")
            await settle(pilot)
        assert not app.bugs
    answers = [turn.answer for turn in stand_in.history.sessions()[0].turns]
    assert GOOD in answers


@pytest.mark.parametrize("keys", [("a",), ("d",), ("n",), ("v",), ("d", "down", "space", "p")])
async def test_the_other_screens_stand_storms_of_resizes(
    stand_in: StandInCoach, keys: tuple[str, ...]
) -> None:
    app = WatchedApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(*keys)
        await settle(pilot)
        if keys == ("a",):
            app.screen.query_one(Input).value = "Why?"
            await pilot.press("enter")
        screen = app.screen
        await storm(pilot, len(keys))
        assert app.screen is screen
        assert not app.bugs


@pytest.mark.parametrize("opens", ["n", "a", "d", "h", "s", ",", "v", "t"])
async def test_keys_that_come_before_a_screen_is_there_break_nothing(
    stand_in: StandInCoach, opens: str
) -> None:
    app = WatchedApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for key in ("escape", "enter", "space", "slash", "x", "f9", "f1"):
            app.post_message(Key({",": "comma"}.get(opens, opens), opens))
            app.post_message(Key(key, key if len(key) == 1 else None))
            await settle(pilot)
            app.go_home()
            await settle(pilot)
        assert not app.bugs
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("key", ["n", "t", "h", "d", "f1", "f12"])
async def test_keys_that_come_after_the_last_open_nothing(stand_in: StandInCoach, key: str) -> None:
    app = WatchedApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for pressed in ("q", key):
            app.post_message(Key(pressed, pressed if len(pressed) == 1 else None))
        await pilot._wait_for_screen()
    assert app.return_code == 0
    assert not app.bugs


PASTES = {
    "one line": "x" * 100_000,
    "many lines": "动量 and Adam.\n" * 8_000,
    "one Chinese line": "字" * 50_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PASTES)
async def test_a_huge_paste_is_kept_whole_and_keys_work_on(
    stand_in: StandInCoach, name: str
) -> None:
    text = PASTES[name]
    session = session_of(stand_in, *CARDS)
    app = WatchedApp(stand_in, resume=session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.post_message(Paste(text))
        await wait_until(pilot, lambda: len(editor(app).text) >= len(text))
        await pilot.press("e", "n", "d")
        assert editor(app).text == f"{text}end"
        await pilot.press("escape")
        await settle(pilot)
        assert not app.bugs
    assert stand_in.history.draft(session.id) == f"{text}end"


LETTERS = [*"abcdefghijklmnopqrstuvwxyz0123456789?/ GXe", "梯", "度"]
OFTEN = ["enter", "escape", "tab", "up", "down", "left", "right", "backspace", "space"]
SELDOM = [
    *("f1", "f5", "shift+tab", "home", "end", "pageup", "pagedown", "delete", "question_mark"),
    *(f"ctrl+{key}" for key in "abcdefghijklmnopqrstuvwxyz"),
    *("ctrl+up", "ctrl+down", "ctrl+enter", "shift+left", "alt+x", "f2", "f3", "f4", "f6"),
]


class Monkey:
    """Presses keys at random and looks after what it has typed."""

    def __init__(self, coach: StandInCoach, seed: int) -> None:
        self.coach = coach
        self.draw = random.Random(seed)
        self.pressed: list[str] = []
        self.lost: list[tuple[str, list[str]]] = []
        self.bugs: list[str] = []

    async def play(self, keys: int) -> None:
        """Presses so many keys; an app that was left is opened again, in what is unfinished."""
        while len(self.pressed) < keys:
            unfinished = self.coach.history.unfinished() or session_of(self.coach, *CARDS)
            self.coach.grader.scripts = [
                self.draw.choice([partly, right, dying, unsure]) for _ in range(20)
            ]
            app = WatchedApp(self.coach, resume=unfinished)
            typed = None
            async with app.run_test(size=(self.draw.choice([60, 80, 160]), 30)) as pilot:
                await settle(pilot)
                while len(self.pressed) < keys and not app._exit:
                    typed = await self._press(pilot, typed)
                await app.action_quit()
            self._look_for(typed)
            self.bugs += app.bugs

    async def _press(
        self, pilot: "Pilot[Any]", typed: tuple[str, object, str] | None
    ) -> tuple[str, object, str] | None:
        """Presses a key, or some letters at once; returns what is being written: session, question, text."""
        pool = self.draw.choices([LETTERS, OFTEN, SELDOM], [3, 5, 1])[0]
        *quick, last = self.draw.choices(pool, k=self.draw.randint(1, 8) if pool is LETTERS else 1)
        self.pressed += [*quick, last]
        for letter in quick:
            pilot.app.post_message(Key(letter, letter))
        await pilot.press(last)
        if pilot.app._exit:
            return typed
        now = self._writing(pilot.app)
        if typed is not None and (now is None or now[:2] != typed[:2]):
            # Another question, or this one with a hint: what was typed is written within a second.
            await settle(pilot)
            await pilot.pause(LONGEST_S)
            await settle(pilot)
            self._look_for(typed)
        return now

    def _writing(self, app: "CoachApp | Any") -> tuple[str, object, str] | None:
        screen = app.screen
        if not isinstance(screen, InterviewScreen) or screen.phase != "answering":
            return None
        question = screen.query_one(QuestionPanel).question
        return screen._session.id, question, editor(app).text

    def _look_for(self, typed: tuple[str, object, str] | None) -> None:
        """What was written must be in the history: as a draft, or as an answer."""
        if typed is None or not typed[2].strip():
            return
        session_id, _, text = typed
        turns = self.coach.history.session(session_id).turns
        if text not in [self.coach.history.draft(session_id), *(turn.answer for turn in turns)]:
            self.lost.append((text, self.pressed[-5:]))


def refuse() -> Any:
    raise ModelMissing("No model takes part in this.", "")


async def played(coach: StandInCoach, seed: int, keys: int, monkeypatch: Any) -> Monkey:
    """A monkey after its keys."""
    monkeypatch.setenv("EDITOR", "true")
    # Files that it exports, under names it types.
    monkeypatch.chdir(coach.paths.history_file.parent)
    coach.language_model = refuse  # type: ignore[method-assign]
    monkey = Monkey(coach, seed)
    await monkey.play(keys)
    return monkey


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
async def test_random_keys_crash_nothing_and_lose_nothing(
    stand_in: StandInCoach, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkey = await played(stand_in, seed, 500, monkeypatch)
    assert (monkey.lost, monkey.bugs) == ([], [])


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(100, 120))
async def test_very_many_random_keys_crash_nothing_and_lose_nothing(
    stand_in: StandInCoach, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkey = await played(stand_in, seed, 10_000, monkeypatch)
    assert (monkey.lost, monkey.bugs) == ([], [])


class Terminal:
    """A program in a pseudo-terminal of its own."""

    def __init__(self, *command: str) -> None:
        self._master, slave = pty.openpty()
        environ = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True
        )
        os.close(slave)
        self.output = b""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with suppress(OSError):
            while piece := os.read(self._master, 65536):
                self.output += piece

    def wait_for(self, text: str) -> None:
        """Waits at most a minute for a text on the screen."""
        for _ in range(1200):
            if text.encode() in self.output:
                return
            time.sleep(0.05)
        raise AssertionError(f"{text!r} never came: {self.output[-2000:]!r}")

    def type(self, text: str) -> None:
        """Types a text and waits until all of it has been painted."""
        for char in text:
            os.write(self._master, char.encode())
        self.wait_for(text[-1])

    def close(self) -> None:
        """Closes the window: the program is hung up."""
        master, self._master = self._master, -1
        if master >= 0:
            os.close(master)


@contextmanager
def terminal(*command: str) -> Iterator[Terminal]:
    opened = Terminal(*command)
    try:
        yield opened
    finally:
        opened.process.kill()
        opened.process.wait()
        opened.close()


@pytest.mark.parametrize("way", ["close", "SIGHUP", "SIGTERM"])
def test_an_app_that_is_hung_up_keeps_the_draft(stand_in: StandInCoach, way: str) -> None:
    session = session_of(stand_in, *CARDS)
    with terminal(sys.executable, str(APP), session.id) as window:
        window.wait_for("Question 1")
        window.wait_for("Your answer")
        # No pause long enough for the draft to be written before the end comes.
        window.type("half an answeZ")
        if way == "close":
            window.close()
        else:
            window.process.send_signal(getattr(signal, way))
        assert window.process.wait(30) is not None
    assert stand_in.history.draft(session.id) == "half an answeZ"
