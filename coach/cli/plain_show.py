"""What the line-by-line interview prints, in both languages."""

from collections.abc import Sequence

from coach.app import Coach
from coach.console import MARKS, say, tell
from coach.difference import changed_lines, changed_points, changed_words
from coach.grade.certainty import UNSURE
from coach.interview import Ask, Summary, Turn
from coach.language import Lang
from coach.verdict import KeyPointVerdict, Verdict

TEXTS: dict[str, dict[Lang, str]] = {
    "how": {
        "en": "End an answer with a line that holds only a full stop. Within it: /hint, /notes TEXT, /self 1-4, "
        "/edit (in $EDITOR). Instead of it: /skip, /reveal, /quit. On the answer before: /again, /compare, "
        "/rate 1-4 (again, hard, good, easy), /disagree MARK WHY.",
        "zh": "回答以单独一行英文句点 . 结束。作答时：/hint 提示，/notes 文字 记笔记，/self 1-4 自评，"
        "/edit 用 $EDITOR 写。不作答：/skip 跳过，/reveal 看参考答案，/quit 退出。"
        "对上一题：/again 再答一次，/compare 比较，/rate 1-4 评级（重来、吃力、良好、轻松），"
        "/disagree 分数 理由 表示不同意。",
    },
    "question": {"en": "Question", "zh": "问题"},
    "follow_up": {"en": "Follow-up", "zh": "追问"},
    "again": {"en": "again", "zh": "再答"},
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
    "hint": {"en": "Hint", "zh": "提示"},
    "no_hint": {"en": "There is no further hint.", "zh": "没有更多提示了。"},
    "noted": {"en": "Notes", "zh": "笔记"},
    "edited": {
        "en": "A line that holds only a full stop ends the answer.",
        "zh": "单独一行英文句点 . 结束回答。",
    },
    "edit_how": {
        "en": "Your answer is as it was. Name an editor in EDITOR.",
        "zh": "回答没有改动。请用 EDITOR 指定编辑器。",
    },
    "rated": {"en": "Rated", "zh": "评级"},
    "rate_how": {"en": "1 again, 2 hard, 3 good or 4 easy.", "zh": "1 重来，2 吃力，3 良好，4 轻松。"},
    "disagreed": {"en": "Kept: your mark", "zh": "已保存：你的评分"},
    "disagree_how": {
        "en": "/disagree takes your mark, 0 to 100, and a reason if you like.",
        "zh": "/disagree 后写你的评分（0 到 100），可加理由。",
    },
    "doubt": {
        "en": "Not sure about this mark: /disagree puts your own beside it. A good answer:",
        "zh": "对这个得分没有把握：可用 /disagree 记下你自己的评分。参考答案：",
    },
    "reveal_how": {
        "en": "The question then counts as not known. /reveal once more shows the reference.",
        "zh": "这道题将按不会计算。再输入一次 /reveal 即显示参考答案。",
    },
    "reference": {"en": "A good answer", "zh": "参考答案"},
    "compared": {
        "en": "+ stands in the second only, - in the first only.",
        "zh": "+ 只在后者里，- 只在前者里。",
    },
    "nothing_before": {
        "en": "This needs an answer before it.",
        "zh": "之前还没有可用的回答。",
    },
    "give_up_how": {
        "en": "Not passed yet: /compare once more gives up and shows the reference solution.",
        "zh": "尚未通过：再输入一次 /compare 即放弃并显示参考解答。",
    },
    "last": {
        "en": "/again, /compare, /rate and /disagree still work; Enter shows the summary.",
        "zh": "仍可使用 /again、/compare、/rate、/disagree；回车显示总结。",
    },
    "resume": {
        "en": "Kept; go on with: coach interview --resume",
        "zh": "已保存，继续：coach interview --resume",
    },
}  # fmt: skip


def question(ask: Ask, lang: Lang, coach: Coach) -> None:
    """The question with its place and the reason for it; code with its task."""
    label = TEXTS["follow_up" if ask.kind == "follow_up" else "question"][lang]
    note = f"({TEXTS['again'][lang]})" if ask.again else ask.why
    tell(f"\n{label} {ask.number}/{ask.total} [{ask.card.topic}] {note}".rstrip())
    tell(ask.prompt)
    if ask.kind == "code":
        tell(coach.practice.describe(ask.card.exercise or "", lang))


def key_point(point: KeyPointVerdict, lang: Lang) -> None:
    """One key point with the words that show it or the passage to read."""
    tell(f"  {MARKS[point.verdict]} {point.verdict}: {point.text}")
    if point.quote:
        tell(f"      “{point.quote.text}”")
    if point.citation:
        chunk = point.citation.chunk
        tell(f"      {TEXTS['read'][lang]}: {chunk.document}:{chunk.locator.start_line}")


def verdict(given: Verdict, lang: Lang, references: Sequence[str]) -> None:
    """The mark and the feedback; where the mark is doubtful the reference too."""
    by = f"({TEXTS['graded_by'][lang]} {given.model}{_tokens(given)}, {given.elapsed_s:.1f} s)"
    if given.score is None:
        tell(f"{TEXTS['ungraded'][lang]}: {given.ungraded_reason} {by}")
    else:
        tell(f"{TEXTS['score'][lang]}: {given.score:.2f} ({given.grade}) {by}")
    tell(given.feedback)
    if given.confidence is not None and given.confidence < UNSURE:
        tell("\n".join([TEXTS["doubt"][lang], *references]))


def difference(first: Turn, second: Turn, lang: Lang) -> None:
    """Both marks, what changed of each key point, and the words that went and came."""
    tell(f"{TEXTS['score'][lang]}: {_mark(first)} -> {_mark(second)}")
    if first.verdict and second.verdict:
        for point in changed_points(first.verdict.key_points, second.verdict.key_points):
            if point.before != point.after:
                tell(f"  {MARKS[point.after]} {point.before} -> {point.after}: {point.text}")
    signs = {"same": "{}", "added": "[+{}+]", "removed": "[-{}-]"}
    words = changed_words(first.answer, second.answer)
    tell("".join(signs[change].format(text) for change, text in words))


def solution(program: str, reference: str, lang: Lang) -> None:
    """The reference solution beside a program, line by line."""
    tell(TEXTS["compared"][lang])
    signs = {"same": " ", "added": "+", "removed": "-"}
    for change, line in changed_lines(program, reference):
        tell(f"{signs[change]} {line}")


def summary(given: Summary, lang: Lang) -> None:
    """How the interview went, and what to read again."""
    score = "–" if given.score is None else f"{given.score:.2f}"
    tell(f"\n{TEXTS['summary'][lang]}: {TEXTS['score'][lang]} {score}")
    tell(
        f"{TEXTS['answered'][lang]} {given.answered}, {TEXTS['skipped'][lang]} {given.skipped},"
        f" {TEXTS['ungraded'][lang]} {given.ungraded}"
    )
    for topic, mark in given.by_topic.items():
        tell(f"  {topic}: {mark:.2f}")
    if given.gaps:
        tell(TEXTS["gaps"][lang])
    for gap in given.gaps:
        place = f" ({gap.document}:{gap.start_line})" if gap.document else ""
        tell(f"  - {gap.text}{place}")
    if given.answered == 0:
        say("No answer was given.")


def _tokens(given: Verdict) -> str:
    usage = given.usage
    return f", {usage.prompt_tokens} + {usage.completion_tokens} tokens" if usage else ""


def _mark(turn: Turn) -> str:
    return "–" if turn.score is None else f"{turn.score:.2f}"
