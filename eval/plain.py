"""The plain way to mark with a language model: one prompt, the likeliest digit."""

from coach.grade.evidence import Evidence
from coach.grade.questions import shown_answer
from coach.grade.steering import as_data
from coach.language import Lang
from coach.language_model import LanguageModel, Message
from eval.datasets import Sample

_DEFAULT_TOP = 5
_SYSTEM: dict[Lang, str] = {
    "en": "You are an examiner. Mark the student's answer from 0 (worst) to {top} (best) by the "
    "reference answer. Reply with the mark only.",
    "zh": "你是阅卷老师。请根据参考答案给学生的回答打分，最低 0 分，最高 {top} 分。只回复分数。",
}
_USER: dict[Lang, str] = {
    "en": "Question: {question}\n\nReference answer: {reference}\n\nStudent's answer: {answer}\n\nMark:",
    "zh": "问题：{question}\n\n参考答案：{reference}\n\n学生的回答：{answer}\n\n分数：",
}


def plain_mark(model: LanguageModel, sample: Sample) -> float:
    """The likeliest mark over the highest one (0 to 1); the errors of the model."""
    top = highest(sample.max_score)
    chosen = model.choose(messages(sample, top), [str(digit) for digit in range(top + 1)])
    return int(max(chosen, key=lambda digit: chosen[digit])) / top


def highest(max_score: float) -> int:
    """The highest mark asked for: the set's where that is one digit and whole, else 5."""
    return int(max_score) if max_score in range(1, 10) else _DEFAULT_TOP


def messages(sample: Sample, top: int) -> list[Message]:
    """The one prompt; a very long answer is shortened as for the coach's own grader."""
    shown = shown_answer(Evidence(sample.task, sample.answer, sample.answer))
    reference = as_data(sample.references[0]) if sample.references else ""
    asked = _USER[sample.lang].format(
        question=as_data(sample.question), reference=reference, answer=shown
    )
    return [("system", _SYSTEM[sample.lang].format(top=top)), ("user", asked)]
