"""How likely the passages found answer a question: closeness in meaning, its own words, and the deck around it.

The weights are fitted by `scripts/fit_evidence.py`.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from coach.document import Passage
from coach.grade.clauses import stem
from coach.retrieve.nearness import Nearness

if TYPE_CHECKING:
    from coach.index.vectors import Matrix

_LATIN = re.compile(r"[a-z][a-z0-9]*|\d+(?:\.\d+)?")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_ALIKE = 0.8
_LONG = 5
# What a word that one passage alone holds adds to a cosine.
_RARE_WORD = 0.4
# Logistic regressions (bias, weights) on eval/sets/ask.jsonl and the questions of the retrieval sets, both answers
# weighing the same: without the deck and with it. The cosine is that of the bundled embedder, centred.
_ALONE = (-10.94, (15.56, 1.39, 5.04, 5.14, 3.94, 2.88))
_NEAR = (-14.26, (8.27, 0.09, -5.03, 5.06, 3.93, 2.94, 11.62, 21.92, 9.42))
_ASKING_WORDS = """
a about actually after again all also am an and any anyone are as at away bad be because been before
being best better between bit but by can cannot could difference did different do does doesn doesnt
doing don done dont down each either else even ever every exactly explain few find for from get gets
give go goes going good got had happen happens has have having help here how i if in instead into is
isn it its itself just keep kind know let like ll lot make makes many may me mean meaning means
might more most much must my need needs no not of off ok on one only or other our out over own part
people point possible pick really reason right same say see set should show so some someone
something sort still stop stuff such take tell than that thats the their them then there these they
thing things think this those through to too two up us use used using useful usually ve very want
was way we well went were what whats when where which while who whole whom whose why will with
without won work works would wrong you your
什么 怎么 为什么 为啥 咋办 咋样 怎样 怎么办 怎么样 如何 哪些 哪个 哪里 哪儿 多少 是不是 能不能
可以 可不可以 到底 究竟 之间 区别 时候 一下 一下子 一个 一种 一般 这个 那个 这样 那样 这些 那些
我们 你们 他们 自己 还是 或者 但是 因为 所以 如果 就是 不是 没有 不能 应该 需要 进行 时候
有什么 作用 意思 关系 解释 介绍 说明 比较 问题 原因 道理 有用 管用 会有 用来 干嘛 干什么 凭什么
怎么回事 回事 是啥 有啥 普通 老是 特别 一定 可能 直接 拿来 里面 东西 知道 请问 告诉
"""
_ASKING = frozenset(_ASKING_WORDS.split())


_ENDINGS = ("s", "es", "ed", "ing", "e", "ion", "er")


@dataclass(frozen=True)
class Closeness:
    """How close the passages of one language come: the highest cosine, and the highest of cosine and words together.

    A passage near in meaning that holds the words as well tells more than two passages of which each does one.
    """

    cosine: float = 0.0
    together: float = 0.0

    @classmethod
    def of(cls, cosines: "Matrix", words: "Matrix") -> "Closeness":
        """From each passage's cosine and its BM25 for the words that the question is about."""
        if not len(cosines):
            return cls()
        rare = _RARE_WORD / _rarity(len(cosines), 1)
        return cls(float(cosines.max()), float((cosines + rare * words).max()))


@dataclass(frozen=True)
class Evidence:
    """Signals of one question: how close each language comes, and shares of the question's words, 0 to 1.

    Rare words count more. `held` are words that one passage holds (of all passages the one that is close in
    meaning, too), `known` those that the index holds anywhere. `near` is there where the best passage came with
    the program: of what users ingest the deck tells nothing.
    """

    own: Closeness
    other: Closeness
    held: float
    known: float
    near: Nearness | None = None

    @property
    def signals(self) -> tuple[float, ...]:
        """What the weights are for, in their order."""
        closeness = (
            value for one in (self.own, self.other) for value in (one.cosine, one.together)
        )
        near = self.near.signals if self.near else ()
        return (*closeness, self.held, self.known, *near)

    @property
    def covered(self) -> float:
        """Probability that the passages answer the question."""
        bias, weights = _NEAR if self.near else _ALONE
        total = sum(w * s for w, s in zip(weights, self.signals, strict=True))
        return 1 / (1 + math.exp(-bias - total))


def weigh(
    question: str,
    passages: Sequence[Passage],
    close: tuple[Closeness, Closeness],
    holding: Callable[[str], int],
    count: int,
    near: Callable[[Passage], Nearness | None] = lambda _: None,
) -> Evidence:
    """Signals for a question; `close` is for its own language and the other one.

    `holding` says how many of all `count` passages hold a word, `near` how near it is to the deck where a passage
    is the best.
    """
    words = content_words(question)
    if not passages:
        return Evidence(*close, held=0.0, known=0.0)
    if not words:
        return Evidence(*close, held=0.0, known=0.0, near=near(passages[0]))
    frequency = {word: max(holding(form) for form in _forms(word)) for word in words}
    weight = {word: _rarity(count, frequency[word]) for word in words}
    texts = [passage_words(passage) for passage in passages]
    held = [_share(words, text, weight) for text in texts]
    best = max(range(len(texts)), key=lambda i: held[i] + 2 * passages[i].score)
    known = set().union(*texts) | {word for word in words if frequency[word]}
    share = _share(words, known, weight)
    return Evidence(*close, held=held[best], known=share, near=near(passages[best]))


def content_words(question: str) -> list[str]:
    """The words of a question that say what it is about; those it is merely put in are left out."""
    return list(dict.fromkeys(_content(question.lower())))


def passage_words(passage: Passage) -> set[str]:
    """A passage's words and the stems of its English ones."""
    return set(_every(f"{passage.chunk.locator.heading}\n{passage.chunk.text}".lower()))


def _share(words: Sequence[str], held: set[str], weight: Mapping[str, float]) -> float:
    """Share of the words' weight that is held."""
    total = sum(weight[word] for word in words)
    return sum(weight[word] for word in words if _holds(held, word)) / total if total else 0.0


def _holds(held: set[str], word: str) -> bool:
    """Whether a word, another form of it, or what a slip of the pen stands for is there."""
    if word in held or stem(word) in held:
        return True
    is_long = len(word) >= _LONG and word.isascii()
    return is_long and bool(get_close_matches(word, held, n=1, cutoff=_ALIKE))


def _rarity(count: int, holding: int) -> float:
    """Inverse document frequency, as in BM25."""
    return math.log(1 + (count - holding + 0.5) / (holding + 0.5))


def _forms(word: str) -> set[str]:
    root = stem(word)
    endings = _ENDINGS if root != word else _ENDINGS[:1]
    return {word, root, *(root + ending for ending in endings)} if word.isascii() else {word}


def _content(text: str) -> Iterator[str]:
    for match in _LATIN.finditer(text):
        if match[0] not in _ASKING and (len(match[0]) > 1 or match[0].isdigit()):
            yield match[0]
    for match in _HAN.finditer(text):
        yield from (word for word in _cut(match[0]) if word not in _ASKING)


def _every(text: str) -> Iterator[str]:
    before = ""
    for match in _LATIN.finditer(text):
        yield from (match[0], stem(match[0]), before + match[0])
        before = match[0]
    for match in _HAN.finditer(text):
        yield from _cut(match[0])


def _cut(run: str) -> Iterator[str]:
    import rjieba

    # Words of its dictionary alone: those that it makes up differ between question and passage.
    return (word for word in rjieba.cut_for_search(run, False) if len(word) > 1)
