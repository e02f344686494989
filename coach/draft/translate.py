"""A card's texts in the other language, in portions a small model can keep in order."""

from collections.abc import Iterator, Sequence

from coach.errors import ModelReplyError
from coach.grade.steering import as_data
from coach.language import Lang, detect
from coach.language_model import LanguageModel, Message
from coach.prompts import prompt
from coach.text import clean

PORTION = 600
MAX_TOKENS = 1200
_ASKS = ("?", "？")


def translate(model: LanguageModel, texts: Sequence[str], lang: Lang) -> list[str]:
    """Each text in `lang`; the text as it was where the model gave nothing usable for it.

    A text that fails in its portion is tried once more alone. What stays untranslated shows in the
    card's own lint, so nothing has to be remembered about it.
    A model that cannot be reached is an error like any other.
    """
    done: list[str] = []
    for portion in _portions(texts):
        first = _tried(model, portion, lang)
        alone = len(portion) == 1
        for text, made in zip(portion, first, strict=True):
            done.append(made if made != text or alone else _tried(model, [text], lang)[0])
    return done


def _tried(model: LanguageModel, texts: Sequence[str], lang: Lang) -> list[str]:
    try:
        return _ask(model, texts, lang)
    except ModelReplyError:
        return list(texts)


def _ask(model: LanguageModel, texts: Sequence[str], lang: Lang) -> list[str]:
    names = [f"text_{number}" for number in range(1, len(texts) + 1)]
    schema: dict[str, object] = {
        "title": "translation",
        "description": "The texts, translated.",
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "required": names,
        "additionalProperties": False,
    }
    asked = "\n\n".join(
        f"<{name}>\n{as_data(text)}\n</{name}>" for name, text in zip(names, texts, strict=True)
    )
    messages: list[Message] = [("system", prompt("translate", lang)), ("user", asked)]
    reply = model.structured(messages, schema, MAX_TOKENS)
    return [_usable(str(reply[name]), text, lang) for name, text in zip(names, texts, strict=True)]


def _usable(reply: str, text: str, lang: Lang) -> str:
    said = clean(reply, 6 * len(text) + 200).strip()
    # A small model likes to answer a question where it is to translate it.
    answered = text.endswith(_ASKS) and not said.endswith(_ASKS)
    return said if said and detect(said) == lang and not answered else text


def _portions(texts: Sequence[str]) -> Iterator[list[str]]:
    portion: list[str] = []
    for text in texts:
        if portion and sum(map(len, portion)) + len(text) > PORTION:
            yield portion
            portion = []
        portion.append(text)
    if portion:
        yield portion
