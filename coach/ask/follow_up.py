"""A question that may lean on the one before it: looked up alone and with that one."""

from collections.abc import Callable
from dataclasses import replace
from statistics import fmean

from coach.ask.second_look import odds, probability
from coach.document import Reading

_LONGEST = 300
"""Characters of what was asked before; of a longer conversation the last question counts."""


def read_on(
    question: str, earlier: tuple[str, str], read: Callable[[str], Reading]
) -> tuple[str, Reading]:
    """Returns the question as it is looked up, and what is found.

    `earlier` is the question before, as it was asked and as it was understood. It is put in front where more is
    found with it. With it nearly everything seems covered, without it too little: the odds lie between.
    """
    asked, understood = earlier
    before = understood if 0 < len(understood) <= _LONGEST else asked
    both = " ".join(f"{before} {question}".split())
    alone, joined = read(question), read(both)
    covered = probability(fmean((odds(alone.covered), odds(joined.covered))))
    query, found = (both, joined) if joined.covered > alone.covered else (question, alone)
    return query, replace(found, covered=covered)
