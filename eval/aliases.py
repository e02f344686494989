"""How public sets call the fields of an eval set, and how one of their rows becomes a row of ours."""

from collections.abc import Mapping, Sequence
from typing import Any

from coach.language import detect

ALIASES: Mapping[str, Sequence[str]] = {
    "id": ("answer_id", "sample_id", "response_id"),
    "question_id": ("questionid", "qid", "prompt_id", "question_no", "essayset", "task_id"),
    "lang": ("language",),
    "question": ("question_text", "questiontext", "prompt", "input"),
    "reference": (
        "reference_answer",
        "reference_answers",
        "references",
        "desired_answer",
        "model_answer",
        "ideal_answer",
        "target",
    ),
    "key_points": ("keypoints", "rubric"),
    "answer": (
        "student_answer",
        "provided_answer",
        "studentanswer",
        "student_response",
        "response",
        "essaytext",
    ),
    "score": ("score_avg", "grade", "mark", "ave", "average", "human_score"),
    "score_1": ("score_me", "score1", "marker_1", "me", "grader_1"),
    "score_2": ("score_other", "score2", "marker_2", "other", "grader_2"),
    "max_score": ("maxscore", "max_mark", "max_grade", "full_mark", "total_marks", "points"),
    "step": (),
}
"""Each field of an eval set with other names for it, in the order in which they are looked for."""

NUMBERS = ("score", "score_1", "score_2", "max_score", "step")
LISTS = ("reference", "key_points")


def ours(
    row: Mapping[str, Any], number: int, chosen: Mapping[str, str], given: Mapping[str, Any]
) -> dict[str, Any]:
    """A row with our names: columns `chosen` for a field first, then those that go by a known name.

    `given` fills what the row leaves open; a missing mark is the mean of two markers'. All other columns are kept.
    """
    names = _columns(row, chosen)
    rest = {name: row[name] for name in row if name not in names.values()}
    found = {field: row[name] for field, name in names.items()}
    # An empty cell says nothing, but an empty answer is an answer.
    found = {field: v for field, v in found.items() if field == "answer" or v not in (None, "")}
    found |= {field: _number(found[field]) for field in NUMBERS if field in found}
    filled = {**given, **found}
    if "score" not in filled and "score_1" in filled and "score_2" in filled:
        filled["score"] = _mean(filled["score_1"], filled["score_2"])
    filled.setdefault("id", str(number))
    filled.setdefault("lang", detect(f"{filled.get('question', '')} {filled.get('answer', '')}"))
    return {**rest, **filled}


def _columns(row: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, str]:
    """Which column holds each field."""
    plain = {_plain(name): name for name in row}
    named = {field: name for field, name in chosen.items() if name in row}
    for field, others in ALIASES.items():
        known = (plain[name] for name in (field, *others) if name in plain)
        free = next((name for name in known if name not in named.values()), None)
        if field not in named and free is not None:
            named[field] = free
    return named


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def _number(value: Any) -> Any:
    """Text that is a number as that number; anything else as it is, to be told by its field."""
    if not isinstance(value, str):
        return value
    try:
        return float(value)
    except ValueError:
        return value


def _mean(one: Any, other: Any) -> Any:
    return (one + other) / 2 if isinstance(one, float) and isinstance(other, float) else one
