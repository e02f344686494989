"""Composes the feedback and picks the follow-up: after the mark, out of the verdict alone."""

from collections.abc import Mapping, Sequence

from coach.grade.noanswer import Nothing
from coach.grade.steering import Kind, asides
from coach.grade.task import Point, Task
from coach.verdict import Grade, KeyPointVerdict

_TEXT = {
    "en": {
        "empty": "There is no answer. Read the passages below and try again in your own words.",
        "unknown": "No answer given, so no points. Start from the passage on the first point below.",
        "repeated": "This repeats the question and does not answer it.",
        "gibberish": "This does not read as an answer.",
        "orders": "This speaks to the grader and does not answer the question.",
        "list": "These are terms only; nothing is said about them.",
        "right": "You have: {}",
        "all": "All key points are there.",
        "none": "None of the key points are there.",
        "gap": "Most important gap: {}",
        "half": "Only partly said: {}",
        "against": "Your answer contradicts this: {}",
        "unsure": "Not sure about {} of the points: no words of the answer show them.",
        "elsewhere": "This seems to answer another question.",
        "doubt": "There is some doubt about this mark: read the reference and judge for yourself.",
        "ungraded": "Not graded: {}",
    },
    "zh": {
        "empty": "没有作答。先看看下面的段落，再用自己的话试一次。",
        "unknown": "没有给出答案，所以不得分。可以先读下面第一个要点对应的段落。",
        "repeated": "这里只是重复了题目，没有作答。",
        "gibberish": "这段文字看不出是在作答。",
        "orders": "这段文字是在对评分者说话，没有回答问题。",
        "list": "这里只列出了术语，没有说明任何内容。",
        "right": "说到了：{}",
        "all": "要点都说到了。",
        "none": "要点都没有说到。",
        "gap": "最重要的缺口：{}",
        "half": "只说到一部分：{}",
        "against": "回答与这一点相矛盾：{}",
        "unsure": "有 {} 个要点拿不准：回答里找不到对应的原话。",
        "elsewhere": "这看起来是在回答另一道题。",
        "doubt": "这个分数没有把握：请对照参考答案自己判断。",
        "ungraded": "未评分：{}",
    },
}

_LEFT_OUT: Mapping[str, Mapping[Kind, str]] = {
    "en": {
        "orders": "Part of the answer speaks to the marker; it was left out of the marking.",
        "list": "A bare list of terms says nothing about them; it was left out of the marking.",
        "unreadable": "Part of the answer is encoded; it was left out of the marking.",
    },
    "zh": {
        "orders": "回答中有一部分是对评分者说的，评分时没有计入。",
        "list": "只列出术语而没有说明，评分时没有计入。",
        "unreadable": "回答中有一部分是编码后的文字，评分时没有计入。",
    },
}


def feedback_for(task: Task, verdicts: Sequence[KeyPointVerdict], sure: bool = True) -> str:
    """Returns what was right, the most important gap, what was contradicted, and whether the mark is sure."""
    text = _TEXT[task.lang]
    told = _told(task, verdicts)
    return told if sure else f"{told} {text['doubt']}"


def _told(task: Task, verdicts: Sequence[KeyPointVerdict]) -> str:
    text = _TEXT[task.lang]
    covered = [verdict.text for verdict in verdicts if verdict.verdict == "covered"]
    unsure = sum(verdict.verdict == "unsure" for verdict in verdicts)
    if len(covered) == len(verdicts):
        return text["all"]
    parts = [text["right"].format(_listed(covered))] if covered else []
    worst = gap(task, verdicts)
    if not any(verdict.verdict in ("covered", "partial") for verdict in verdicts):
        parts.append(text["none"])
    if worst is not None and worst.verdict != "contradicted":
        parts.append(text["half" if worst.verdict == "partial" else "gap"].format(worst.text))
    parts += [text["against"].format(v.text) for v in verdicts if v.verdict == "contradicted"][:2]
    if unsure:
        parts.append(text["unsure"].format(unsure))
    return " ".join(parts)


def with_asides(task: Task, told: str, answer: str) -> str:
    """Returns the feedback with a sentence for each kind of words that were left out of the marking."""
    kinds = {aside.kind for aside in asides(answer, task)}
    return " ".join([told, *(text for kind, text in _LEFT_OUT[task.lang].items() if kind in kinds)])


def elsewhere(task: Task, told: str) -> str:
    """Returns the feedback on an answer that seems to be to another question."""
    return f"{_TEXT[task.lang]['elsewhere']} {told}"


def feedback_for_nothing(task: Task, kind: Nothing) -> str:
    """Returns one sentence that says why there was nothing to mark."""
    return _TEXT[task.lang][kind]


def feedback_for_failure(task: Task, reason: str) -> str:
    """Returns one sentence that says that and why there is no mark."""
    return _TEXT[task.lang]["ungraded"].format(reason)


def gap(task: Task, verdicts: Sequence[KeyPointVerdict]) -> KeyPointVerdict | None:
    """Returns the missed point that matters most: essential ones first, then weight times missing share."""

    def matters(pair: tuple[Point, KeyPointVerdict]) -> tuple[bool, float]:
        point, verdict = pair
        return point.essential, point.weight * (1 - verdict.probability)

    pairs = zip(task.key_points, verdicts, strict=True)
    missed = [(p, v) for p, v in pairs if v.verdict in ("missing", "partial", "contradicted")]
    return max(missed, key=matters)[1] if missed else None


def plain_follow_up(task: Task) -> str:
    """Returns a question that names no key point: the fallback where no better one can be had."""
    if task.lang == "zh":
        return f"关于“{task.question}”，还有哪些重要的内容没有说到？"
    return f"What else belongs in a full answer to: {task.question}"


def summary_word(grade: Grade, lang: str) -> str:
    """Returns the grade as a word in the language of the task."""
    words = {
        "correct": "正确",
        "partial": "部分正确",
        "incorrect": "不正确",
        "no_answer": "未作答",
        "ungraded": "未评分",
    }
    return words[grade] if lang == "zh" else grade.replace("_", " ")


def _listed(texts: Sequence[str]) -> str:
    return " ".join(texts[:2])
