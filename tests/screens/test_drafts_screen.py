"""The drafts: read, accepted, edited, rejected, taken back; and the ways to the screen."""

import os
import pty
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from draft_standins import MOMENTUM, NOISE, ReviewingCoach, shelve
from screen_helpers import settle
from textual.pilot import Pilot

from coach.paths import Paths
from tui.app import CoachApp
from tui.screens.drafts import DraftsScreen
from tui.screens.home import HomeScreen
from tui.widgets.draft_list import DraftList
from tui.widgets.draft_panel import DraftPanel
from tui.widgets.menu import Menu

NARROW, WIDE = (80, 24), (160, 48)
FAULTY = f"{MOMENTUM}-2"


def lending(coach: ReviewingCoach) -> CoachApp:
    """An app whose terminal can be lent to an editor, which one without a terminal cannot."""
    app = CoachApp(coach, drafts=True)
    app.suspend = nullcontext  # type: ignore[method-assign, assignment]
    return app


@pytest.fixture
def coach(paths: Paths) -> ReviewingCoach:
    coach = ReviewingCoach(paths)
    shelve(coach)
    return coach


def text_of(app: CoachApp) -> str:
    """Everything the screen shows, line by line."""
    rows = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in strip) for strip in rows)


def told(app: CoachApp) -> str:
    return "\n".join(notification.message for notification in app._notifications)


def ids(app: CoachApp) -> list[str]:
    return [draft.id for draft in app.screen.query_one(DraftList).drafts]


def chosen(app: CoachApp) -> str:
    """The highlighted draft, which is also the one that is shown."""
    draft = app.screen.query_one(DraftList).chosen
    showing = app.screen.query_one(DraftPanel).showing
    assert showing is not None
    assert showing.draft == draft
    return draft.id if draft else ""


async def press(pilot: "Pilot[Any]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def choose(pilot: "Pilot[Any]", draft_id: str) -> None:
    await settle(pilot)
    pilot.app.screen.query_one(DraftList).choose(draft_id)
    await settle(pilot)
    assert chosen(pilot.app) == draft_id  # type: ignore[arg-type]


async def test_a_draft_is_shown_whole_with_what_it_rests_on(coach: ReviewingCoach) -> None:
    app = CoachApp(coach, drafts=True)
    async with app.run_test(size=WIDE) as pilot:
        await choose(pilot, NOISE)
        shown = text_of(app)
        for part in (
            "What does weight noise do to training?",
            "权重噪声对训练有什么作用？",
            "notes.md:4 Noise is added to the weights.",
            "! unsupported It was found on [bold]the moon[/].",
            "它是在[b]月球[/b]上发现的。",
            "It acts like a penalty.",
            "The noise stays at test time.",
            "How large is the noise?",
            "regularization · junior · concept · drafted by scripted-1b",
            "1 unsupported · regularization · weight-noise-training",
            "1 to mend · optimization",
            "supported · optimization · momentum-adam-differ",
            "4 to review",
        ):
            assert part in shown
        assert shown.count("✓ supported") == 1


async def test_keys_go_from_draft_to_draft_and_scroll(coach: ReviewingCoach) -> None:
    app = CoachApp(coach, drafts=True)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        order = ids(app)
        assert order == [MOMENTUM, FAULTY, "unfinished", NOISE]
        await press(pilot, "n", "j", "down")
        assert chosen(app) == NOISE
        panel = app.screen.query_one(DraftPanel)
        await press(pilot, "space")
        await pilot.pause(0.5)
        assert panel.scroll_y > 0
        await press(pilot, "p", "k")
        assert chosen(app) == FAULTY
        assert panel.scroll_y == 0


async def test_an_accepted_draft_is_in_the_deck_at_once(coach: ReviewingCoach) -> None:
    app = CoachApp(coach, drafts=True)
    async with app.run_test(size=NARROW) as pilot:
        await choose(pilot, NOISE)
        assert NOISE not in coach.deck
        await press(pilot, "a")
        assert NOISE in coach.deck
        assert coach.deck.own == {NOISE}
        assert "In your deck" in text_of(app)
        assert NOISE not in ids(app)
        assert chosen(app) == "unfinished"
        await press(pilot, "u")
        assert chosen(app) == NOISE
        assert NOISE not in coach.deck
        assert list(coach.paths.cards_dir.iterdir()) == []


async def test_what_is_rejected_can_be_taken_back_newest_first(coach: ReviewingCoach) -> None:
    files = {file: file.read_bytes() for file in coach.paths.drafts_dir.glob("*.toml")}
    app = CoachApp(coach, drafts=True)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, "r", "r", "r", "r")
        assert coach.drafts_waiting == 0
        assert "coach cards draft PATH" in text_of(app)
        await press(pilot, "a", "e", "r", "n")
        await press(pilot, "u")
        assert chosen(app) == NOISE
        await press(pilot, "u", "u", "u", "u")
        assert chosen(app) == MOMENTUM
        await press(pilot, "down")
        assert chosen(app) == FAULTY
    assert {file: file.read_bytes() for file in files} == files


async def test_a_card_changed_since_is_not_taken_back(coach: ReviewingCoach) -> None:
    app = CoachApp(coach, drafts=True)
    async with app.run_test(size=NARROW) as pilot:
        await choose(pilot, NOISE)
        await press(pilot, "a")
        card = coach.paths.cards_dir / f"{NOISE}.toml"
        card.write_text(card.read_text("utf-8") + "# mine\n", "utf-8")
        await press(pilot, "u")
        assert "was changed since it was accepted" in told(app)
        assert NOISE not in ids(app)
    assert card.exists()


@pytest.mark.parametrize(
    ("draft_id", "finding"), [(FAULTY, "question.en is not English"), ("unfinished", "at line 1")]
)
async def test_a_faulty_draft_is_not_accepted(
    coach: ReviewingCoach, draft_id: str, finding: str
) -> None:
    app = CoachApp(coach, drafts=True)
    async with app.run_test(size=NARROW) as pilot:
        await choose(pilot, draft_id)
        shown = text_of(app)
        assert "✗ To mend before it can be accepted" in shown
        assert finding in shown
        await press(pilot, "a")
        assert "Not accepted" in told(app)
        assert draft_id in ids(app)
    assert not coach.paths.cards_dir.exists()


async def test_a_file_that_changed_meanwhile_is_shown_before_it_is_accepted(
    coach: ReviewingCoach,
) -> None:
    file = coach.paths.drafts_dir / f"{NOISE}.toml"
    app = CoachApp(coach, drafts=True)
    async with app.run_test(size=NARROW) as pilot:
        await choose(pilot, NOISE)
        file.write_text(file.read_text("utf-8").replace("weight noise", "weight jitter"), "utf-8")
        await press(pilot, "a")
        assert "has changed" in told(app)
        assert "What does weight jitter do" in text_of(app)
        await press(pilot, "a")
        assert "jitter" in coach.deck.get(NOISE).question.en


async def test_a_draft_decided_elsewhere_is_told_and_gone(coach: ReviewingCoach) -> None:
    app = CoachApp(coach, drafts=True)
    async with app.run_test(size=NARROW) as pilot:
        await choose(pilot, NOISE)
        (coach.paths.drafts_dir / f"{NOISE}.toml").unlink()
        await press(pilot, "r")
        assert f"There is no draft '{NOISE}'" in told(app)
        assert NOISE not in ids(app)


async def test_a_deck_that_cannot_be_written_is_told_and_the_draft_stays(
    coach: ReviewingCoach,
) -> None:
    coach.paths.cards_dir.write_text("a file where the folder should be", "utf-8")
    app = CoachApp(coach, drafts=True)
    async with app.run_test(size=NARROW) as pilot:
        await choose(pilot, NOISE)
        await press(pilot, "a")
        assert str(coach.paths.cards_dir) in told(app)
        assert "free space" in told(app)
        assert chosen(app) == NOISE
        await press(pilot, "r")
        assert NOISE not in ids(app)


async def test_a_faulty_draft_is_mended_in_the_editor(
    coach: ReviewingCoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "my editor.py"
    script.write_text(
        "import sys, pathlib\nfile = pathlib.Path(sys.argv[1])\n"
        "file.write_text(file.read_text('utf-8').replace('动量法呢？', 'What about it?'), 'utf-8')",
        "utf-8",
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")
    app = lending(coach)
    async with app.run_test(size=NARROW) as pilot:
        await choose(pilot, FAULTY)
        await press(pilot, "e")
        assert chosen(app) == FAULTY
        assert "What about it?" in text_of(app)
        assert "To mend" not in text_of(app)


@pytest.mark.parametrize("named", ["", "no-such-editor-here", "false"])
async def test_an_editor_that_fails_is_told(
    coach: ReviewingCoach, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", named)
    app = lending(coach)
    async with app.run_test(size=NARROW) as pilot:
        await choose(pilot, NOISE)
        await press(pilot, "e")
        assert f"{NOISE}.toml yourself" in told(app)
        assert chosen(app) == NOISE


async def test_where_no_editor_can_open_the_file_is_named(coach: ReviewingCoach) -> None:
    app = CoachApp(coach, drafts=True)
    async with app.run_test(size=NARROW) as pilot:
        await choose(pilot, NOISE)
        await press(pilot, "e")
        assert "No editor can be opened from here" in told(app)
        assert f"{NOISE}.toml" in told(app)


async def test_the_home_offers_drafts_where_some_wait(coach: ReviewingCoach) -> None:
    app = CoachApp(coach)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        assert "app.drafts" in [item.action for item in menu.items]
        assert "4 made from your notes" in text_of(app)
        await press(pilot, "v")
        assert isinstance(app.screen, DraftsScreen)
        await press(pilot, "r", "r", "r", "r", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert "app.drafts" not in [item.action for item in menu.items]


async def test_without_drafts_it_says_how_to_make_some(paths: Paths) -> None:
    app = CoachApp(ReviewingCoach(paths))
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        command = {c.title: c.callback for c in app.get_system_commands(app.screen)}
        command["Drafts to review"]()
        await settle(pilot)
        assert isinstance(app.screen, DraftsScreen)
        assert "No drafts wait for review." in text_of(app)
        assert "coach cards draft PATH" in text_of(app)


def test_the_command_opens_the_screen_on_a_terminal(coach: ReviewingCoach) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "coach", "cards", "review"]
    environ = {**os.environ, "LINES": "24", "COLUMNS": "80"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ) as run:
        os.close(theirs)
        painted = b""
        while b"4 to review" not in painted:
            painted += os.read(ours, 65536)
        os.write(ours, b"\x11")
        try:
            while os.read(ours, 65536):
                pass
        except OSError:
            os.close(ours)
    assert run.returncode == 0
    assert coach.drafts_waiting == 4
