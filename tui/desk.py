"""Deciding on drafts, one after the other; knows nothing of widgets."""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.draft import Decision, Draft, DraftBox


class Desk:
    """The drafts that wait, and what was decided since the screen was opened, the newest last."""

    def __init__(self, coach: "Coach") -> None:
        self._coach = coach
        self.done: list[Decision] = []

    @cached_property
    def _box(self) -> "DraftBox":
        return self._coach.draft_box

    def drafts(self) -> "tuple[Draft, ...]":
        """All drafts as they are on disk now, each key point looked up in its source lines."""
        drafts = tuple(self._box.drafts())
        for draft in drafts:
            # Kept by the draft: it is looked up here, away from the screen.
            _ = draft.support
        return drafts

    def accept(self, draft: "Draft") -> bool:
        """Moves a draft to the deck; False where its file is not what was read, or has findings."""
        now = self._box.get(draft.id)
        if now != draft or now.findings:
            return False
        self.done.append(self._box.accept(now))
        self._coach.forget_deck()
        return True

    def reject(self, draft: "Draft") -> None:
        """Deletes a draft."""
        self.done.append(self._box.reject(self._box.get(draft.id)))

    def undo(self) -> "Draft":
        """Takes the newest decision back; UsageError where its files have changed since."""
        decision = self.done.pop()
        self._box.undo(decision)
        self._coach.forget_deck()
        return decision.draft
