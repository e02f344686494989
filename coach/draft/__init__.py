"""Cards made from the user's own notes: a model proposes, code checks, the user decides."""

from coach.draft.box import Decision, Draft, DraftBox
from coach.draft.drafter import Drafter, Todo, todo
from coach.draft.editor import edited, open_editor

__all__ = ["Decision", "Draft", "DraftBox", "Drafter", "Todo", "edited", "open_editor", "todo"]
