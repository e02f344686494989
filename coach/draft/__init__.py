"""Cards made from the user's own notes: a model proposes, code checks, the user decides."""

from coach.draft.drafter import Drafter, Todo, todo
from coach.draft.editor import open_editor
from coach.draft.shelf import Decision, Draft, Shelf

__all__ = ["Decision", "Draft", "Drafter", "Shelf", "Todo", "open_editor", "todo"]
