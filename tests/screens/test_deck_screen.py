"""Browsing the deck, action by action."""

from dataclasses import replace
from typing import Any

from screen_helpers import session_of, settle, wait_until
from screen_standins import ADAM, DROPOUT, SOFTMAX, StandInCoach, verdict
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Select

from coach.deck import Deck
from coach.errors import IndexMissing
from coach.interview import Plan, current
from tui import drive
from tui.app import CoachApp
from tui.catalogue import Filter, entries, matching
from tui.screens.deck import DeckScreen
from tui.screens.drafts import DraftsScreen
from tui.screens.interview import InterviewScreen
from tui.screens.passage import PassageScreen
from tui.widgets.card_list import CardList
from tui.widgets.card_preview import CardPreview
from tui.widgets.prose import Prose

SIZE = (80, 24)


def ids(app: CoachApp) -> list[str]:
    return [card.id for card in app.screen.query_one(CardList).cards]


def told(app: CoachApp) -> str:
    return str(app.screen.query_one("CardPreview > Prose", Prose).visual)


async def opened(pilot: "Pilot[Any]") -> None:
    await settle(pilot)
    await pilot.press("d")
    await settle(pilot)
    assert isinstance(pilot.app.screen, DeckScreen)


async def found(pilot: "Pilot[Any]", text: str) -> None:
    """Types a search and waits for its passages."""
    await pilot.press(*text)
    whole = pilot.app.screen.query_one(Input).value
    coach = pilot.app.screen.coach  # type: ignore[attr-defined]
    await wait_until(pilot, lambda: coach.retriever.asked[-1:] == [whole])
    await settle(pilot)


def answer(coach: StandInCoach, card_id: str, score: float) -> None:
    """Puts a marked answer to a card in the history."""
    session = session_of(coach, card_id)
    asked = current(session, coach.deck)
    assert asked is not None
    marked = replace(verdict(""), card=card_id, score=score, key_points=(), follow_up="")
    drive.record(coach, session, drive.turn(asked, "x", coach.clock(), 1.0, verdict=marked))


async def test_cards_are_found_in_both_languages_and_by_their_answers(
    stand_in: StandInCoach,
) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        box = app.screen.query_one(Input)
        for text, expected in (
            ("偏差修正", ["adam"]),
            ("maximum ROW", ["softmax-code"]),
            ("nowhere", []),
            ("", ["softmax-code", "adam", "dropout"]),
        ):
            box.value = text
            await pilot.pause()
            assert ids(app) == expected


async def test_passages_are_found_as_one_types_and_open(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await found(pilot, "adam")
        await pilot.press("down", "p")
        await settle(pilot)
        assert "Adam and its bias correction" in told(app)
        await pilot.press("enter")
        assert isinstance(app.screen, PassageScreen)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert "How does Adam choose" in told(app)


async def test_passages_that_come_in_leave_the_card_in_sight(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await found(pilot, "adam")
        assert app.screen.query_one(CardPreview).showing.card is ADAM


async def test_a_search_that_fails_is_told_once(stand_in: StandInCoach) -> None:
    def fail(query: str, k: int = 5) -> Any:
        stand_in.retriever.asked.append(query)
        raise IndexMissing("The index cannot be read.", "Run `coach index rebuild`.")

    stand_in.retriever.search = fail
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await found(pilot, "adam")
        await found(pilot, "x")
        assert len(app._notifications) == 1
        assert ids(app) == []


async def test_filters_leave_the_cards_that_fit(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("down", "l")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert ids(app) == ["softmax-code", "dropout"]
        assert app.screen.focused is app.screen.query_one(CardList)
        app.screen.query_one("#topic", Select).value = "regularization"
        await settle(pilot)
        assert ids(app) == ["dropout"]
        app.screen.query_one("#topic", Select).clear()
        app.screen.query_one("#level", Select).clear()
        await settle(pilot)
        assert len(ids(app)) == 3


def test_due_weak_and_new_follow_the_history(stand_in: StandInCoach) -> None:
    answer(stand_in, "adam", 0.3)
    answer(stand_in, "dropout", 1.0)
    listed = entries(stand_in)

    def of(state: Any) -> list[str]:
        return [entry.card.id for entry in matching(listed, Filter(state=state))]

    assert of("new") == ["softmax-code"]
    assert of("weak") == ["adam"]
    assert of("due") == []
    later = stand_in.clock().replace(year=2030)
    stand_in.clock = lambda: later
    assert [e.card.id for e in entries(stand_in) if "due" in e.states] == ["adam", "dropout"]


def test_words_in_the_question_come_first(stand_in: StandInCoach) -> None:
    found = matching(entries(stand_in), Filter("maximum"))
    assert [entry.card.id for entry in found] == ["softmax-code"]
    both = matching(entries(stand_in), Filter("scale"))
    assert [entry.card.id for entry in both] == ["adam", "dropout"]


async def test_answers_are_hidden_until_asked_for(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    point, reference = ADAM.key_points[0].text.en, ADAM.reference.en
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("down", "down")
        await pilot.pause()
        assert ADAM.question.en in told(app)
        assert ADAM.question.zh in told(app)
        shown = []
        for _ in range(4):
            shown.append((point in told(app), reference in told(app)))
            await pilot.press("space")
            await pilot.pause()
        assert shown == [(False, False), (True, False), (True, True), (False, False)]
        assert app.screen.query_one(CardPreview).told == 1
        await pilot.press("j")
        await pilot.pause()
        assert DROPOUT.key_points[0].text.en not in told(app)


async def test_an_interview_asks_only_what_is_listed(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.screen.query_one("#level", Select).value = "junior"
        await settle(pilot)
        await pilot.press("down", "i")
        await settle(pilot)
        assert isinstance(app.screen, InterviewScreen)
    assert set(stand_in.history.sessions()[0].card_ids) == {"softmax-code", "dropout"}


async def test_an_empty_list_starts_nothing(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.screen.query_one(Input).value = "nowhere"
        await pilot.press("enter", "down", "i", "space", "x")
        await settle(pilot)
        assert isinstance(app.screen, DeckScreen)
    assert stand_in.history.sessions() == []


async def test_the_exercise_that_goes_with_a_card_opens(stand_in: StandInCoach) -> None:
    stand_in.deck = Deck((replace(ADAM, see_also=(SOFTMAX.id,)), DROPOUT, SOFTMAX))
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("down", "down", "x")
        await settle(pilot)
        assert isinstance(app.screen, DeckScreen)
        await pilot.press("up", "x")
        await settle(pilot)
        assert isinstance(app.screen, InterviewScreen)
        assert app.screen.has_class("-code")
    assert stand_in.history.sessions()[0].card_ids == ("softmax-code",)


async def test_a_deck_of_thousands_is_listed_to_its_end(stand_in: StandInCoach) -> None:
    cards = tuple(replace(ADAM, id=f"adam-{number:04}") for number in range(1000))
    stand_in.deck = Deck(cards)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        listed = app.screen.query_one(CardList)
        assert len(ids(app)) == 1000
        assert listed.option_count < 1000
        await pilot.press("down", *["pagedown"] * 60)
        await pilot.pause()
        assert listed.highlighted > 300
        await pilot.press("G")
        await pilot.pause()
        assert listed.chosen.card.id == "adam-0999"


async def test_drafts_are_a_key_away(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("down", "v")
        await settle(pilot)
        assert isinstance(app.screen, DraftsScreen)


async def test_what_was_practised_is_marked_when_one_comes_back(stand_in: StandInCoach) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("down", "down")
        await pilot.pause()
        assert "last mark" not in told(app)
        answer(stand_in, "adam", 0.3)
        await pilot.press("f1", "escape")
        await settle(pilot)
        assert "last mark 30%" in told(app)
        assert app.screen.query_one(CardList).get_option_at_index(1).prompt.plain.startswith("✗")


def test_sessions_of_chosen_cards_choose_among_them(stand_in: StandInCoach) -> None:
    session = drive.begin_among(stand_in, [ADAM, DROPOUT], Plan(questions=1))
    assert len(session.card_ids) == 1
    assert session.card_ids[0] in ("adam", "dropout")
    assert session.reasons[session.card_ids[0]]


async def test_a_page_of_choices_that_are_not_drawn_yet_is_no_failure(
    stand_in: StandInCoach,
) -> None:
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        select = app.screen.query_one("#topic", Select)
        select.focus()
        select.action_show_overlay()
        choices = select.query_one(OptionList)
        assert not await app.run_action("page_down", choices)
        app.screen.set_focus(choices)
        await app.run_action("move('ctrl+u')")
        await settle(pilot)
        await pilot.press("pagedown", "enter")
        await settle(pilot)
        assert select.value is not Select.BLANK
