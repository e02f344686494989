"""The home's list of things to do."""

from typing import NamedTuple

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class MenuItem(NamedTuple):
    """One thing to do: its key, its name, and a few words about it."""

    action: str
    key: str
    name: str
    note: str = ""


class Menu(OptionList):
    """Items with their keys; the option's id is the item's action."""

    items: reactive[tuple[MenuItem, ...]] = reactive(())

    def watch_items(self) -> None:
        # Who has not moved yet stands on the first item, whatever joins it.
        chosen = self.highlighted_option.id if self.highlighted and self.highlighted_option else ""
        self.clear_options()
        self.add_options([Option(_line(item), id=item.action) for item in self.items])
        actions = [item.action for item in self.items]
        if actions:
            self.highlighted = actions.index(chosen) if chosen in actions else 0


def _line(item: MenuItem) -> Content:
    return Content.assemble(
        (f"{item.key}  ", "$text-accent"),
        (item.name, "bold"),
        (f"  {item.note}" if item.note else "", "$foreground-muted"),
    )
