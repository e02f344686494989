"""Every interface text, English and Chinese side by side, by the screens that show it."""

from tui.texts import about, common, drafts, evaluation, home, interview, settings

TEXTS = {
    **common.TEXTS,
    **about.TEXTS,
    **home.TEXTS,
    **interview.TEXTS,
    **drafts.TEXTS,
    **settings.TEXTS,
    **evaluation.TEXTS,
}
