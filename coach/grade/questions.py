"""The messages a model is given: a prefix that all key points of an answer share, then one point."""

import re
from collections.abc import Collection, Iterator, Sequence

from coach.grade.clauses import sentences, tokens
from coach.grade.evidence import Evidence, nearest
from coach.grade.opinions import MARK, POINTS
from coach.grade.steering import as_data
from coach.grade.task import Task
from coach.language_model import LanguageModel, Message
from coach.prompts import prompt

MAX_TOKENS = 1500
MAX_REFERENCE = 2500
_WORDS = {"en": ("Question: ", "Statement: ", "Letter:"), "zh": ("问题：", "论点：", "字母：")}
_MARK_WORDS = {
    "en": ("Question: ", "Reference answer: ", "Mark (0-5):"),
    "zh": ("问题：", "参考答案：", "分数（0-5）："),
}
_HAN = re.compile(r"[\u3400-\u9fff]")
_LEAK = 0.6


def prefixes(task: Task, wanted: Collection[str], shown: str = "") -> Iterator[list[Message]]:
    """Yields what the prompts for a task begin with, up to what is `shown` of an answer so far."""
    for name, beginning in ((MARK, mark_prefix), (POINTS, prefix)):
        if name in wanted:
            system, (role, opening) = beginning(task)
            yield [system, (role, opening + shown)]


def mark_prefix(task: Task) -> list[Message]:
    """Returns the messages up to the answer that is to be marked by the task's references."""
    question, reference, _ = _MARK_WORDS[task.lang]
    known = as_data("\n".join(task.references)[:MAX_REFERENCE])
    opening = f"{question}{as_data(task.question)}\n{reference}{known}\n\n<answer>\n"
    return [("system", prompt("mark", task.lang)), ("user", opening)]


def marking(task: Task, shown: str) -> list[Message]:
    """Returns the messages that ask for the mark of a whole answer."""
    system, (_, opening) = mark_prefix(task)
    return [system, ("user", f"{opening}{shown}\n</answer>\n\n{_MARK_WORDS[task.lang][2]}")]


# The reference and the list of key points are left out on purpose: with them before its eyes a
# small model takes the reference for the answer and finds nearly everything covered.


def prefix(task: Task) -> list[Message]:
    """Returns the messages up to the answer: what can be evaluated while the candidate types."""
    question = _WORDS[task.lang][0] + as_data(task.question)
    return [("system", prompt("judge", task.lang)), ("user", f"{question}\n\n<answer>\n")]


def judgement(task: Task, shown: str, index: int) -> list[Message]:
    """Returns the messages that ask for the letter of one key point."""
    system, (_, opening) = prefix(task)
    _, statement, letter = _WORDS[task.lang]
    asked = f"{shown}\n</answer>\n\n{statement}{as_data(task.key_points[index].text)}\n{letter}"
    return [system, ("user", opening + asked)]


def shown_answer(evidence: Evidence) -> str:
    """Returns the answer as the model sees it: data only; of a very long one the nearest sentences."""
    whole = as_data(evidence.masked)
    if token_estimate(whole) <= MAX_TOKENS:
        return whole
    wanted = [point.text for point in evidence.task.key_points]
    kept = nearest(sentences(evidence.masked), wanted, 30)
    room = 2 * MAX_TOKENS // max(1, len(kept))
    return as_data("\n".join(piece.text[:room] for piece in kept))[: 2 * MAX_TOKENS]


def token_estimate(text: str) -> int:
    """Returns about how many tokens a text has: one a Chinese character, one for 3 other characters."""
    han = len(_HAN.findall(text))
    return han + (len(text) - han) // 3


def ask_follow_up(model: LanguageModel, task: Task, point: str) -> str | None:
    """Returns the model's question that leads to one point; None where it is no use."""
    asked = (
        f"<question>\n{as_data(task.question)}\n</question>\n\n<point>\n{as_data(point)}\n</point>"
    )
    messages: Sequence[Message] = [("system", prompt("follow_up", task.lang)), ("user", asked)]
    reply = "".join(model.stream(messages, max_tokens=80)).strip()
    line = reply.splitlines()[0].strip().strip("\"“”'*") if reply else ""
    wanted = set(tokens(point)) - set(tokens(task.question))
    leaked = len(wanted & set(tokens(line))) / len(wanted) if wanted else 0.0
    usable = line.endswith(("?", "？")) and 8 <= len(line) <= 300 and leaked < _LEAK
    return line if usable else None
