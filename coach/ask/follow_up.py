"""A follow-up question, said so that it is understood without the conversation."""

from coach.errors import ModelReplyError
from coach.grade.clauses import recall, tokens
from coach.grade.steering import as_data
from coach.language import Lang
from coach.language_model import LanguageModel
from coach.prompts import opening

_TOKENS = 80
_LONGEST = 400
_ANSWER = 800
"""Characters of the earlier answer that the model reads."""
_KEPT = 0.5
"""Share of a question's words that must be left of it: what keeps fewer is another question."""
_LABELS = {
    "en": ("Earlier question", "Answer", "Question"),
    "zh": ("之前的问题", "回答", "问题"),
}


def standing_alone(
    question: str, earlier: tuple[str, str], model: LanguageModel, lang: Lang
) -> str:
    """Returns the question with what it left to the `earlier` question and answer put in.

    The question as it is where the model says nothing usable.
    """
    said = (earlier[0], earlier[1][:_ANSWER], question)
    asked = "\n".join(
        f"{label}: {' '.join(as_data(text).split())}"
        for label, text in zip(_LABELS[lang], said, strict=True)
    )
    try:
        reply = "".join(model.stream([*opening("follow_on", lang), ("user", asked)], _TOKENS))
    except ModelReplyError:
        return question
    alone = as_data(next(iter(reply.strip().splitlines()), ""))
    kept = recall(tokens(question), tokens(alone)) if tokens(question) else 1.0
    usable = any(map(str.isalnum, alone)) and len(alone) <= _LONGEST and kept >= _KEPT
    return alone if usable else question
