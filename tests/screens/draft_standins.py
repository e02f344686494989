"""Drafts of cards made by hand: a sound one, a doubtful one, a faulty one and a broken one."""

from screen_standins import StandInCoach

from coach.app import Coach
from coach.card import Bilingual, Card, FollowUp, KeyPoint, Source
from coach.document import SourceLine
from coach.draft.file import Origin
from coach.language import Lang

DOUBTFUL = Card(
    id="",
    topic="regularization",
    level="junior",
    kind="concept",
    question=Bilingual("What does weight noise do to training?", "权重噪声对训练有什么作用？"),
    reference=Bilingual(
        "Noise is added to the weights.\nIt acts like a penalty.", "给权重加噪声。"
    ),
    key_points=(
        KeyPoint("p1", Bilingual("Noise is added to the weights.", "给权重加噪声。")),
        KeyPoint(
            "p2", Bilingual("It was found on [bold]the moon[/].", "它是在[b]月球[/b]上发现的。")
        ),
    ),
    common_mistakes=(Bilingual("The noise stays at test time.", "测试时仍加噪声。"),),
    follow_ups=(FollowUp("p1", Bilingual("How large is the noise?", "噪声有多大？")),),
    sources=(Source("notes.md", 3),),
)
SOUND = Card(
    id="",
    topic="optimization",
    level="mid",
    kind="compare",
    question=Bilingual("How do momentum and Adam differ?", "动量法和 Adam 有什么区别？"),
    reference=Bilingual("Adam also divides by the root mean square.", "Adam 还除以均方根。"),
    key_points=(
        KeyPoint("p1", Bilingual("Adam divides by the root mean square.", "Adam 还除以均方根。")),
    ),
    sources=(Source("优化器.md", 12),),
)
NOISE, MOMENTUM = "weight-noise-training", "momentum-adam-differ"


class ReviewingCoach(StandInCoach):
    """A stand-in whose deck is read from its files, the user's own cards too."""

    deck = Coach.deck


def origin(lang: Lang, document: str, number: int, text: str) -> Origin:
    return Origin(
        pair=f"{number:016}",
        document=document,
        line=number,
        lang=lang,
        model="scripted-1b",
        quotes={"p1": text},
        lines=(SourceLine(number + 1, text),),
    )


def shelve(coach: Coach) -> None:
    """Puts the four drafts on the box."""
    box = coach.draft_box
    box.add(DOUBTFUL, origin("en", "notes.md", 3, "Noise is added to the weights."))
    box.add(SOUND, origin("zh", "优化器.md", 12, "Adam 还除以均方根。"))
    (box.folder / "unfinished.toml").write_text('id = "x\n', "utf-8")
    faulty = box.add(SOUND, origin("zh", "优化器.md", 20, "Adam 还除以均方根。")).file
    text = faulty.read_text("utf-8")
    faulty.write_text(text.replace("How do momentum and Adam differ?", "动量法呢？"), "utf-8")
