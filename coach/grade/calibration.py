"""How strict the examiners are whose marks count for the user, for each language model and kind of rubric."""

import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from coach.errors import InputFileError
from coach.grade.opinions import fitted, is_fitted
from coach.grade.task import Rubric

_EDGE = 1e-4


@dataclass(frozen=True)
class Calibration:
    """Turns a score (0 to 1) into a mark (0 to 1): sigmoid(slope * logit(score) + offset), slope > 0.

    `answers` says on how many marked answers it was fitted; 0 leaves every score as it is.
    """

    slope: float = 1.0
    offset: float = 0.0
    answers: int = 0

    def __call__(self, score: float) -> float:
        """Returns the mark; a higher score never gets a lower one."""
        if not self.answers:
            return score
        kept = min(1 - _EDGE, max(_EDGE, score))
        lifted = self.slope * math.log(kept / (1 - kept)) + self.offset
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, lifted))))


AS_SHIPPED = Calibration()
Calibrated = Callable[[str, Rubric], Calibration]
"""Gives the calibration for a language model's name and a kind of rubric."""
Table = dict[str, dict[str, Calibration]]


class Calibrations:
    """Those fitted here, by the model's name and the kind of rubric, in one JSON file, which may be absent."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def of(self, model: str, rubric: Rubric = "exam") -> Calibration:
        """Returns a model's calibration, the shipped one where none was fitted."""
        return self._all().get(model, {}).get(rubric, AS_SHIPPED)

    def note(self, model: str) -> str:
        """Says that marks were not calibrated with a model; empty where they were, as shipped or here."""
        if is_fitted(model) or model in self._all():
            return ""
        return (
            f"Marks were calibrated with {fitted()['with']}; with {model or 'this model'} they may be "
            "stricter or milder: `coach eval calibrate SET` fits them to answers marked by people."
        )

    def keep(self, model: str, calibration: Calibration, rubric: Rubric = "exam") -> None:
        """Stores a model's calibration in place of an earlier one."""
        table = self._all()
        table.setdefault(model, {})[rubric] = calibration
        plain = {
            name: {kind: asdict(one) for kind, one in kept.items()} for name, kept in table.items()
        }
        self.file.parent.mkdir(parents=True, exist_ok=True)
        beside = self.file.with_name(f"{self.file.name}.new")
        beside.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        beside.replace(self.file)

    def _all(self) -> Table:
        if not self.file.exists():
            return {}
        try:
            table = json.loads(self.file.read_text(encoding="utf-8"))
            return {
                name: {kind: _sound(Calibration(**one)) for kind, one in kept.items()}
                for name, kept in table.items()
            }
        except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise InputFileError(
                f"{self.file}: no calibrations ({error}).",
                "Delete it, or fit it again: coach eval calibrate.",
            ) from error


def _sound(calibration: Calibration) -> Calibration:
    """Returns it; ValueError where its numbers are none or would turn marks round."""
    numbers = (calibration.slope, calibration.offset, calibration.answers)
    if not all(map(math.isfinite, numbers)) or calibration.slope <= 0:
        raise ValueError(f"slope {calibration.slope}, offset {calibration.offset}")
    return calibration
