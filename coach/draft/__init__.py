"""Cards made from the user's own notes: a model proposes, code checks, the user decides."""

from coach.draft.drafter import Drafter, Todo, todo
from coach.draft.shelf import Draft, Shelf

__all__ = ["Draft", "Drafter", "Shelf", "Todo", "todo"]
