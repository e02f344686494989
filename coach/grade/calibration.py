"""How strict the examiners are whose marks count for the user, for each language model."""

import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from coach.errors import InputFileError
from coach.grade.opinions import fitted, is_fitted

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
Calibrated = Callable[[str], Calibration]
"""Gives the calibration for a language model's name."""


class Calibrations:
    """Those fitted here, by the model's name, in one JSON file, which may be absent."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def of(self, model: str) -> Calibration:
        """Returns a model's calibration, the shipped one where none was fitted."""
        return self._all().get(model, AS_SHIPPED)

    def note(self, model: str) -> str:
        """Says that marks were not calibrated with a model; empty where they were, as shipped or here."""
        if is_fitted(model) or self.of(model).answers:
            return ""
        return (
            f"Marks were calibrated with {fitted()['with']}; with {model or 'this model'} they may be "
            "stricter or milder: `coach eval calibrate SET` fits them to answers marked by people."
        )

    def keep(self, model: str, calibration: Calibration) -> None:
        """Stores a model's calibration in place of an earlier one."""
        table = {name: asdict(kept) for name, kept in self._all().items()}
        table[model] = asdict(calibration)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        beside = self.file.with_name(f"{self.file.name}.new")
        beside.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        beside.replace(self.file)

    def _all(self) -> dict[str, Calibration]:
        if not self.file.exists():
            return {}
        try:
            table = json.loads(self.file.read_text(encoding="utf-8"))
            return {name: _sound(Calibration(**kept)) for name, kept in table.items()}
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
