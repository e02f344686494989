"""Every interface text, English and Chinese side by side, by the screens that show it."""

from tui.texts import ask, common, deck, drafts, home, interview

TEXTS = {
    **common.TEXTS,
    **home.TEXTS,
    **interview.TEXTS,
    **drafts.TEXTS,
    **ask.TEXTS,
    **deck.TEXTS,
}
