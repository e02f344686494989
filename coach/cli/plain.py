"""The interview line by line: prompts on standard output, answers from standard input."""

import sys
import time
from collections.abc import Iterator
from typing import TextIO

from coach import interview as flow
from coach.app import Coach
from coach.card import Lang
from coach.console import MARKS, say, tell
from coach.errors import CoachError
from coach.exercise import CaseResult
from coach.interview import Ask, Plan, Session, Summary, Turn
from coach.verdict import KeyPointVerdict, Verdict

END = "."
SKIP = "/skip"
QUIT = "/quit"

TEXTS: dict[str, dict[Lang, str]] = {
    "how": {
        "en": "End an answer with a line that holds only a full stop. /skip skips, /quit leaves.",
        "zh": "回答以单独一行英文句点 . 结束。/skip 跳过，/quit 退出。",
    },
    "question": {"en": "Question", "zh": "问题"},
    "follow_up": {"en": "Follow-up", "zh": "追问"},
    "score": {"en": "Score", "zh": "得分"},
    "ungraded": {"en": "Not graded", "zh": "未评分"},
    "read": {"en": "read", "zh": "参考"},
    "summary": {"en": "Summary", "zh": "总结"},
    "answered": {"en": "answered", "zh": "已回答"},
    "skipped": {"en": "skipped", "zh": "已跳过"},
    "gaps": {"en": "To read again", "zh": "需要再读"},
    "graded_by": {"en": "graded by", "zh": "评分模型"},
    "passed": {"en": "passed", "zh": "通过"},
    "failed": {"en": "not passed", "zh": "未通过"},
    "resume": {
        "en": "Kept; go on with: coach interview --resume",
        "zh": "已保存，继续：coach interview --resume",
    },
}


def run_plain(
    coach: Coach, plan: Plan, resumed: Session | None, source: TextIO | None = None
) -> None:
    """Runs an interview to its summary; the end of the input closes it."""
    lines = iter(source or sys.stdin)
    session = resumed or flow.start(plan, coach.deck, coach.memories(), coach.clock())
    coach.history.save(session)
    lang = session.plan.lang
    tell(TEXTS["how"][lang])
    while ask := flow.current(session, coach.deck):
        _print_question(ask, lang, coach)
        began = time.monotonic()
        typed = _read_answer(lines)
        if typed is None:
            break
        if typed.strip() == QUIT:
            tell(TEXTS["resume"][lang])
            return
        session = flow.answered(session, _take_turn(coach, ask, typed, lang, began))
        coach.history.save(session)
    session = flow.finish(session, coach.clock())
    coach.history.save(session)
    _print_summary(flow.summarize(session, coach.deck), lang)


def _print_question(ask: Ask, lang: Lang, coach: Coach) -> None:
    label = TEXTS["follow_up" if ask.kind == "follow_up" else "question"][lang]
    tell(f"\n{label} {ask.number}/{ask.total} [{ask.card.topic}] {ask.why}".rstrip())
    tell(ask.prompt)
    if ask.kind == "code":
        tell(coach.practice.describe(ask.card.exercise or "", lang))


def _read_answer(lines: Iterator[str]) -> str | None:
    """The lines up to the closing full stop; None where the input ends before a line was typed."""
    typed: list[str] = []
    for line in lines:
        text = line.rstrip("\r\n")
        if text == END:
            return "\n".join(typed)
        typed.append(text)
        if len(typed) == 1 and text.strip() in (SKIP, QUIT):
            return text
    return "\n".join(typed) if any(line.strip() for line in typed) else None


def _take_turn(coach: Coach, ask: Ask, typed: str, lang: Lang, began: float) -> Turn:
    skipped = typed.strip() == SKIP
    verdict, practice = None, None
    if not skipped and ask.kind == "code":
        practice = _run_code(coach, ask, typed, lang, time.monotonic() - began)
    elif not skipped:
        verdict = _grade(coach, ask, typed, lang)
    return Turn(
        card_id=ask.card.id,
        kind=ask.kind,
        prompt=ask.prompt,
        answer="" if skipped else typed,
        verdict=verdict,
        practice=practice,
        skipped=skipped,
        elapsed_s=time.monotonic() - began,
        key_point=ask.key_point,
        answered_at=coach.clock(),
    )


def _run_code(
    coach: Coach, ask: Ask, source: str, lang: Lang, seconds: float
) -> dict[str, object] | None:
    from coach.practice import result_to_json

    def show(case: CaseResult) -> None:
        tell(f"  {case.name}: {case.status} {case.message}".rstrip())

    try:
        slug = ask.card.exercise or ""
        result = coach.attempt(slug, source, on_case=show, lang=lang, seconds=seconds)
    except CoachError as error:
        tell(f"{TEXTS['ungraded'][lang]}: {error.message} {error.hint}")
        return None
    tell(TEXTS["passed" if result.passed else "failed"][lang])
    return result_to_json(result)


def _grade(coach: Coach, ask: Ask, answer: str, lang: Lang) -> Verdict:
    for event in coach.grader.judge(ask.task(lang), answer):
        if isinstance(event, Verdict):
            _print_verdict(event, lang)
            return event
        _print_point(event, lang)
    raise AssertionError("the grader ended without a verdict")


def _print_point(point: KeyPointVerdict, lang: Lang) -> None:
    tell(f"  {MARKS[point.verdict]} {point.verdict}: {point.text}")
    if point.quote:
        tell(f"      “{point.quote.text}”")
    if point.citation:
        chunk = point.citation.chunk
        tell(f"      {TEXTS['read'][lang]}: {chunk.document}:{chunk.locator.start_line}")


def _print_verdict(verdict: Verdict, lang: Lang) -> None:
    by = (
        f"({TEXTS['graded_by'][lang]} {verdict.model}{_tokens(verdict)}, {verdict.elapsed_s:.1f} s)"
    )
    if verdict.score is None:
        tell(f"{TEXTS['ungraded'][lang]}: {verdict.ungraded_reason} {by}")
    else:
        tell(f"{TEXTS['score'][lang]}: {verdict.score:.2f} ({verdict.grade}) {by}")
    tell(verdict.feedback)


def _tokens(verdict: Verdict) -> str:
    usage = verdict.usage
    return f", {usage.prompt_tokens} + {usage.completion_tokens} tokens" if usage else ""


def _print_summary(summary: Summary, lang: Lang) -> None:
    score = "–" if summary.score is None else f"{summary.score:.2f}"
    tell(f"\n{TEXTS['summary'][lang]}: {TEXTS['score'][lang]} {score}")
    tell(
        f"{TEXTS['answered'][lang]} {summary.answered}, {TEXTS['skipped'][lang]} {summary.skipped},"
        f" {TEXTS['ungraded'][lang]} {summary.ungraded}"
    )
    for topic, mark in summary.by_topic.items():
        tell(f"  {topic}: {mark:.2f}")
    if summary.gaps:
        tell(TEXTS["gaps"][lang])
    for gap in summary.gaps:
        place = f" ({gap.document}:{gap.start_line})" if gap.document else ""
        tell(f"  - {gap.text}{place}")
    if summary.answered == 0:
        say("No answer was given.")
