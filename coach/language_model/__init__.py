"""One way to ask a language model, whoever serves it."""

from coach.language_model.adapter import LanguageModel
from coach.language_model.check import ModelCheck, check
from coach.language_model.prompts import Message

__all__ = ["LanguageModel", "Message", "ModelCheck", "check"]
