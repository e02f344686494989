"""Movement in lists for hands that know vim."""

from textual.binding import Binding, BindingType

LIST_KEYS: list[BindingType] = [
    Binding("j", "cursor_down", "key.move", show=False),
    Binding("k", "cursor_up", "key.move", show=False),
    Binding("g", "first", "key.move", show=False),
    Binding("G", "last", "key.move", show=False),
]
