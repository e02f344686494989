"""Every error the program raises on purpose.

CoachError                  what happened, where, what to do next
├── UsageError              the user gave something wrong (exit code 2)
│   ├── InputFileError      a file cannot be read, or a line or field of it is wrong
│   └── SettingsError       an unknown or ill-typed setting
├── MissingError            the environment lacks something (exit code 3)
│   ├── ModelMissing        no model pulled, endpoint down, key refused
│   ├── IndexMissing        no index, damaged, or made with another embedder
│   ├── SandboxMissing      no isolation to run code in
│   └── PackageMissing      an optional package is not installed
└── ModelError              a model was reached and failed: the answer stays ungraded (exit code 1)
    ├── ModelTimeout        no reply within the time limit
    ├── ModelBusy           HTTP 429 or 5xx after the retries
    └── ModelReplyError     a reply that is empty, cut off, or not what was asked for
"""

from typing import ClassVar


class CoachError(Exception):
    """Base of the tree: `message` says what happened and where, `hint` what to do next."""

    kind: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def to_json(self) -> dict[str, dict[str, str]]:
        """Returns the error in the shape every `--json` command prints."""
        return {"error": {"kind": self.kind, "message": self.message, "hint": self.hint}}


class UsageError(CoachError):
    """The user gave something wrong."""

    kind = "usage"
    exit_code = 2


class InputFileError(UsageError):
    """A file cannot be read, or one line or field of it is wrong; `line` is 0 where none is meant."""

    kind = "input_file"

    def __init__(self, message: str, hint: str = "", line: int = 0) -> None:
        super().__init__(message, hint)
        self.line = line


class SettingsError(UsageError):
    """A setting is unknown or has the wrong type or value."""

    kind = "settings"


class MissingError(CoachError):
    """The environment lacks something the command needs."""

    kind = "missing"
    exit_code = 3


class ModelMissing(MissingError):
    """No language model can be reached: not pulled, endpoint down, key refused."""

    kind = "model_missing"


class IndexMissing(MissingError):
    """The index is absent, damaged, or made with another embedder."""

    kind = "index_missing"


class SandboxMissing(MissingError):
    """No sandbox can be started here, so no candidate code is run."""

    kind = "sandbox_missing"


class PackageMissing(MissingError):
    """An optional package is not installed."""

    kind = "package_missing"


class ModelError(CoachError):
    """A model was reached and failed; whatever it was asked stays undecided."""

    kind = "model_failed"


class ModelTimeout(ModelError):
    """No complete reply within the time limit."""

    kind = "model_timeout"


class ModelBusy(ModelError):
    """The endpoint answered 429 or 5xx, also after the retries."""

    kind = "model_busy"


class ModelReplyError(ModelError):
    """The reply is empty, cut off, or not what was asked for."""

    kind = "model_reply"
