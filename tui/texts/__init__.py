"""Every interface text, English and Chinese side by side, by the screens that show it."""

from tui.texts import common, drafts, history, home, interview, welcome

TEXTS = {
    **common.TEXTS,
    **home.TEXTS,
    **interview.TEXTS,
    **drafts.TEXTS,
    **history.TEXTS,
    **welcome.TEXTS,
}
