"""Every interface text, English and Chinese side by side, by the screens that show it."""

from tui.texts import (
    about,
    ask,
    common,
    deck,
    drafts,
    evaluation,
    history,
    home,
    interview,
    settings,
    welcome,
)

TEXTS = {
    **common.TEXTS,
    **about.TEXTS,
    **home.TEXTS,
    **interview.TEXTS,
    **drafts.TEXTS,
    **ask.TEXTS,
    **deck.TEXTS,
    **history.TEXTS,
    **welcome.TEXTS,
    **settings.TEXTS,
    **evaluation.TEXTS,
}
