"""The garbage collector, kept from stopping the screen."""

import gc
from functools import cache

USUAL = gc.get_threshold()
# While libraries are being imported, everything is looked through twenty times as seldom: what they make is no garbage.
WHILE_LOADING = (*USUAL[:2], 20 * USUAL[2])


def collect_seldom() -> None:
    """Switches collection on, for a program that is still loading."""
    gc.set_threshold(*WHILE_LOADING)
    gc.enable()


@cache
def spare_loaded(after: str) -> None:  # noqa: ARG001  # once for each
    """Takes what is loaded by now out of the collector's way, once after each of a few kinds of work.

    Libraries that were imported for the work never become garbage, and looking through their
    hundreds of thousands of objects would hold up every thread for up to half a second.
    """
    gc.freeze()
    gc.set_threshold(*USUAL)


def spare_kept() -> None:
    """Collects what is garbage by now and takes the rest out of the collector's way.

    For moments at which hardly anything is about to go, often enough for little to have come since: what
    an interview keeps grows with each answer, and so would the time to look through it.
    """
    gc.collect()
    gc.freeze()
