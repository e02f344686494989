"""Isolation for code that candidates write: the real sandbox, its probe, and a stand-in that runs nothing."""

from coach.sandbox.probe import Probe, open_runner, probe
from coach.sandbox.runner import Sandbox
from coach.sandbox.scripted import ScriptedRunner

__all__ = ["Probe", "Sandbox", "ScriptedRunner", "open_runner", "probe"]
