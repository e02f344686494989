"""The sentences that say why a card was chosen."""

from coach.card import Bilingual, Level

LEVELS: dict[Level, Bilingual] = {
    "junior": Bilingual("junior", "初级"),
    "mid": Bilingual("mid-level", "中级"),
    "senior": Bilingual("senior", "高级"),
}

TEXTS: dict[str, Bilingual] = {
    "basis": Bilingual(
        "First this one, because {later} builds on it.", "先问这一题，因为 {later} 以它为基础。"
    ),
    "new": Bilingual(
        "New: your chance with a {level} question on {topic} that you have not seen is {chance}.",
        "新题：{topic} 中没见过的{level}题，你答好的可能约为 {chance}。",
    ),
    "due": Bilingual(
        "Due since {since}: the chance that you still know it has fallen to {chance}.",
        "{since} 起该复习：仍然记得的可能已降到 {chance}。",
    ),
    "weak": Bilingual("Weak: it was last marked {mark}.", "薄弱：上次得分 {mark}。"),
    "early": Bilingual(
        "Not due yet, but nothing that fits is known less well ({chance}).",
        "还没到期，但合适的题里没有更不熟的了（{chance}）。",
    ),
}
