"""Finds where the questions of a text begin, whatever style its writer used to mark them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.ingest.lines import GLYPHS, Line, plain

_ASKS_EN = re.compile(
    r"^(?:so |and |but |then )?(?:what|why|how|when|where|which|who|is|are|do|does|did|can|could|should|would|will"
    r"|explain|describe|compare|define|derive|implement|list|give|name|discuss|suppose|prove|show|write|state"
    r"|tell|true/false|true or false|differentiate|distinguish|difference)\b",
    re.IGNORECASE,
)
_ASKS_EN_INSIDE = re.compile(
    r"[.,] (?:what|why|how)\b|\b(?:difference between|pros and cons)\b", re.IGNORECASE
)
_ASKS_ZH = re.compile(
    r"什么|什麽|什麼|为何|何为|何谓|如何|怎么|怎麼|怎样|哪些|哪种|哪个|哪几|是否|有没有|能否|多少|区别|異同|异同"
    r"|^(?:请|试)|^(?:解释|说明|推导|简述|描述|比较|对比|列举|举例|介绍|谈谈|说说|讲讲|证明|实现|手写|了解|选用)"
    r"|[吗呢][。.]?$"
)
_Q_LABEL = re.compile(
    r"^(?:Q|Question|问|问题|面试题)\s*\d{0,3}\s*[:：.、)）]?\s+(?=\S)|^Q\d{1,3}[:：.、)）]?\s*",
    re.IGNORECASE,
)
_NUMBER_LABEL = re.compile(r"^\d{1,3}\s*[.、．:：)）](?!\d)\s*")
_ANSWER = re.compile(r"\s(?=(?:A|Answer|Solution)\s*[:：])|(?=(?:答案?|解答|回答)\s*[:：])")
_SENTENCE = re.compile(r"[?？](?=\s|$|[^?？])|[.。!！](?=\s|$)")

MAX_QUESTION = 400


@dataclass(frozen=True)
class Start:
    """A question's first line (an index into the lines), its wording, and what follows on the same line."""

    index: int
    question: str
    rest: str = ""
    number: int | None = None


@dataclass(frozen=True)
class _Style:
    """One way of marking questions: a pattern with the groups `n` (number, optional) and `q`."""

    name: str
    pattern: re.Pattern[str]
    share: float = 0.4


_LETTER = r"(?:Q|Question|问|问题|面试题)"
_STYLES = (
    _Style(
        "letter",
        re.compile(
            rf"^(?:\*\*)?{_LETTER}\s*(?P<n>\d{{0,3}})\s*(?:\*\*)?[:：.、)）]\s*(?P<q>.+)$", re.I
        ),
    ),
    _Style("letter", re.compile(r"^(?:\*\*)?Q(?P<n>\d{1,3})\s+(?P<q>.+)$")),
    _Style(
        "bold number",
        re.compile(
            r"^#{0,6}(?:\*\*\s*(?P<n>\d{1,3})\s*[.、．:：)）]"
            r"|(?P<n2>\d{1,3})\s*[.、．)）]\s*\*\*)\s*(?P<q>.+)$"
        ),
    ),
    _Style(
        "number",
        re.compile(
            r"^#{0,6}\s*(?:第\s*)?(?P<n>\d{1,3})\s*(?:题\s*[:：.、]?|[.、．:：])(?!\d)\s*(?P<q>.+)$"
        ),
    ),
    _Style("bold", re.compile(r"^\*\*(?P<q>[^*]+)\*\*\s*[:：]?$"), share=0.5),
    _Style("bullet", re.compile(rf"^[{GLYPHS}]\s*(?P<q>.+)$")),
    _Style("dash", re.compile(r"^[-*+]\s+(?P<q>.+)$")),
    _Style("bracket", re.compile(r"^[(（]?(?P<n>\d{1,3})[)）]\s*(?P<q>.+)$"), share=0.5),
)


def asks(text: str) -> bool:
    """Whether a line of text reads like a question or a task, in English or Chinese."""
    bare = label_free(plain(text)).strip()
    if re.search(r"[?？]", bare):
        return True
    return bool(_ASKS_EN.match(bare) or _ASKS_EN_INSIDE.search(bare) or _ASKS_ZH.search(bare))


def label_free(text: str) -> str:
    """The text without `Q1`, `3.` or `问：` before it."""
    bare = text.strip().lstrip("#").strip()
    without = _NUMBER_LABEL.sub("", _Q_LABEL.sub("", bare)).strip()
    return without or bare


def find_starts(lines: Sequence[Line]) -> list[Start]:
    """Where questions begin; empty where the text is no list of questions."""
    for style in _STYLES:
        candidates = _candidates(lines, style)
        numbered = [start for start in candidates if start.number is not None]
        starts = _chain(numbered, lines) if len(numbered) > len(candidates) / 2 else candidates
        if _convinces(starts, lines, style):
            return starts
    return []


def _candidates(lines: Sequence[Line], style: _Style) -> list[Start]:
    matches = [
        (index, line.indent, match)
        for index, line in enumerate(lines)
        if not line.code and (match := style.pattern.match(line.text.strip()))
    ]
    outer = min((indent for _, indent, _ in matches), default=0)
    # An indented list belongs to the answer above it.
    return [_start(index, match) for index, indent, match in matches if indent <= outer + 1]


def _start(index: int, match: re.Match[str]) -> Start:
    groups = match.groupdict()
    digits = groups.get("n") or groups.get("n2") or ""
    question, rest = _split_question(groups["q"])
    return Start(index, question, rest, int(digits) if digits else None)


def _split_question(text: str) -> tuple[str, str]:
    """Cuts what already belongs to the answer off a question line."""
    bold = re.match(r"^([^*]+)\*\*\s*(.*)$", text)
    question, rest = (bold[1], bold[2]) if bold else (text, "")
    if cut := _ANSWER.search(question):
        question, rest = question[: cut.start()], f"{question[cut.start() :].strip()} {rest}"
    question = label_free(plain(question))
    if len(question) > MAX_QUESTION:
        ends = [match.end() for match in _SENTENCE.finditer(question[:MAX_QUESTION])]
        cut_at = ends[-1] if ends else MAX_QUESTION
        question, rest = question[:cut_at], f"{question[cut_at:].strip()} {rest}"
    return question.strip(), rest.strip()


def _chain(candidates: Sequence[Start], lines: Sequence[Line]) -> list[Start]:
    """The best sequence of rising numbers: lists inside an answer, which restart at 1, are left out."""
    best: dict[int, tuple[float, int]] = {}
    links: list[int] = []
    top: tuple[float, int] = (0.0, -1)
    for position, start in enumerate(candidates):
        number = start.number or 0
        options = [
            (best[number - gap][0] - 0.6 * (gap - 1), best[number - gap][1])
            for gap in (1, 2, 3)
            if number - gap in best
        ]
        if number <= 1 and asks(start.question):
            options.append((top[0] - 1.5, top[1]))
        score, link = max(options, default=(0.0, -1))
        score, link = (score, link) if score > 0 else (0.0, -1)
        score += _weight(start, lines)
        links.append(link)
        if number not in best or score >= best[number][0]:
            best[number] = (score, position)
        top = max(top, (score, position))
    return _followed(candidates, links, top[1])


def _weight(start: Start, lines: Sequence[Line]) -> float:
    alone = start.index == 0 or lines[start.index - 1].blank
    return 1 + 0.5 * asks(start.question) + 0.25 * alone


def _followed(candidates: Sequence[Start], links: Sequence[int], last: int) -> list[Start]:
    chain: list[Start] = []
    while last >= 0:
        chain.append(candidates[last])
        last = links[last]
    return chain[::-1]


def _convinces(starts: Sequence[Start], lines: Sequence[Line], style: _Style) -> bool:
    """Whether these are questions: enough of them ask, or they are numbered titles with text below."""
    if style.name == "letter" and starts:
        return (
            len(starts) > 1
            or _ANSWER.search("\n" + "\n".join(line.text for line in lines)) is not None
        )
    if len(starts) < 2:
        return False
    if _share(starts, lambda start: asks(start.question)) >= style.share:
        return True
    titled = _share(starts, lambda start: len(start.question) <= 60 and not start.rest)
    below = _share(starts, lambda start: _has_text_below(start, starts, lines))
    return style.name.endswith("number") and len(starts) >= 4 and titled >= 0.7 and below >= 0.6


def _share(starts: Sequence[Start], holds: Callable[[Start], bool]) -> float:
    return sum(map(holds, starts)) / len(starts)


def _has_text_below(start: Start, starts: Sequence[Start], lines: Sequence[Line]) -> bool:
    taken = {other.index for other in starts}
    below = next((i for i in range(start.index + 1, len(lines)) if not lines[i].blank), None)
    return below is not None and below not in taken
