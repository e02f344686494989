"""The deck: find cards and passages, read them, be asked them."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, OptionList, Select

from coach.card import LEVELS
from coach.errors import CoachError, UsageError
from tui.catalogue import STATES, Filter, matching
from tui.screens.base import name_keys
from tui.screens.deck_work import DeckWork
from tui.widgets.card_list import CardList
from tui.widgets.card_preview import CardPreview
from tui.widgets.key_line import KeyLine
from tui.widgets.passage_list import PassageList
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from tui.catalogue import Entry

SEARCH_PAUSE_S = 0.3


class DeckScreen(DeckWork):
    """Search and filters above two lists, cards and passages, and the highlighted one in full."""

    CSS_PATH = "deck.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "app.pop_screen", "key.back"),
        Binding("enter", "practise", "key.practise"),
        Binding("space", "more", "key.more"),
        Binding("slash", "search", "key.search", show=False),
        Binding("i", "interview", "key.interview_list"),
        Binding("p", "passages", "key.passages"),
        Binding("x", "exercise", "key.exercise", show=False),
        Binding("t", "filter('topic')", "key.filter_topic", show=False),
        Binding("l", "filter('level')", "key.filter_level", show=False),
        Binding("f", "filter('state')", "key.filter_state", show=False),
        Binding("v", "app.drafts", "key.drafts", show=False),
        Binding("ctrl+up", "scroll(-3)", "key.scroll_preview", show=False),
        Binding("ctrl+down", "scroll(3)", "key.scroll_preview", show=False),
        Binding("down", "into_list", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self._pause: Timer | None = None
        self._told: set[str] = set()

    def compose(self) -> ComposeResult:
        words, lang = self.words, self.coach.settings.interview.lang
        yield TitleLine(words("deck.title"))
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Input(placeholder=words("deck.filter"), classes="panel")
                with Horizontal(id="filters"):
                    yield self._select("topic", [])
                    yield self._select("level", [(words(f"setup.level_{v}"), v) for v in LEVELS])
                    yield self._select("state", [(words(f"deck.state_{v}"), v) for v in STATES])
                yield CardList(words, lang)
                yield PassageList(words)
            yield CardPreview(words, lang)
        yield KeyLine()

    def on_mount(self) -> None:
        super().on_mount()
        for listed in self.query(OptionList):
            name_keys(listed, self.words)
            # Textual's own words for the keys of a menu are English.
            for binding in listed._bindings.key_to_bindings.pop("escape", ()):
                named = replace(binding, description=self.words("key.close"))
                listed._bindings.key_to_bindings["escape"] = [named]
        self.query_one(Input).focus()
        self.query_one(PassageList).border_subtitle = self.words("deck.passages_hint")

    def on_screen_resume(self) -> None:
        # Drafts may have joined the deck meanwhile.
        self.read_deck()

    def _select(self, name: str, options: list[tuple[str, str]]) -> "Select[str]":
        prompt = self.words(f"deck.{name}_any")
        return Select(options, prompt=prompt, id=name, compact=True)

    @on(DeckWork.FoundCards)
    def _fill(self, event: DeckWork.FoundCards) -> None:
        self._entries = event.entries
        drafts = self.words("deck.drafts", count=event.drafts) if event.drafts else ""
        self.query_one(TitleLine).aside = drafts
        topics = dict.fromkeys(entry.card.topic for entry in event.entries)
        select = self.query_one("#topic", Select)
        chosen = select.value
        select.set_options([(topic, topic) for topic in topics])
        if chosen in topics:
            select.value = chosen
        self._filter()

    @on(DeckWork.Begun)
    def _enter(self, event: DeckWork.Begun) -> None:
        from tui.screens.interview import InterviewScreen

        self.app.switch_screen(InterviewScreen(event.session))

    @on(Select.Changed)
    def _filtered(self) -> None:
        self._filter()
        if isinstance(self.focused, Select):
            self.action_into_list()

    @on(Input.Changed)
    def _filter(self) -> None:
        listed = self.query_one(CardList)
        listed.entries = matching(self._entries, self._wanted)
        count = self.words("deck.count", shown=len(listed.entries), total=len(self._entries))
        listed.border_subtitle = count if listed.entries else self.words("deck.none")
        self._preview(self.focused if isinstance(self.focused, PassageList) else listed)

    @on(Input.Changed)
    def _search_soon(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(SEARCH_PAUSE_S, self._search_now)

    def _search_now(self) -> None:
        text, listed = self._wanted.text, self.query_one(PassageList)
        self.workers.cancel_group(self, "search")
        if any(map(str.isalnum, text)):
            listed.border_subtitle = self.words("deck.searching")
            self.find(text)
        else:
            listed.passages = ()
            listed.border_subtitle = self.words("deck.passages_hint")

    @on(DeckWork.FoundPassages)
    def _list_passages(self, event: DeckWork.FoundPassages) -> None:
        listed = self.query_one(PassageList)
        if event.text == self._wanted.text:
            listed.passages = event.passages
            count = str(len(event.passages))
            listed.border_subtitle = count if event.passages else self.words("deck.no_passages")

    def work_failed(self, group: str, error: CoachError) -> None:
        """Shows why; a search that fails as the one before it did says so in its place alone."""
        if group == "search":
            self.query_one(PassageList).border_subtitle = self.words("deck.no_passages")
        if group != "search" or error.message not in self._told:
            self._told.add(error.message)
            self.host.show_error(error)

    @on(OptionList.OptionHighlighted)
    def _highlight(self, event: OptionList.OptionHighlighted) -> None:
        # Passages that come in while somebody looks at a card don't take its place.
        passages = isinstance(event.option_list, PassageList)
        if passages == isinstance(self.focused, PassageList):
            self._preview(event.option_list)

    def on_descendant_focus(self) -> None:
        if isinstance(self.focused, CardList | PassageList):
            self.set_class(isinstance(self.focused, PassageList), "-passages")
            self._preview(self.focused)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        from tui.screens.passage import PassageScreen

        passage = self.query_one(PassageList).chosen
        if isinstance(event.option_list, CardList):
            self.action_practise()
        elif passage is not None:
            self.app.push_screen(PassageScreen(passage))

    @on(Input.Submitted)
    def action_practise(self) -> None:
        entry = self.query_one(CardList).chosen
        if entry is not None:
            self.begin([entry.card], 1)

    def action_exercise(self) -> None:
        entry = self.query_one(CardList).chosen
        if entry is not None and entry.related is not None:
            self.begin([entry.related], 1)

    def action_interview(self) -> None:
        cards = self.query_one(CardList).cards
        if cards:
            self.begin(cards, min(len(cards), self.coach.settings.interview.questions))
        else:
            self.host.show_error(UsageError(self.words("deck.empty_list")))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action == "exercise" and self.is_mounted:
            entry = self.query_one(CardList).chosen
            return entry is not None and entry.related is not None
        return True

    def action_more(self) -> None:
        preview = self.query_one(CardPreview)
        preview.told = (preview.told + 1) % 3  # type: ignore[assignment]
        self.set_class(preview.told > 0, "-reading")

    def action_passages(self) -> None:
        there = isinstance(self.focused, PassageList)
        self.set_class(not there, "-passages")
        # A list that was hidden takes the focus once it is laid out.
        self.call_after_refresh(self.query_one(CardList if there else PassageList).focus)

    def action_filter(self, name: str) -> None:
        select = self.query_one(f"#{name}", Select)
        select.focus()
        select.action_show_overlay()

    def action_scroll(self, lines: int) -> None:
        self.query_one(CardPreview).scroll_relative(y=lines, animate=False)

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_into_list(self) -> None:
        self.query_one(PassageList if self.has_class("-passages") else CardList).focus()

    def _preview(self, listed: OptionList) -> None:
        if isinstance(listed, CardList | PassageList):
            preview = self.query_one(CardPreview)
            preview.showing = listed.chosen
            self.set_class(preview.told > 0, "-reading")
            self.refresh_bindings()

    @property
    def _wanted(self) -> Filter:
        def chosen(name: str) -> str | None:
            value = self.query_one(f"#{name}", Select).value
            return value if isinstance(value, str) else None

        return Filter(
            text=self.query_one(Input).value,
            topic=chosen("topic"),
            level=chosen("level"),  # type: ignore[arg-type]
            state=chosen("state"),  # type: ignore[arg-type]
        )
