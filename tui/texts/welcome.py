"""The first run."""

TEXTS: dict[str, tuple[str, str]] = {}
