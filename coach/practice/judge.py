"""Decides whether plain values are the right answer, and says what is wrong so that it teaches."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coach.card import LANGS, Bilingual, Lang
from coach.exercise import NUMERICAL, Case, Failed, Limits, Returned, Tensor, Tolerance
from coach.practice.texts import TEXTS

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_SHOWN_ELEMENTS = 40


def judge(case: Case, call: "Signature", returned: Returned) -> Bilingual | None:
    """What is wrong with a returned value, with the rule it breaks and the call; None: it is right."""
    fault = (
        _changed(case, returned.args) or _wrong(case, returned) or _wrong_gradient(case, returned)
    )
    if fault is None:
        return None
    shown = _call_text(call, case.args)
    return _joined(case.why, fault, *([shown] if shown else []))


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
    """Why a case yielded no value."""
    text = TEXTS[failed.status][lang].format(seconds=f"{limits.seconds:g}", memory=limits.memory_mb)
    detailed = failed.status in ("error", "crash", "exited", "protocol")
    return f"{text} {failed.message}" if detailed else text


def _wrong(case: Case, returned: Returned) -> Bilingual | None:
    value = returned.value
    fault = case.check(value) if case.check else compare(case.expected, value, case.tolerance)
    found = getattr(value, "dtype", type(value).__name__)
    if fault is None and case.dtype and case.dtype != str(found):
        return _say("dtype", expected=case.dtype, got=found)
    return fault


def _wrong_gradient(case: Case, returned: Returned) -> Bilingual | None:
    if case.gradient is None:
        return None
    pairs = zip(case.gradient.expected, returned.gradients, strict=False)
    for index, (wanted, found) in enumerate(pairs, 1):
        fault = _say("no_gradient") if found is None else compare(wanted, found, NUMERICAL)
        if fault is not None:
            return _prefixed(_say("gradient", index=index), fault)
    return None


def compare(expected: Any, got: Any, tolerance: Tolerance) -> Bilingual | None:
    """The first difference between plain values; arrays match in shape and within the tolerance."""
    if isinstance(expected, (tuple, list)):
        return _compare_parts(expected, got, tolerance)
    if isinstance(expected, str) or expected is None:
        return None if got == expected else _say("kind", expected=repr(expected), got=kind(got))
    if not _numeric(got):
        wanted = TEXTS["an_array" if _ndim(expected) else "a_number"]
        return _say("kind", expected=wanted, got=kind(got))
    return _compare_arrays(expected, got, tolerance)


def kind(value: Any) -> Bilingual:
    """What a value is, in words."""
    if value is None:
        return TEXTS["nothing"]
    if _numeric(value):
        return TEXTS["an_array" if _ndim(value) else "a_number"]
    if isinstance(value, (tuple, list)):
        return _say("values", count=len(value))
    return _say("a_value_of", name=type(value).__name__)


def _compare_parts(expected: Sequence[Any], got: Any, tolerance: Tolerance) -> Bilingual | None:
    if not isinstance(got, (tuple, list)) or len(got) != len(expected):
        return _say("kind", expected=_say("values", count=len(expected)), got=kind(got))
    for index, (wanted, found) in enumerate(zip(expected, got, strict=True), 1):
        fault = compare(wanted, found, tolerance)
        if fault is not None:
            return _prefixed(_say("part", index=index), fault)
    return None


def _compare_arrays(expected: Any, got: Any, tolerance: Tolerance) -> Bilingual | None:
    import numpy as np

    wanted, found = np.asarray(expected), np.asarray(got)
    if wanted.shape != found.shape:
        return _say("shape", expected=wanted.shape, got=found.shape)
    if found.dtype.kind == "c" and wanted.dtype.kind != "c":
        return _say("kind", expected=TEXTS["an_array"], got=f"dtype {found.dtype}")
    wide = np.complex128 if wanted.dtype.kind == "c" else np.float64
    wanted, found = wanted.astype(wide), found.astype(wide)
    with np.errstate(all="ignore"):
        same = np.isclose(found, wanted, rtol=tolerance.rtol, atol=tolerance.atol, equal_nan=True)
    return None if same.all() else _difference(wanted, found, same)


def _difference(wanted: "Array", found: "Array", same: "Array") -> Bilingual:
    """Where two arrays first differ, with what stands around that place in both of them."""
    import numpy as np

    if not wanted.ndim:
        return _say("differs_scalar", expected=_number(wanted), got=_number(found))
    place = tuple(int(i) for i in np.argwhere(~same)[0])
    where = f"[{', '.join(map(str, place))}]"
    if not np.isfinite(found[place]) and np.isfinite(wanted[place]):
        first = _say("not_finite", value=_number(found[place]), place=where)
    else:
        first = _say(
            "differs",
            place=where,
            expected=_number(wanted[place]),
            got=_number(found[place]),
            count=int((~same).sum()),
            size=same.size,
        )
    rows = [
        _say(name, text=_around(array, place))
        for name, array in (("expected", wanted), ("got", found))
    ]
    return _joined(first, *rows)


def _around(array: "Array", place: tuple[int, ...]) -> str:
    """The innermost row around a place, at most seven numbers of it."""
    row, column = array[place[:-1]], place[-1]
    start = max(0, min(column - 3, row.size - 7))
    shown = " ".join(_number(x) for x in row[start : start + 7])
    return f"{'… ' if start else ''}{shown}{' …' if start + 7 < row.size else ''}"


def _changed(case: Case, after: Sequence[Any]) -> Bilingual | None:
    import numpy as np

    if case.mutates:
        return None
    for index, sent in enumerate(case.args):
        array = sent.array if isinstance(sent, Tensor) else sent
        if not isinstance(array, np.ndarray):
            continue
        found = after[index] if index < len(after) else None
        if not isinstance(found, np.ndarray) or not np.array_equal(
            array, found, equal_nan=array.dtype.kind in "fc"
        ):
            return _say("changed", index=index + 1)
    return None


def _numeric(value: Any) -> bool:
    import numpy as np

    return isinstance(value, (bool, int, float, np.ndarray)) and not isinstance(value, str)


def _ndim(value: Any) -> int:
    import numpy as np

    return int(np.ndim(value))


def _number(value: Any) -> str:
    return f"{value:.6g}"


def _call_text(call: Signature, args: Sequence[Any]) -> Bilingual | None:
    """The call as one could type it, None where its inputs are too long to read."""
    texts = [_value_text(arg) for arg in args]
    if "" in texts:
        return None
    if not call.parameters:
        return _say("call", text=f"{call.name}({', '.join(texts)})")
    named = zip(call.parameters, texts, strict=False)
    return _say("inputs", text=", ".join(f"{name} = {text}" for name, text in named))


def _value_text(value: Any) -> str:
    """A value as one could type it, empty where it is too long to read."""
    import numpy as np

    array = value.array if isinstance(value, Tensor) else value
    if not isinstance(array, np.ndarray):
        return repr(array)
    if array.size > _SHOWN_ELEMENTS or not array.size:
        return ""
    text = np.array2string(array, precision=6, separator=", ", threshold=_SHOWN_ELEMENTS)
    return " ".join(text.split())


def _say(key: str, /, **values: Any) -> Bilingual:
    """A text with its blanks filled in, each in the text's own language."""

    def filled(lang: Lang) -> str:
        own = {k: v[lang] if isinstance(v, Bilingual) else v for k, v in values.items()}
        return TEXTS[key][lang].format(**own)

    return Bilingual(*(filled(lang) for lang in LANGS))


def _prefixed(prefix: Bilingual, text: Bilingual) -> Bilingual:
    return Bilingual(*(prefix[lang] + text[lang] for lang in LANGS))


def _joined(*parts: Bilingual) -> Bilingual:
    return Bilingual(*("\n".join(part[lang] for part in parts) for lang in LANGS))
