"""A question in, an answer out: passages, a model's words as they come, markers, the whole of it."""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

from coach.ask.citing import Citation, Citer
from coach.ask.follow_up import read_on
from coach.ask.second_look import COVERED, HOPELESS, SURE, look_again
from coach.ask.sentences import SentenceEnd, flow, plain
from coach.ask.support import Sources, quotable
from coach.document import Passage, Reading
from coach.errors import UsageError
from coach.grade.clauses import recall, tokens
from coach.grade.questions import token_estimate
from coach.grade.similarity import Embed
from coach.grade.steering import as_data, masked_passage
from coach.language import Lang, detect
from coach.language_model import LanguageModel, Message
from coach.prompts import opening
from coach.verdict import Usage

MAX_QUESTION = 2000
_ROOM = 450
_SHARES = (0.4, 0.35, 0.25)
"""Tokens of the notes that the model reads, and how the first passages share them."""
_TITLE = 200
_REPLY_TOKENS = 400
_ENOUGH_TOKENS = 120
"""The sentence with which a reply grows beyond this ends it: what comes later is seldom to the point."""
_TEXT = {
    "en": {
        "nothing": "The notes do not say: no passage found is about this.",
        "quoted": "The notes say: ",
        "earlier": "Earlier question: ",
        "question": "Question: ",
    },
    "zh": {
        "nothing": "资料里没有提到：找到的段落都没有讲这个问题。",
        "quoted": "资料原文：",
        "earlier": "之前的问题：",
        "question": "问题：",
    },
}


@dataclass(frozen=True)
class Answer:
    """A whole answer; without `answered` the text says that the notes do not cover the question.

    `understood` is a follow-up with what was asked before it; empty where the question stands alone.
    """

    question: str
    answered: bool
    text: str
    citations: tuple[Citation, ...]
    model: str
    elapsed_s: float
    usage: Usage | None = None
    understood: str = ""


class Asker:
    """Answers questions from passages. `embed` as for the grader; `clock` gives seconds."""

    def __init__(
        self,
        model: Callable[[], LanguageModel],
        read: Callable[[str, int], Reading],
        *,
        embed: Embed | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._read = read
        self._embed = embed
        self._clock = clock

    def ask(
        self, question: str, k: int = 5, earlier: Answer | None = None
    ) -> Generator[str | Answer, None, None]:
        """Yields the answer as it is written, a marker after each sentence, and the whole of it last.

        What was yielded stays: a sentence that no passage supports is marked as such.
        With an `earlier` answer the question may lean on it. Errors of the index and the model are
        raised as they are: an answer cannot stay ungraded.
        """
        start = self._clock()
        asked = _checked(question, k)
        lang = detect(asked)
        look = self._look(asked, k, earlier, lang)
        reading, model = look.reading, look.model
        understood = look.whole if look.whole != asked else ""
        sources = Sources(reading.passages, self._embed, look.whole)
        if model is None or reading.covered < COVERED or not sources:
            text = _TEXT[lang]["nothing"]
            yield text
            spent = _spent(look.used, model) if model else None
            yield Answer(asked, False, text, (), "", self._since(start), spent, understood)
            return
        citer, said = Citer(sources), []
        context = earlier.question if earlier and understood else ""
        told = messages(asked, reading.passages, lang, look.query, context)
        with closing(model.stream(told, _REPLY_TOKENS)) as stream:
            for piece in _marked(stream, citer, lang):
                said.append(piece)
                yield piece
        if not citer.citations:
            said.append(_quoted(citer, look.query, lang))
            yield said[-1]
        yield Answer(
            question=asked,
            answered=bool(citer.citations),
            text="".join(said),
            citations=tuple(citer.citations),
            model=model.name,
            elapsed_s=self._since(start),
            usage=_spent(look.used, model),
            understood=understood,
        )

    def _look(self, asked: str, k: int, earlier: Answer | None, lang: Lang) -> "_Look":
        """Finds passages; the model is only opened where the notes may say something."""

        def read(query: str) -> Reading:
            return self._read(query, k)

        if earlier is None:
            whole, reading = asked, read(asked)
        else:
            whole, reading = read_on(asked, (earlier.question, earlier.understood), read)
        if reading.covered <= HOPELESS:
            return _Look(whole, whole, reading, None, Usage())
        query, model = whole, self._model()
        used = model.usage
        # What a follow-up is about, the question before it says.
        if whole == asked and reading.covered < SURE:
            query, reading = look_again(asked, reading, model, read, lang)
        return _Look(whole, query, reading, model, used)

    def _since(self, start: float) -> float:
        return round(self._clock() - start, 3)


class _Look(NamedTuple):
    """What was found with which words, by `whole` question and `query`, and what had been used of the model before."""

    whole: str
    query: str
    reading: Reading
    model: LanguageModel | None
    used: Usage


def messages(
    question: str, passages: Sequence[Passage], lang: Lang, query: str = "", earlier: str = ""
) -> list[Message]:
    """What the model is sent: instructions, an example, sentences of the first passages, the question.

    `query` is what the sentences are chosen by, without it the question; `earlier` is the question it leans on.
    """
    room = (_ROOM * share for share in _SHARES)
    notes = "\n\n".join(
        _excerpt(passage, query or question, int(tokens))
        for passage, tokens in zip(passages, room, strict=False)
    )
    said = ((_TEXT[lang]["earlier"], earlier), (_TEXT[lang]["question"], question))
    asked = "\n".join(label + " ".join(as_data(text).split()) for label, text in said if text)
    return [*opening("ask", lang), ("user", f"<notes>\n{notes}\n</notes>\n\n{asked}")]


def _marked(pieces: Iterator[str], citer: Citer, lang: Lang) -> Iterator[str]:
    """A reply as it comes in, with a marker at the end of each sentence; a long one ends early."""
    between, room = "", _ENOUGH_TOKENS
    for piece in flow(pieces):
        if isinstance(piece, SentenceEnd):
            if mark := citer.mark(piece.text, lang):
                yield mark
            between = " " if lang == "en" and piece.text else between
            room -= token_estimate(piece.text)
            if room < 0:
                break
        else:
            yield between + piece
            between = ""


def _quoted(citer: Citer, query: str, lang: Lang) -> str:
    """The passage itself, where the model has said nothing that a passage supports."""
    found = " ".join(
        f"{plain(' '.join(text.split()))} {marker}" for text, marker in citer.quotes(query)
    )
    return f"\n{_TEXT[lang]['quoted']}{found}" if found else ""


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


def _excerpt(passage: Passage, query: str, room: int) -> str:
    """Returns the title and the sentences that share most with a query, in their order, within `room` tokens."""
    pieces = quotable(passage)
    wanted = tokens(query)
    order = sorted(range(len(pieces)), key=lambda i: -recall(wanted, tokens(pieces[i].text)))
    kept: list[int] = []
    for index in order:
        room -= token_estimate(pieces[index].text)
        if room < 0 and kept:
            break
        kept.append(index)
    # Told what a passage is about, a small model far oftener copies from the right one.
    title = " ".join(as_data(masked_passage(passage.chunk.locator.heading)).split())[:_TITLE]
    return f"# {title}\n" + as_data("\n".join(pieces[i].text for i in sorted(kept)))[:3000]


def _spent(before: Usage, model: LanguageModel) -> Usage | None:
    """What was used of an endpoint; None where it did not say, as for a reply that was ended early."""
    used = Usage(
        model.usage.prompt_tokens - before.prompt_tokens,
        model.usage.completion_tokens - before.completion_tokens,
    )
    return used if model.remote and used.prompt_tokens else None
