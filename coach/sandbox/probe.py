"""Opens the sandbox of this machine, and finds out whether code can be run in isolation here."""

from dataclasses import dataclass
from typing import Literal

from coach.errors import CoachError
from coach.exercise import Limits
from coach.sandbox.methods import bubblewraps, landlock_only
from coach.sandbox.runner import Sandbox

# The weaker one is taken only where it is asked for.
Kind = Literal["bubblewrap", "landlock"]


@dataclass(frozen=True)
class Probe:
    """`isolation` lists the layers in force; empty where no sandbox can be had, with message and hint."""

    isolation: tuple[str, ...]
    message: str
    hint: str = ""

    @property
    def available(self) -> bool:
        """Whether code can be run."""
        return bool(self.isolation)


def open_runner(kind: Kind = "bubblewrap") -> Sandbox:
    """The sandbox of this machine; nothing is started before the first answer is run or prepared for."""
    return Sandbox(ways=bubblewraps if kind == "bubblewrap" else landlock_only)


def probe(kind: Kind = "bubblewrap") -> Probe:
    """Really starts a sandbox once and calls a function in it."""
    sandbox = open_runner(kind)
    try:
        with sandbox.start("numpy", Limits(), calls=1) as run:
            run.load("def f(): return 1", ["f"], 5)
            run.call("f", [], 5)
            return Probe(run.isolation, f"Code runs isolated ({', '.join(run.isolation)}).")
    except CoachError as error:
        return Probe((), error.message, error.hint)
    finally:
        sandbox.close()
