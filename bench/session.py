"""A session of 200 questions: memory after 10 of them and after all, and stalls of the event loop.

The app, the deck, the index, the embedder and the history are those of users; a scripted model replies at
once, and nothing but that is made up. The app runs in a process of its own, without a terminal.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from bench.stalls import LONG_S, Stalls, watched
from coach.app import Coach
from coach.deck import load_deck
from coach.interview import Plan
from coach.models.scripted import ScriptedChat
from coach.paths import Paths
from coach.settings import Settings
from tui.app import CoachApp
from tui.screens.interview import InterviewScreen
from tui.screens.summary import SummaryScreen
from tui.widgets.editors import AnswerEditor
from tui.widgets.question_panel import QuestionPanel

LIMIT = 1.3
EARLY, WHOLE = 10, 200
PATIENCE_S, STEP_S = 120.0, 0.02


class Player:
    """Answers every question of the interview that is open, and goes on."""

    def __init__(self, pilot: "Pilot[Any]") -> None:
        self._pilot = pilot
        self.app = pilot.app
        self.answered = 0
        self.memory: dict[int, float] = {}

    async def play(self) -> None:
        """Ends with the summary."""
        while not isinstance(self.app.screen, SummaryScreen):
            await self._step()

    async def _step(self) -> None:
        screen = self.app.screen
        if not isinstance(screen, InterviewScreen):
            await self._until(lambda: self.app.screen is not screen)
        elif screen.phase == "answering":
            await self._answer(screen)
        elif screen.phase == "judged":
            await self._pilot.press("enter")
            await self._until(lambda: self._left(screen, "judged"))
        else:
            await asyncio.sleep(STEP_S)

    async def _answer(self, screen: InterviewScreen) -> None:
        asked = screen.query_one(QuestionPanel).question
        if screen.has_class("-code"):
            await self._pilot.press("ctrl+g")
            await self._until(lambda: self._asks_other(screen, asked))
        else:
            for word in TEXTS[self.answered % len(TEXTS)].split():
                screen.query_one("#answer", AnswerEditor).insert(f"{word} ")
                await asyncio.sleep(0)
            await self._pilot.press("ctrl+s")
            await self._until(lambda: self._left(screen, "answering"))
        self.answered += 1
        self.memory[self.answered] = _resident_mib()

    def _left(self, screen: InterviewScreen, phase: str) -> bool:
        return self.app.screen is not screen or screen.phase != phase

    def _asks_other(self, screen: InterviewScreen, asked: object) -> bool:
        gone = self.app.screen is not screen
        return gone or screen.query_one(QuestionPanel).question is not asked

    async def _until(self, done: Any) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not done():
                await asyncio.sleep(STEP_S)


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


TEXTS = [card.reference.en for card in load_deck()]


async def played() -> dict[str, Any]:
    """Plays a session; its memory in MiB by the number of answers, and its stalls."""
    chat = ScriptedChat(replies=lambda _: {"A": 0.9, "C": 0.1})
    coach = Coach(Settings(), Paths.from_environ(os.environ), chat=chat)
    app = CoachApp(coach, plan=Plan(questions=WHOLE))
    async with app.run_test(size=(80, 24)) as pilot:
        with watched() as stalls:
            player = Player(pilot)
            await player.play()
    return {"memory": player.memory, "longest": stalls.longest, "count": stalls.count}


def main() -> bool:
    """Prints memory and stalls; whether both are within their limits."""
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "COACH_HOME": home}
        subprocess.run(
            [sys.executable, "-m", "coach", "index", "ensure"],
            env=environ, check=True, capture_output=True,
        )  # fmt: skip
        played = subprocess.run(
            [sys.executable, "-m", "bench.session", "inside"],
            env=environ, cwd=Path(__file__).parent.parent, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
    told = json.loads(played.stdout)
    memory = {int(number): size for number, size in told["memory"].items()}
    early, late = memory[EARLY], memory[max(memory)]
    print(f"A session of {WHOLE} questions ({max(memory)} answers)")
    print(f"  memory after {EARLY} answers {early:6.0f} MiB, in the end {late:6.0f} MiB", end="")
    print(f"  {late / early:.2f} times (at most {LIMIT})")
    return _tell_stalls(Stalls(told["longest"], told["count"])) and late / early <= LIMIT


def _tell_stalls(stalls: Stalls) -> bool:
    print(f"  stalls of the event loop over {1000 * LONG_S:.0f} ms: {sum(stalls.count.values())}")
    for name, longest in sorted(stalls.longest.items(), key=lambda item: -item[1]):
        print(f"    {stalls.count[name]:>4} up to {longest:5.0f} ms  {name}")
    return not stalls.count


if __name__ == "__main__":
    if sys.argv[1:] == ["inside"]:
        print(json.dumps(asyncio.run(played())))
    else:
        raise SystemExit(0 if main() else 1)
