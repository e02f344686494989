"""The sentences that say why a card was chosen."""

from coach.card import Bilingual

TEXTS: dict[str, Bilingual] = {
    "basis": Bilingual("First this one: {later} builds on it.", "先问这一题：{later} 以它为基础。"),
    "new": Bilingual(
        "New: you would answer about {chance} of the {topic} cards you have not seen.",
        "新题：{topic} 中没见过的题，你大约能答对 {chance}。",
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
