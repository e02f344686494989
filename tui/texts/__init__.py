"""Every interface text, English and Chinese side by side, by the screens that show it."""

from tui.texts import common, drafts, home, interview

TEXTS = {**common.TEXTS, **home.TEXTS, **interview.TEXTS, **drafts.TEXTS}
