"""Setting up an interview: topics, level, length, language, time. Enter starts with what is shown."""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from coach.card import LEVELS, Level
from coach.language import LANGS
from tui.background import in_background
from tui.screens.base import CoachScreen, name_keys
from tui.widgets.choice import Choice
from tui.widgets.key_line import KeyLine
from tui.widgets.title_line import TitleLine
from tui.widgets.topic_list import TopicList

if TYPE_CHECKING:
    from coach.deck import Deck
    from coach.interview import Plan, Session

LENGTHS = (1, 3, 5, 8, 12, 20)
MINUTES = (0, 15, 30, 45, 60)


class SetupScreen(CoachScreen[None]):
    """A form whose defaults come from the settings."""

    CSS_PATH = "setup.tcss"
    BINDINGS: ClassVar = [
        Binding("enter", "start", "key.start", priority=True),
        Binding("escape", "app.pop_screen", "key.back"),
    ]

    class FoundDeck(Message):
        """The deck was read."""

        def __init__(self, deck: "Deck") -> None:
            super().__init__()
            self.deck = deck

    class Begun(Message):
        """A session was made."""

        def __init__(self, session: "Session") -> None:
            super().__init__()
            self.session = session

    def __init__(self) -> None:
        super().__init__()
        self._deck: Deck | None = None

    def compose(self) -> ComposeResult:
        words, defaults = self.words, self.coach.settings.interview
        self._lengths = _with(LENGTHS, defaults.questions)
        self._minutes = _with(MINUTES, defaults.minutes)
        yield TitleLine(words("setup.title"))
        with Horizontal(id="body"):
            topics = TopicList(id="topics", classes="panel")
            topics.border_title = words("setup.topics")
            topics.border_subtitle = words("setup.topics_all")
            with VerticalScroll(id="form", classes="panel", can_focus=False) as form:
                form.border_title = words("setup.plan")
                yield from self._choices()
                yield Static(id="fitting", markup=False)
            yield topics
        yield Static(words("setup.hint"), id="hint", classes="muted", markup=False)
        yield KeyLine()

    def _choices(self) -> ComposeResult:
        words, defaults = self.words, self.coach.settings.interview
        names = tuple(words(f"setup.level_{name}") for name in ("any", *LEVELS))
        level = (*LEVELS,).index(defaults.level) + 1 if defaults.level else 0
        yield Choice(words("setup.level"), names, level, id="level")
        lengths = tuple(map(str, self._lengths))
        chosen = self._lengths.index(defaults.questions)
        yield Choice(words("setup.length"), lengths, chosen, id="length")
        chosen = LANGS.index(defaults.lang)
        yield Choice(words("setup.lang"), ("English", "中文"), chosen, id="lang")
        limits = tuple(
            words("setup.minutes_value", minutes=m) if m else words("setup.no_limit")
            for m in self._minutes
        )
        chosen = self._minutes.index(defaults.minutes)
        yield Choice(words("setup.minutes"), limits, chosen, id="minutes")

    def on_mount(self) -> None:
        super().on_mount()
        name_keys(self.query_one(TopicList), self.words)
        self.query_one("#level").focus()
        self._read_deck()

    @in_background("deck", exclusive=True)
    def _read_deck(self) -> None:
        self.post_message(self.FoundDeck(self.coach.deck))

    @in_background("start", exclusive=True)
    def _begin(self, plan: "Plan") -> None:
        from tui.drive import begin

        self.post_message(self.Begun(begin(self.coach, plan)))

    @on(FoundDeck)
    def _show_topics(self, event: FoundDeck) -> None:
        self._deck = event.deck
        counts = dict.fromkeys(event.deck.topics, 0)
        for card in event.deck:
            counts[card.topic] += 1
        self.query_one(TopicList).topics = tuple(counts.items())
        self._show_fitting()

    @on(Begun)
    def _enter(self, event: Begun) -> None:
        from tui.screens.interview import InterviewScreen

        self.app.switch_screen(InterviewScreen(event.session))

    @on(Choice.Changed)
    @on(TopicList.Changed)
    def _show_fitting(self) -> None:
        words, topics = self.words, self.query_one(TopicList)
        count = len(topics.chosen)
        some = words("setup.topics_some", count=count)
        topics.border_subtitle = some if count else words("setup.topics_all")
        fitting = self._fitting()
        if self._deck is None:
            return
        asked = min(fitting, self._length)
        text = (
            words("setup.fitting", cards=fitting, asked=asked)
            if fitting
            else words("setup.none_fits")
        )
        label = self.query_one("#fitting", Static)
        label.update(text)
        label.set_class(not fitting, "-none")

    def action_start(self) -> None:
        from coach.interview import Plan

        if self._deck is not None and not self._fitting():
            self.notify(self.words("setup.none_fits"), severity="warning")
            return
        plan = Plan(
            topics=tuple(sorted(self.query_one(TopicList).chosen)),
            level=self._level,
            lang=LANGS[self._chosen("lang")],
            questions=self._length,
            minutes=self._minutes[self._chosen("minutes")] or None,
            seed=secrets.randbelow(2**31),
        )
        self._begin(plan)

    def _fitting(self) -> int:
        topics, level = self.query_one(TopicList).chosen, self._level
        return sum(
            (not topics or card.topic in topics) and level in (None, card.level)
            for card in self._deck or ()
        )

    @property
    def _level(self) -> Level | None:
        chosen = self._chosen("level")
        return LEVELS[chosen - 1] if chosen else None

    @property
    def _length(self) -> int:
        return self._lengths[self._chosen("length")]

    def _chosen(self, name: str) -> int:
        return self.query_one(f"#{name}", Choice).chosen


def _with(values: Sequence[int], wanted: int) -> list[int]:
    return sorted({*values, wanted})
