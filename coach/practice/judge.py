"""Decides whether plain values are the right answer, and says what is wrong so that it teaches."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from coach.card import Bilingual
from coach.exercise import NUMERICAL, Case, Failed, Limits, Returned, Rng, Tensor
from coach.language import Lang
from coach.practice.compare import compare, joined, prefixed, say
from coach.practice.texts import TEXTS

_SHOWN_ELEMENTS = 40


def judge(case: Case, call: "Signature", returned: Returned) -> Bilingual | None:
    """What is wrong with a returned value, with the rule it breaks and the call; None: it is right."""
    fault = (
        _changed(case, returned.args) or _wrong(case, returned) or _wrong_gradient(case, returned)
    )
    if fault is None:
        return None
    shown = call_text(call, case.args)
    return joined(case.why, fault, *([shown] if shown else []))


@dataclass(frozen=True)
class Signature:
    """How a call is shown: a function's name or, where a driver makes it, the names of its inputs."""

    name: str
    parameters: tuple[str, ...] = ()


def signatures(driver: str) -> dict[str, Signature]:
    """The functions of a driver, without their first parameter, the answer's module."""
    functions = [node for node in ast.parse(driver).body if isinstance(node, ast.FunctionDef)]
    return {f.name: Signature(f.name, tuple(a.arg for a in f.args.args[1:])) for f in functions}


def describe_failure(failed: Failed, limits: Limits, lang: Lang) -> str:
    """Why an answer yielded no value."""
    text = TEXTS[failed.status][lang].format(seconds=f"{limits.seconds:g}", memory=limits.memory_mb)
    detailed = failed.status in ("error", "crash", "exited", "protocol")
    return f"{text} {failed.message}" if detailed else text


def describe_failed_case(
    case: Case, call: Signature, failed: Failed, limits: Limits, lang: Lang
) -> str:
    """Why a case yielded no value, with the rule it tests and the call."""
    shown = call_text(call, case.args)
    parts = [describe_failure(failed, limits, lang), case.why[lang]]
    return "\n".join([*parts, shown[lang]] if shown else parts)


def _wrong(case: Case, returned: Returned) -> Bilingual | None:
    value = returned.value
    check = case.check or (lambda got: compare(case.expected, got, case.tolerance, case.names))
    fault = check(value)
    found = getattr(value, "dtype", type(value).__name__)
    if fault is None and case.dtype and case.dtype != str(found):
        return say("dtype", expected=case.dtype, got=found)
    return fault


def _wrong_gradient(case: Case, returned: Returned) -> Bilingual | None:
    if case.gradient is None:
        return None
    # What is missing counts as no gradient: the list comes from inside and may be cut short.
    pairs = zip_longest(case.gradient.expected, returned.gradients[: len(case.gradient.expected)])
    for index, (wanted, found) in enumerate(pairs, 1):
        fault = say("no_gradient") if found is None else compare(wanted, found, NUMERICAL)
        if fault is not None:
            return prefixed(say("gradient", index=index), fault)
    return None


def _changed(case: Case, after: Sequence[Any]) -> Bilingual | None:
    if case.mutates:
        return None
    for index, sent in enumerate(case.args):
        if not isinstance(sent, Rng) and not _same(
            sent, after[index] if index < len(after) else None
        ):
            return say("changed", index=index + 1)
    return None


def _same(sent: Any, found: Any) -> bool:
    """Whether a value came back as it went: arrays element by element, in lists and dicts too."""
    import numpy as np

    if isinstance(sent, Tensor):
        return _same(sent.array, found)
    if isinstance(sent, np.ndarray):
        equal_nan = sent.dtype.kind in "fc"
        return isinstance(found, np.ndarray) and np.array_equal(sent, found, equal_nan=equal_nan)
    if isinstance(sent, (list, tuple)):
        alike = type(found) is type(sent) and len(found) == len(sent)
        return alike and all(map(_same, sent, found))
    if isinstance(sent, dict):
        alike = isinstance(found, dict) and found.keys() == sent.keys()
        return alike and all(_same(sent[name], found[name]) for name in sent)
    return True


def call_text(call: Signature, args: Sequence[Any]) -> Bilingual | None:
    """The call as one could type it, None where its inputs are too long to read."""
    if sum(_elements(arg) for arg in args) > _SHOWN_ELEMENTS:
        return None
    texts = [_value_text(arg) for arg in args]
    if not call.parameters:
        return say("call", text=f"{call.name}({', '.join(texts)})")
    named = zip(call.parameters, texts, strict=False)
    return say("inputs", text=", ".join(f"{name} = {text}" for name, text in named))


def _elements(value: Any) -> int:
    """How many numbers it would take to show a value; an empty array can't be typed, so it is endless."""
    import numpy as np

    if isinstance(value, Tensor):
        return _elements(value.array)
    if isinstance(value, np.ndarray):
        return value.size or _SHOWN_ELEMENTS + 1
    if isinstance(value, (list, tuple)):
        return sum(map(_elements, value))
    if isinstance(value, dict):
        return sum(map(_elements, value.values()))
    return 1


def _value_text(value: Any) -> str:
    """A value as one could type it."""
    import numpy as np

    if isinstance(value, Tensor):
        return _value_text(value.array)
    if isinstance(value, Rng):
        return f"default_rng({value.seed})"
    if isinstance(value, np.ndarray):
        formats: Any = {"float_kind": "{:.6g}".format}
        text = np.array2string(value, separator=", ", formatter=formats)
        return " ".join(text.split()).replace("[ ", "[")
    if isinstance(value, (list, tuple)):
        texts = ", ".join(map(_value_text, value))
        return f"[{texts}]" if isinstance(value, list) else f"({texts})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name!r}: {_value_text(v)}" for name, v in value.items()) + "}"
    return f"{value:.6g}" if isinstance(value, float) else repr(value)
