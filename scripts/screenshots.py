"""Takes the pictures of `docs/images/` from the real program: `make pictures`.

The app runs headless with the configured model, index and sandbox, and a history of its own; the
pictures show what they really said.
"""

import asyncio
import html
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.cells import cell_len

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "screens")]

from screen_helpers import settle  # noqa: E402

from coach.app import Coach  # noqa: E402
from coach.interview import Plan  # noqa: E402
from coach.paths import Paths  # noqa: E402
from coach.settings import with_value  # noqa: E402
from tui import drive  # noqa: E402
from tui.app import CoachApp  # noqa: E402
from tui.screens.interview import InterviewScreen  # noqa: E402

SIZE = (120, 34)
ANSWER = {
    "en": "Adam keeps a moving average of the gradient, which acts like momentum, and one of the "
    "squared gradient. It divides by the root of the second, so each parameter has its own step.",
    "zh": "Adam 维护梯度的滑动平均，并除以均方的平方根，所以每个参数有自己的步长。",
}
_TEXT = re.compile(r'textLength="[\d.]+"([^>]*)>([^<]*)</text>')
_CELL = 12.2


def widened(svg: str) -> str:
    """The picture with Chinese at its real width: the exporter counts characters, not cells."""

    def fixed(match: "re.Match[str]") -> str:
        width = cell_len(html.unescape(match.group(2))) * _CELL
        return f'textLength="{width:.1f}"{match.group(1)}>{match.group(2)}</text>'

    return _TEXT.sub(fixed, svg)


def open_coach(home: str, lang: str, theme: str) -> Coach:
    """The configured coach in one language and theme, with a history of its own."""
    configured = Coach.open(os.environ)
    settings = configured.settings
    for name, value in {"ui.lang": lang, "interview.lang": lang, "ui.theme": theme}.items():
        settings = with_value(settings, name, value)
    places = {**configured.paths._asdict(), "history_file": Path(home) / "history.sqlite"}
    return Coach(settings, Paths(**places), environ={})


async def take(name: str, lang: str, theme: str) -> None:
    """Home, set-up, deck, question, verdict and code in one language and theme."""
    with tempfile.TemporaryDirectory() as home, open_coach(home, lang, theme) as coach:
        app = CoachApp(coach)
        async with app.run_test(size=SIZE) as pilot:
            await keep(pilot, f"home{name}")
            await pilot.press("n")
            await keep(pilot, f"setup{name}")
            await pilot.press("escape", "d")
            await keep(pilot, f"deck{name}")
            app.go_home()
            for card, step in (("adam", answer), (_code_card(coach), run)):
                plan = Plan(lang=lang, questions=1)  # type: ignore[arg-type]
                session = drive.begin_among(coach, [coach.deck.get(card)], plan)
                app.push_screen(InterviewScreen(session))
                await settle(pilot)
                await step(pilot, lang, name)
                await pilot.press("escape")
                await settle(pilot)


async def answer(pilot: Any, lang: str, name: str) -> None:
    pilot.app.screen.query_one("#answer").insert(ANSWER[lang])
    await pilot.pause(0.6)
    await keep(pilot, f"question{name}")
    await pilot.press("ctrl+s")
    await keep(pilot, f"verdict{name}")


async def run(pilot: Any, lang: str, name: str) -> None:  # noqa: ARG001
    await pilot.press("ctrl+r")
    await keep(pilot, f"code{name}")


async def keep(pilot: Any, name: str) -> None:
    """Writes what the screen shows once nothing is at work any more."""
    await settle(pilot)
    IMAGES.mkdir(parents=True, exist_ok=True)
    picture = widened(pilot.app.export_screenshot(title="coach"))
    (IMAGES / f"{name}.svg").write_text(picture, encoding="utf-8")


def _code_card(coach: Coach) -> str:
    return next(card.id for card in coach.deck if card.exercise and "softmax" in card.id)


def main() -> None:
    """Takes every picture."""
    for name, lang, theme in (
        ("", "en", "coach-dark"),
        ("-light", "en", "coach-light"),
        ("-zh", "zh", "coach-dark"),
    ):
        asyncio.run(take(name, lang, theme))
        print(
            f"{IMAGES.relative_to(ROOT)}: home, setup, deck, question, verdict and code, {lang}, {theme}"
        )


if __name__ == "__main__":
    main()
