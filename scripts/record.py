"""Records a short interview as an asciicast, `docs/images/interview.cast`: `make pictures`.

The real program runs in a pseudo-terminal, with the embedded model and a history of its own. Play it
with `asciinema play docs/images/interview.cast`. Format: https://docs.asciinema.org/manual/asciicast/v2/
"""

import codecs
import json
import os
import re
import select
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.terminal import opened  # noqa: E402
from coach.app import Coach  # noqa: E402
from coach.interview import Plan  # noqa: E402
from coach.paths import Paths  # noqa: E402
from tui import drive  # noqa: E402

CAST = ROOT / "docs" / "images" / "interview.cast"
HEADER = {"version": 2, "width": 80, "height": 24, "idle_time_limit": 2, "title": "coach interview"}
COMMAND = ("-m", "coach", "interview", "--resume")
CARD = "adam"
ANSWER = (
    "It keeps a running mean of the gradient and one of its square, and divides the first by the root "
    "of the second, so that every weight gets a step size of its own."
)
WORD_S = 0.25
PATIENCE_S = 300.0


class Recording:
    """What a terminal shows, with the seconds since the start."""

    def __init__(self, terminal: int) -> None:
        self.terminal = terminal
        self.events: list[tuple[float, str, str]] = []
        self._began = time.monotonic()
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def watch(self, seconds: float) -> None:
        """Takes down what is painted in the next seconds."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self.terminal], [], [], left)[0]:
                text = self._decoder.decode(os.read(self.terminal, 65536))
                self.events.append((round(time.monotonic() - self._began, 3), "o", text))

    def wait_for(self, text: str) -> None:
        """Takes down what is painted until it holds a text."""
        seen, until = len(self.events), time.monotonic() + PATIENCE_S
        while not any(text in painted for _, _, painted in self.events[seen:]):
            if time.monotonic() > until:
                raise SystemExit(f"{text!r} was never shown.")
            self.watch(0.5)

    def type(self, text: str) -> None:
        """Types word by word: each key by itself would make the recording four times as large."""
        for word in re.split(r"(?<= )", text):
            os.write(self.terminal, word.encode())
            self.watch(WORD_S)


@contextmanager
def home() -> Iterator[str]:
    """A home with the installed model and an interview of one question."""
    models = Paths.from_environ(os.environ).models_dir
    with tempfile.TemporaryDirectory() as base:
        Path(base, "models").symlink_to(models, target_is_directory=True)
        with Coach.open({"COACH_HOME": base}) as coach:
            drive.begin_among(coach, [coach.deck.get(CARD)], Plan(lang="en", questions=1))
        yield base


def main() -> None:
    """Records one question, its answer and its verdict."""
    with home() as base, opened([sys.executable, *COMMAND], base) as terminal:
        recording = Recording(terminal)
        recording.wait_for("Your answer")
        recording.watch(3)
        recording.type(ANSWER)
        recording.watch(2)
        recording.type("\x13")
        recording.wait_for("graded by")
        recording.watch(4)
        recording.type("\r")
        recording.watch(3)
    lines = [json.dumps(HEADER), *(json.dumps(event) for event in recording.events)]
    CAST.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{CAST.relative_to(ROOT)}: {recording.events[-1][0]:.0f} s")


if __name__ == "__main__":
    main()
