"""Recognises text that answers nothing: it scores 0 and no model is asked."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from coach.grade.clauses import sentences, tokens
from coach.grade.gibberish import is_gibberish

Nothing = Literal["empty", "unknown", "repeated", "gibberish", "orders", "list"]
"""Why there is nothing to mark; "orders": the text speaks to the grader only; "list": it holds bare terms only."""

_SIGNAL_EN = re.compile(
    r"\b(?:(?:do not|dont|does not|did not|didnt|can ?not|cant|could not|couldnt|never|not|no)"
    r" (?:(?:really|even|actually|honestly|quite|exactly|at all|have|any|a|the|so|very|too) )*"
    r"(?:know|remember|recall|understand|idea|clue|sure|certain|familiar|heard|learned|learnt|studied|answer)"
    r"|idk|dunno|unsure|clueless|forgot|forget|forgotten|give up|gave up|unfamiliar"
    r"|unable to answer|(?:have not|havent) (?:heard|learned|learnt|studied|seen|read))\b"
)
_WHOLE_EN_WORDS = """
pass skip next na null nil nan unknown blank tbd todo idk
"""
_WHOLE_EN = frozenset(_WHOLE_EN_WORDS.split())
_NEUTRAL_EN_WORDS = """
i im ive id am me my we you your a an the this that these those it its is was be been being are
at of on in to for about with from by as and or so if what which who how why when where whether
do does did not no dont didnt cant cannot could couldnt can have has had havent haven never
really even actually honestly frankly quite exactly all any anything much enough very too well
just simply know remember recall understand idea clue sure certain familiar unfamiliar unsure
clueless heard hear learned learnt learn studied study seen read answer answers question
questions topic one thing things sorry apologies unfortunately afraid honest tbh um umm uh er
hmm hm ok okay oh please right now moment yet today here give gave up forgot forget forgotten
pass skip next say write means mean concept subject idk dunno unable there thank thanks sir off
top head lol haha
"""
_NEUTRAL_EN = frozenset(_NEUTRAL_EN_WORDS.split())
_HEDGE_EN = frozenset(("but", "though", "however", "still"))
_CORE_ZH = re.compile(
    r"不(?:太|是很|怎么|大|是太)?(?:知道|清楚|了解|会|懂|明白|记得|晓得|熟悉|熟|确定|知)"
    r"|没有?(?:学过|听说过|听过|了解过|了解|接触过|看过|复习到?|思路|想法|印象|头绪|概念|答案)"
    r"|忘(?:记|光)?了?|(?:记|想|答|说|回答)不(?:太)?(?:清楚?|起来?|得|出来?|上来?|了|好)"
    r"|无法回答|放弃|跳过|下一[题个]|略过?|无可奉告|毫无头绪|一无所知|布吉岛|不详|未知"
)
_AMBIGUOUS_ZH = frozenset(("不会", "略"))
_WHOLE_ZH = frozenset(("无", "没有", "空", "略", "不"))
_YES_NO_ZH = re.compile(
    r"吗|是否|能否|可否|会不会|能不能|有没有|对不对|对错|判断|正确|还是|哪[些个种]"
)
_NEUTRAL_ZH = frozenset(
    "我俺咱你您这那该此个道题目问题知识点概念内容答案方面部分东西的了啊呀呢吧哦诶欸哎耶啦嘛哈嗯呃额唉真都是也还并根本完全"
    "实在确实一点好像已经抱歉对不起意思说实话老其就有暂时目前现在面试官师好请回答怎么样如何做什么叫到关于对太很过能给懂呜"
)
_WRAPPER = frozenset(
    tokens(
        "the question is asks asked you repeat answer about whether please 问题 是问 请问 题目 回答 答案 题是"
    )
)
_ASKING = re.compile(
    r"(?:what|why|how|when|which|where|who|explain|describe|define|compare|什么|为什么|怎么|如何|请|简述|解释)"
)
_LATIN = re.compile(r"[a-z0-9]+")
_HAN = re.compile(r"[\u3400-\u9fff]")


def nothing(answer: str, question: str, topic_texts: Iterable[str] = ()) -> Nothing | None:
    """Returns why an answer answers nothing, or None for anything that may hold an answer.

    `topic_texts` (key points, references) hold words that are never taken for gibberish.
    """
    text = visible(answer)
    if not any(char.isalnum() for char in text):
        return "empty"
    if _is_repeated(text, visible(question)):
        return "repeated"
    if _is_unknown(text, question):
        return "unknown"
    return "gibberish" if is_gibberish(text, (question, *topic_texts)) else None


def visible(text: str) -> str:
    """Returns the text without control, format and zero-width characters, in composed form."""
    composed = unicodedata.normalize("NFKC", text)
    kept = (c for c in composed if c in "\n\t" or unicodedata.category(c) not in _INVISIBLE)
    return "".join(kept).strip()


_INVISIBLE = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))


def _is_unknown(text: str, question: str) -> bool:
    plain = re.sub(r"['’`]", "", text.lower())
    if _HAN.search(plain):
        return _is_unknown_zh(plain, question.lower())
    words = _LATIN.findall(plain)
    if "".join(words) in _WHOLE_EN:
        return True
    if not _SIGNAL_EN.search(" ".join(words)):
        return False
    asked = set(_LATIN.findall(re.sub(r"['’`]", "", question.lower())))
    said = set(words)
    return said <= _NEUTRAL_EN | _HEDGE_EN or said <= _NEUTRAL_EN | asked


def _is_unknown_zh(text: str, question: str) -> bool:
    if "".join(_HAN.findall(text)) == text.strip(" 。.！!") and text[:2] in _WHOLE_ZH:
        return not _YES_NO_ZH.search(question)
    found = _CORE_ZH.findall(text)
    if not found or (set(found) <= _AMBIGUOUS_ZH and _YES_NO_ZH.search(question)):
        return False
    rest = _CORE_ZH.sub(" ", text)
    asked = set(_LATIN.findall(question))
    if not all(word in asked or word in _NEUTRAL_EN for word in _LATIN.findall(rest)):
        return False
    pairs = {question[i : i + 2] for i in range(len(question) - 1)}
    return all(_neutral_zh(run, pairs) for run in re.findall(r"[\u3400-\u9fff]+", rest))


def _neutral_zh(run: str, pairs: set[str]) -> bool:
    """Whether every character is neutral or stands in a pair that the question holds as well."""
    return all(
        char in _NEUTRAL_ZH or run[max(0, i - 1) : i + 1] in pairs or run[i : i + 2] in pairs
        for i, char in enumerate(run)
    )


def _is_repeated(text: str, question: str) -> bool:
    said = set(tokens(text)) - _WRAPPER
    asked = set(tokens(question))
    if not asked or not said <= asked:
        return False
    parts = [_squeezed(question), *(_squeezed(piece.text) for piece in sentences(question))]
    lines = {_squeezed(piece.text) for piece in sentences(text)}
    return any(_alike(_squeezed(text), part) for part in parts) or all(
        any(_alike(line, part) for part in parts) for line in lines
    )


def _alike(line: str, part: str) -> bool:
    if not line or not part:
        return False
    if not line.replace(part, ""):
        return True
    if len(line) > 3 * len(part):
        return False
    if line in part:
        return len(line) >= 0.6 * len(part) or _ASKING.match(line) is not None
    matcher = difflib.SequenceMatcher(None, line, part, autojunk=False)
    kept = [line[block.a : block.a + block.size] for block in matcher.get_matching_blocks()]
    added = len(line) - sum(map(len, kept))
    digits = sum(map(str.isdigit, line)) - sum(map(str.isdigit, "".join(kept)))
    return not digits and added <= 0.25 * len(line) and matcher.ratio() >= 0.8


def _squeezed(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
