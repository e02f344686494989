"""How two graders differ on the answers that both have, metric by metric."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from eval import paired

if TYPE_CHECKING:
    from eval.paired import Numbers

Rows = Mapping[str, Mapping[str, Any]]
SURE = 0.05
_LOW = ("mean_absolute_error", "root_mean_squared_error", "ungraded_share")
_FLAT = 1e-9


def differences(names: Sequence[str], a: Rows, b: Rows, seed: int) -> dict[str, dict[str, Any]]:
    """For each metric `a`, `b`, `difference` (b - a), `ci95`, `p`, `beyond_chance` and which is `better`.

    Agreement is over the answers graded in both, `ungraded_share` over all of `names`.
    """
    graded = [name for name in names if None not in (a[name]["score"], b[name]["score"])]
    found: dict[str, dict[str, Any]] = {key: _undefined() for key in paired.METRICS}
    if graded:
        scales = _scales(a[name] for name in graded)
        sides = [_per_answer(graded, rows, scales) for rows in (a, b)]
        found |= _tested(paired.METRICS, graded, a, sides, paired.metrics, seed)
    sides = [_missing(names, rows) for rows in (a, b)]
    return found | _tested(("ungraded_share",), names, a, sides, _share, seed)


def groups(names: Sequence[str], rows: Rows) -> list[list[int]]:
    """Places of the answers of each question; where there is one question only, each answer alone."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        found[str(rows[name]["question_id"])].append(place)
    if len(found) > 1:
        return [found[question] for question in sorted(found)]
    return [[place] for place in range(len(names))]


def _tested(
    keys: Sequence[str],
    names: Sequence[str],
    rows: Rows,
    sides: Sequence["Numbers"],
    measure: Any,
    seed: int,
) -> dict[str, dict[str, Any]]:
    import numpy as np

    clusters = groups(names, rows)
    one, other = (np.stack([side[c].sum(axis=0) for c in clusters]) for side in sides)
    values = (measure(side.sum(axis=0)) for side in (one, other))
    intervals = paired.intervals(one, other, measure, seed)
    p_values = paired.p_values(one, other, measure, seed)
    lines = zip(keys, *values, intervals, p_values, strict=True)
    return {key: _entry(key, *line) for key, *line in lines}


def _per_answer(names: Sequence[str], rows: Rows, scales: "_Scales") -> "Numbers":
    import numpy as np

    columns = []
    for field in ("human", "score"):
        exact = [float(rows[name][field]) for name in names]
        columns += [exact, [_mark(scales, rows[n], v) for n, v in zip(names, exact, strict=True)]]
    human, human_mark, score, score_mark = (np.array(column) for column in columns)
    return paired.sums(human, score, human_mark, score_mark)


def _missing(names: Sequence[str], rows: Rows) -> "Numbers":
    import numpy as np

    return np.array([[1.0, float(rows[name]["score"] is None)] for name in names])


def _share(total: "Numbers") -> "Numbers":
    return total[..., 1:] / total[..., :1]


def _entry(
    key: str, a: float, b: float, interval: tuple[float, float] | None, p: float | None
) -> dict[str, Any]:
    if p is None or interval is None:
        return _undefined() | {"a": _number(a), "b": _number(b)}
    apart = interval[0] > 0 or interval[1] < 0
    return {
        "a": float(a),
        "b": float(b),
        "difference": float(b - a),
        "ci95": list(interval),
        "p": p,
        "beyond_chance": bool(apart and p < SURE),
        "better": _better(key, float(a), float(b)),
    }


def _undefined() -> dict[str, Any]:
    return dict.fromkeys(("a", "b", "difference", "ci95", "p")) | {
        "beyond_chance": False,
        "better": None,
    }


def _number(value: float) -> float | None:
    return None if value != value else float(value)


def _better(key: str, a: float, b: float) -> str | None:
    """The one with the higher metric, the lower error, or the bias nearer to 0; None where they are equal."""
    if key == "mean_bias":
        a, b = -abs(a), -abs(b)
    elif key in _LOW:
        a, b = -a, -b
    if abs(a - b) < _FLAT:
        return None
    return "a" if a > b else "b"


_Scales = Mapping[tuple[Any, Any], Sequence[float]]


def _scales(rows: Iterable[Mapping[str, Any]]) -> _Scales:
    """The possible marks (0 to 1): multiples of `step`, else the marks that were given for that `max_score`."""
    held: dict[tuple[Any, Any], set[float]] = defaultdict(set)
    for row in rows:
        top, step = key = _scale(row)
        held[key].add(float(row["human"]))
        if step and top and len(held[key]) == 1:
            held[key] |= {min(1.0, n * step / top) for n in range(int(top / step + _FLAT) + 1)}
    return {key: sorted(marks) for key, marks in held.items()}


def _scale(row: Mapping[str, Any]) -> tuple[Any, Any]:
    return row.get("max_score"), row.get("step")


def _mark(scales: _Scales, row: Mapping[str, Any], value: float) -> float:
    return min(scales[_scale(row)], key=lambda mark: (abs(mark - value), mark))
