"""Answers a free question from the indexed passages, with citations that code attaches."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from coach.card import Lang
from coach.document import Passage
from coach.errors import UsageError
from coach.grade.clauses import recall, sentences, tokens
from coach.grade.questions import token_estimate
from coach.grade.similarity import Embed
from coach.grade.steering import as_data, masked
from coach.grade.support import Sources
from coach.language import detect
from coach.language_model import LanguageModel, Message
from coach.prompts import prompt
from coach.verdict import Usage

MAX_QUESTION = 2000
NEAR = 0.27
"""Cosine that the best passage must reach. With the bundled embedder 39 of 40 questions that the
deck covers reach it (English and Chinese), and 2 of 40 that it does not cover."""
_BESIDE = 0.6
_READ = 3
_PROMPT_TOKENS = 600
_REPLY_TOKENS = 240
_REFUSAL = re.compile(r"not\s+covered|未涉及|没有涉及", re.IGNORECASE)
_OWN_MARKER = re.compile(r"(?:^|(?<=\s))\[\d+(?:\s*[,，-]\s*\d+)*\]|\[\d+\](?=\s*[.。,，!?]|\s*$)")
_INDEX = re.compile(r"\[(\d+)\]")
_BREAK = re.compile(r"[。！？!?]+[”」』）)\"']*|\.[\"')]*(?=\s)|\n+")
_TEXT = {
    "en": {
        "nothing": "The notes do not say: no passage is close enough to this question.",
        "refused": "The notes do not say: the passages found do not answer this question.",
        "unsupported": " [no source]",
        "labels": ("Passage", "Question"),
    },
    "zh": {
        "nothing": "资料里没有提到：没有找到与这个问题足够接近的段落。",
        "refused": "资料里没有提到：找到的段落没有回答这个问题。",
        "unsupported": " [无出处]",
        "labels": ("段落", "问题"),
    },
}


@dataclass(frozen=True)
class Citation:
    """Where one sentence of an answer comes from; `quote` is a substring of the passage's text."""

    marker: str
    passage: Passage
    quote: str


@dataclass(frozen=True)
class Answer:
    """A whole answer; without `answered` the text says that the notes do not cover the question."""

    question: str
    answered: bool
    text: str
    citations: tuple[Citation, ...]
    model: str
    elapsed_s: float
    usage: Usage | None = None


class Asker:
    """Answers questions from passages. `embed` as for the grader; `clock` gives seconds."""

    def __init__(
        self,
        model: Callable[[], LanguageModel],
        search: Callable[[str, int], list[Passage]],
        *,
        embed: Embed | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._search = search
        self._embed = embed
        self._clock = clock

    def ask(self, question: str, k: int = 5) -> Iterator[str | Answer]:
        """Yields the answer sentence by sentence, markers included, and the whole of it last.

        Errors of the index and the model are raised as they are: an answer cannot stay ungraded.
        """
        start = self._clock()
        asked = _checked(question, k)
        lang = detect(asked)
        near = _near(self._search(asked, k))
        if not near:
            yield from self._declined(asked, _text(lang, "nothing"), "", start)
            return
        model = self._model()
        used = model.usage
        citer = _Citer(near, self._embed, asked)
        said: list[str] = []
        for sentence in _sentences(model.stream(_messages(asked, near, lang), _REPLY_TOKENS)):
            if _REFUSAL.search(sentence):
                break
            said.append(citer.marked(sentence, lang, first=not said))
            yield said[-1]
        if not citer.citations:
            ending = ("\n" if said else "") + _text(lang, "refused")
            yield from self._declined(asked, ending, model.name, start, "".join(said))
            return
        yield Answer(
            question=asked,
            answered=True,
            text="".join(said),
            citations=tuple(citer.citations),
            model=model.name,
            elapsed_s=round(self._clock() - start, 3),
            usage=_spent(used, model.usage) if model.remote else None,
        )

    def _declined(
        self, asked: str, text: str, model: str, start: float, said: str = ""
    ) -> Iterator[str | Answer]:
        yield text
        elapsed = round(self._clock() - start, 3)
        yield Answer(asked, False, said + text, (), model, elapsed)


class _Citer:
    """Gives each sentence of a reply the marker of what supports it."""

    def __init__(self, passages: Sequence[Passage], embed: Embed | None, question: str) -> None:
        self.citations: list[Citation] = []
        self._sources = Sources(passages, embed, question)

    def marked(self, sentence: str, lang: Lang, *, first: bool) -> str:
        """Returns a sentence with its marker, or with words that say it has no source."""
        # Numbers in brackets that the model wrote itself must not pass for markers.
        plain = _INDEX.sub(r"(\1)", _OWN_MARKER.sub("", sentence)).strip()
        if not tokens(plain):
            return plain
        found = self._sources.supporting(plain)
        mark = _text(lang, "unsupported") if found is None else f" {self._marker(*found)}"
        return ("" if first or lang == "zh" else " ") + plain + mark

    def _marker(self, passage: Passage, quote: str) -> str:
        for citation in self.citations:
            if citation.passage.chunk.id == passage.chunk.id and citation.quote == quote:
                return citation.marker
        self.citations.append(Citation(f"[{len(self.citations) + 1}]", passage, quote))
        return self.citations[-1].marker


def _checked(question: str, k: int) -> str:
    asked = question.strip()
    if not any(char.isalnum() for char in asked):
        raise UsageError(
            "There is no question.", 'Example: coach ask "Why does Adam correct bias?"'
        )
    if len(asked) > MAX_QUESTION:
        raise UsageError(
            f"The question has {len(asked)} characters.", f"At most {MAX_QUESTION} are accepted."
        )
    if k < 1:
        raise UsageError(f"k is {k}.", "Ask for at least one passage.")
    return asked


def _near(found: Sequence[Passage]) -> list[Passage]:
    """Returns the passages that come close to the best one; none where even that is far off."""
    best = max((passage.score for passage in found), default=0.0)
    return [p for p in found if p.score >= _BESIDE * best] if best >= NEAR else []


def _messages(question: str, passages: Sequence[Passage], lang: Lang) -> list[Message]:
    passage_label, question_label = _TEXT[lang]["labels"]
    # A small model reads few passages better than many, and its reader's language best.
    read = sorted(passages, key=lambda passage: passage.chunk.lang != lang)[:_READ]
    room = _PROMPT_TOKENS // len(read)
    shown = "\n\n".join(
        f"<passage>\n{passage_label} {number}:\n{_excerpt(passage.chunk.text, question, room)}\n</passage>"
        for number, passage in enumerate(read, 1)
    )
    asked = f"{shown}\n\n{question_label}: {as_data(question)}"
    return [("system", prompt("ask", lang)), ("user", asked)]


def _excerpt(text: str, question: str, room: int) -> str:
    """Returns the sentences nearest to the question, in their order, within `room` tokens."""
    pieces = sentences(masked(text))
    wanted = tokens(question)
    order = sorted(range(len(pieces)), key=lambda i: -recall(wanted, tokens(pieces[i].text)))
    kept: list[int] = []
    for index in order:
        room -= token_estimate(pieces[index].text)
        if room < 0 and kept:
            break
        kept.append(index)
    return as_data("\n".join(pieces[i].text for i in sorted(kept)))[:3000]


def _sentences(pieces: Iterator[str]) -> Iterator[str]:
    """Yields whole sentences as they are completed in a stream."""
    waiting = ""
    for piece in pieces:
        waiting += piece
        while (match := _BREAK.search(waiting)) and match.end() < len(waiting):
            sentence, waiting = waiting[: match.end()], waiting[match.end() :]
            if sentence.strip():
                yield sentence
    if waiting.strip():
        yield waiting


def _text(lang: Lang, name: str) -> str:
    return str(_TEXT[lang][name])


def _spent(before: Usage, after: Usage) -> Usage:
    return Usage(
        after.prompt_tokens - before.prompt_tokens,
        after.completion_tokens - before.completion_tokens,
    )
