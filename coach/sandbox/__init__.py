"""Isolation for code that candidates write: the real sandbox, its probe, and a stand-in that runs nothing."""

from coach.sandbox.probe import Probe, probe
from coach.sandbox.runner import Sandbox
from coach.sandbox.scripted import ScriptedRunner

__all__ = ["Probe", "Sandbox", "ScriptedRunner", "open_runner", "probe"]


def open_runner() -> Sandbox:
    """The sandbox of this machine; nothing is started before the first answer is run."""
    return Sandbox()
