"""Compares plain values and says in both languages where they first differ."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from coach.card import Bilingual
from coach.exercise import Tolerance
from coach.language import LANGS, Lang
from coach.practice.texts import TEXTS
from coach.text import clean

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


def compare(
    expected: Any, got: Any, tolerance: Tolerance, names: Sequence[str] = ()
) -> Bilingual | None:
    """The first difference between plain values; arrays match in shape and within the tolerance.

    `names` are those of the parts where several values are expected.
    """
    if isinstance(expected, (tuple, list)):
        return _compare_parts(expected, got, tolerance, names)
    if isinstance(expected, dict):
        return _compare_items(expected, got, tolerance)
    if isinstance(expected, (str, bool)) or expected is None:
        return _compare_words(expected, got)
    if not _numeric(got):
        wanted = TEXTS["an_array" if _ndim(expected) else "a_number"]
        return say("kind", expected=wanted, got=kind(got))
    return _compare_arrays(expected, got, tolerance)


def kind(value: Any) -> Bilingual:
    """What a value is, in words."""
    if value is None:
        return TEXTS["nothing"]
    if _numeric(value):
        return TEXTS["an_array" if _ndim(value) else "a_number"]
    if isinstance(value, (tuple, list)):
        return say("values", count=len(value))
    if isinstance(value, dict):
        return say("keys", names=clean(", ".join(value), 200))
    if isinstance(value, str):
        return Bilingual(*(clean(repr(value), 200),) * len(LANGS))
    return say("a_value_of", name=type(value).__name__)


def _compare_parts(
    expected: Sequence[Any], got: Any, tolerance: Tolerance, names: Sequence[str]
) -> Bilingual | None:
    if not isinstance(got, (tuple, list)) or len(got) != len(expected):
        return say("kind", expected=say("values", count=len(expected)), got=kind(got))
    for index, (wanted, found) in enumerate(zip(expected, got, strict=True)):
        fault = compare(wanted, found, tolerance)
        if fault is not None:
            named = say("named_part", name=names[index]) if index < len(names) else None
            return prefixed(named or say("part", index=index + 1), fault)
    return None


def _compare_items(expected: dict[str, Any], got: Any, tolerance: Tolerance) -> Bilingual | None:
    if not isinstance(got, dict) or got.keys() != expected.keys():
        wanted = say("keys", names=", ".join(expected))
        return say("kind", expected=wanted, got=kind(got))
    for name, wanted in expected.items():
        fault = compare(wanted, got[name], tolerance)
        if fault is not None:
            return prefixed(say("named_part", name=name), fault)
    return None


def _compare_words(expected: str | bool | None, got: Any) -> Bilingual | None:
    """Text, truth values and nothing: a 0 or 1 of any numeric type counts as a truth value."""
    if isinstance(expected, bool) and _numeric(got) and not _ndim(got):
        if got == expected:
            return None
        return say("differs_scalar", expected=expected, got=bool(got))
    if type(got) is type(expected) and got == expected:
        return None
    return say("kind", expected=repr(expected), got=kind(got))


def _compare_arrays(expected: Any, got: Any, tolerance: Tolerance) -> Bilingual | None:
    import numpy as np

    wanted, found = np.asarray(expected), np.asarray(got)
    if wanted.shape != found.shape:
        return say("shape", expected=wanted.shape, got=found.shape)
    if found.dtype.kind == "c" and wanted.dtype.kind != "c":
        return say("kind", expected=TEXTS["an_array"], got=f"dtype {found.dtype}")
    wide = np.complex128 if wanted.dtype.kind == "c" else np.float64
    wanted, found = wanted.astype(wide), found.astype(wide)
    with np.errstate(all="ignore"):
        same = np.isclose(found, wanted, rtol=tolerance.rtol, atol=tolerance.atol, equal_nan=True)
    return None if same.all() else _difference(wanted, found, same)


def _difference(wanted: "Array", found: "Array", same: "Array") -> Bilingual:
    """Where two arrays first differ, with what stands around that place in both of them."""
    import numpy as np

    place = tuple(int(i) for i in np.argwhere(~same)[0])
    digits = _digits(wanted[place], found[place])
    texts = [f"{array[place]:.{digits}g}" for array in (wanted, found)]
    if not place:
        return say("differs_scalar", expected=texts[0], got=texts[1])
    where = f"[{', '.join(map(str, place))}]"
    if not np.isfinite(found[place]) and np.isfinite(wanted[place]):
        first = say("not_finite", value=texts[1], place=where)
    else:
        count, size = int((~same).sum()), same.size
        first = say("differs", place=where, expected=texts[0], got=texts[1], count=count, size=size)
    rows = [
        say(name, text=_around(array, place, digits))
        for name, array in (("expected", wanted), ("got", found))
    ]
    return joined(first, *rows)


def _digits(wanted: Any, found: Any) -> int:
    """As few significant digits as show that two numbers differ."""
    shown = (n for n in (6, 9, 12) if f"{wanted:.{n}g}" != f"{found:.{n}g}")
    return next(shown, 17)


def _around(array: "Array", place: tuple[int, ...], digits: int) -> str:
    """The innermost row around a place, at most seven numbers of it."""
    row, column = array[place[:-1]], place[-1]
    start = max(0, min(column - 3, row.size - 7))
    shown = " ".join(f"{x:.{digits}g}" for x in row[start : start + 7])
    return f"{'… ' if start else ''}{shown}{' …' if start + 7 < row.size else ''}"


def _numeric(value: Any) -> bool:
    import numpy as np

    return isinstance(value, (bool, int, float, np.ndarray, np.generic))


def _ndim(value: Any) -> int:
    import numpy as np

    return int(np.ndim(value))


def say(key: str, /, **values: Any) -> Bilingual:
    """A text with its blanks filled in, each in the text's own language."""

    def filled(lang: Lang) -> str:
        own = {k: v[lang] if isinstance(v, Bilingual) else v for k, v in values.items()}
        return TEXTS[key][lang].format(**own)

    return Bilingual(*(filled(lang) for lang in LANGS))


def prefixed(prefix: Bilingual, text: Bilingual) -> Bilingual:
    """One text right before the other."""
    return Bilingual(*(prefix[lang] + text[lang] for lang in LANGS))


def joined(*parts: Bilingual) -> Bilingual:
    """Texts below one another."""
    return Bilingual(*("\n".join(part[lang] for part in parts) for lang in LANGS))
