"""Takes from an answer what is not marked, and from a passage what speaks to its reader."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from coach.grade import orders
from coach.grade.clauses import Piece, clauses, sentences
from coach.grade.disguise import shown
from coach.grade.lists import bare_lists, claimed_lists, recited
from coach.grade.noanswer import Nothing
from coach.grade.task import Task

Kind = Literal["orders", "list", "unreadable", "repeated"]
"""Why words are not marked: they speak to the marker, state nothing, are no text, or stand there already."""

_CHAT = re.compile(
    r"<\s*\|.*?\|\s*>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|<!\[CDATA\[|\]\]>", re.IGNORECASE
)
_TEMPLATE = re.compile(
    r"<\s*\|.*?\|\s*>|<\s*/?\s*(?:answer|system|user|assistant|s|inst|think|tool_call|question|statement|notes|passage)\s*>"
    r"|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>",
    re.IGNORECASE,
)
_FAKE = re.compile(
    r"""\{[^{}]{0,300}["'](?:verdict|score|grade|probability)["'][^{}]{0,300}(?:\{[^{}]{0,300}\}[^{}]{0,300})?\}"""
    # Characters without a shape that can spell a text, and text that runs against its direction.
    r"|[\U000e0000-\U000e007f\U000e0100-\U000e01ef]{4,}|[\u202d\u202e][^\u202c\n]*\u202c?"
    # Letters to choose from, one below the other.
    r"|(?:^[ \t]*[A-D][.)]?[ \t]*$\s*){3,}",
    re.MULTILINE,
)
_LABEL = re.compile(
    r"^(\s*(?:statement|letter|question|(?:reference )?answer|mark|system|user|assistant|论点|字母|问题|"
    r"参考答案|分数|系统)\s*(?:[(（]0-5[)）])?\s*)[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_BLOB = re.compile(r"[A-Za-z0-9+/_-]{32,}={0,2}")
_QUESTION = 12
_MANY = 2


@dataclass(frozen=True)
class Aside:
    """A stretch of an answer that is not marked, and why."""

    start: int
    end: int
    kind: Kind


def asides(answer: str, task: Task | None = None) -> list[Aside]:
    """Returns what is not marked of an answer, in no order; stretches may overlap."""
    found = [Aside(*m.span(), "orders") for p in (_TEMPLATE, _FAKE) for m in p.finditer(answer)]
    found += _blobs(answer)
    plain = _without(answer, found)
    # Where the question is about judges or claims, words on those are no sign of an order.
    topic = orders.subjects("\n".join(_texts(task))) if task else frozenset()
    found += _orders(plain, topic, suspected=bool(found))
    found += _repeated(plain, task.question if task else "")
    plain = _without(answer, found)
    points = [point.text for point in task.key_points] if task else []
    listed = (*bare_lists(plain, points), *claimed_lists(plain), *recited(plain, points))
    return found + [Aside(*span, "list") for span in listed]


def masked(answer: str, task: Task | None = None) -> str:
    """Returns the answer with its asides blanked out; every other character keeps its place."""
    return _without(answer, asides(answer, task))


def reason(answer: str, task: Task) -> Nothing:
    """Returns why nothing is left of an answer once its asides are blanked out."""
    kinds = {aside.kind for aside in asides(answer, task)}
    if "orders" in kinds:
        return "orders"
    if "list" in kinds:
        return "list"
    return "gibberish" if "unreadable" in kinds else "repeated"


def masked_passage(text: str) -> str:
    """Returns a document's text with orders to whoever reads it blanked out, whole sentences at a time."""
    found = [
        Aside(piece.start, piece.end, "orders")
        for piece in sentences(text)
        if _CHAT.search(piece.text) or orders.is_command(as_data(piece.text))
    ]
    plain = _without(text, found)
    return _without(plain, [aside for aside in asides(plain) if aside.kind == "orders"])


def as_data(text: str) -> str:
    """Returns text that cannot end its quotation: no chat-template tokens, marks or labels of the prompt."""
    plain = shown(text)
    while _TEMPLATE.search(plain):
        plain = _TEMPLATE.sub(" ", plain)
    return _LABEL.sub(r"\1 -", plain).replace("<|", "< |").replace("|>", "| >").strip()


def _without(text: str, hidden: Iterable[Aside]) -> str:
    for aside in hidden:
        blank = "".join(c if c == "\n" else " " for c in text[aside.start : aside.end])
        text = text[: aside.start] + blank + text[aside.end :]
    return text


def _orders(text: str, topic: frozenset[str], *, suspected: bool) -> Iterator[Aside]:
    """The sentences that speak to the marker, from the clause on that does.

    One that touches a subject of marking does so where the answer touches a second one; where it holds
    an order for certain, so does one that is only doubtful.
    """
    found = [(piece, _Said.of(piece, topic)) for piece in sentences(text)]
    touched = set().union(*(said.subjects for _, said in found))
    sure = suspected or any(said.order or len(said.subjects) >= _MANY for _, said in found)
    for piece, said in found:
        if said.speaks(touched=sure or len(touched) >= _MANY, sure=sure):
            speaking = (
                p for p in clauses(piece) if _Said.of(p, topic).speaks(touched=True, sure=sure)
            )
            # An order once begun runs to the end of its sentence.
            yield Aside(next(speaking, piece).start, piece.end, "orders")


def _texts(task: Task) -> list[str]:
    return [task.question, *task.references, *(point.text for point in task.key_points)]


@dataclass(frozen=True)
class _Said:
    """What a piece of an answer has to do with marking."""

    order: bool
    subjects: frozenset[str]
    doubtful: bool

    @classmethod
    def of(cls, piece: Piece, topic: frozenset[str]) -> "_Said":
        text = piece.text
        return cls(orders.is_order(text), orders.subjects(text) - topic, orders.is_doubtful(text))

    def speaks(self, *, touched: bool, sure: bool) -> bool:
        """Whether it is an order in an answer that touches several subjects, or gives orders for certain."""
        return self.order or (touched and bool(self.subjects)) or (sure and self.doubtful)


def _blobs(text: str) -> Iterator[Aside]:
    """Long runs of letters that are text in base64."""
    for match in _BLOB.finditer(text):
        if _decodes(match.group()):
            yield Aside(*match.span(), "unreadable")


def _decodes(run: str) -> bool:
    kept = run.rstrip("=").translate(str.maketrans("-_", "+/"))
    kept = kept[: len(kept) // 4 * 4]
    try:
        return base64.b64decode(kept, validate=True).decode("utf-8", "ignore").isprintable()
    except binascii.Error:
        return False


def _repeated(text: str, question: str) -> Iterator[Aside]:
    """Wherever the whole question is handed back."""
    words = question.split()
    if len(question) >= _QUESTION:
        copy = re.compile(r"\s*".join(map(re.escape, words)), re.IGNORECASE)
        for match in copy.finditer(text):
            yield Aside(*match.span(), "repeated")
