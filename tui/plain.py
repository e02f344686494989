"""Makes text that came from outside safe to paint, character for character."""

import re

_BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_CONTROLS = [code for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) not in "\n\t"]
_TABLE = dict.fromkeys([*_CONTROLS, *_BIDI], "\N{REPLACEMENT CHARACTER}")
_UNITS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W\u3400-\u9fff\uf900-\ufaff]+")


def shown(text: str) -> str:
    """The text with control and direction characters replaced one for one, so indices stay true."""
    return text.translate(_TABLE)


def length(text: str) -> int:
    """Words of a text; each Chinese character counts as one."""
    return len(_UNITS.findall(text))
