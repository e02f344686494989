"""Where the program keeps what it writes, and where the shipped corpus lies."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


class Paths(NamedTuple):
    """Every place on disk the program writes to."""

    config_file: Path
    index_dir: Path
    models_dir: Path
    history_file: Path
    cards_dir: Path
    drafts_dir: Path
    verdicts_file: Path
    calibrations_file: Path
    runs_dir: Path

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Paths":
        """`COACH_HOME` holds everything where it is set; else the platform's usual folders do."""
        if home := environ.get("COACH_HOME"):
            root = Path(home).expanduser().absolute()
            config, data = root, root
        else:
            import platformdirs

            config = platformdirs.user_config_path("coach", appauthor=False)
            data = platformdirs.user_data_path("coach", appauthor=False)
        return cls(
            config_file=config / "config.toml",
            index_dir=data / "index",
            models_dir=data / "models",
            history_file=data / "history.sqlite",
            cards_dir=data / "cards",
            drafts_dir=data / "drafts",
            verdicts_file=data / "verdicts.jsonl",
            calibrations_file=data / "calibrations.json",
            runs_dir=data / "runs",
        )
