"""Who reads Chinese is told in Chinese what failed and what to do."""

from screen_helpers import session_of, settle
from screen_standins import GOOD, StandInCoach
from test_other_screens import SIZE, text_of, told

from coach.errors import IndexMissing, ModelTimeout
from coach.paths import Paths
from tui.app import CoachApp


async def test_a_model_that_gives_no_reply(paths: Paths) -> None:
    coach = StandInCoach(paths, **{"ui.lang": "zh"})
    late = ModelTimeout(
        "m at http://127.0.0.1:9/v1 gave no complete reply within 9 s.", "Try again in a moment."
    )
    coach.grader.scripts = [lambda _: [late]]
    app = CoachApp(coach, resume=session_of(coach, "adam"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.screen.query_one("#answer").insert(GOOD)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "m at http://127.0.0.1:9/v1 在 9 秒内没有给出完整回复。" in text_of(app)
        assert "请稍后重试。" in text_of(app)


async def test_what_the_app_notifies(paths: Paths) -> None:
    app = CoachApp(StandInCoach(paths, **{"ui.lang": "zh"}))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.show_error(IndexMissing("There is no index yet.", "Build it: coach index rebuild"))
        await settle(pilot)
        assert "还没有索引。\n请建立索引：coach index rebuild" in told(app)
