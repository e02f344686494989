"""How fast a run goes and how long it still takes, in the words of a progress line."""

import time
from collections.abc import Callable


def paced(
    show: Callable[[int, int, str], None], clock: Callable[[], float] = time.monotonic
) -> Callable[[int, int, int], None]:
    """Turns a progress line (done, total, note) into one told (done, total, done before) that notes the pace."""
    began = clock()

    def tell(done: int, total: int, before: int) -> None:
        rate = (done - before) / max(clock() - began, 1e-6)
        left = (total - done) / rate if rate else 0.0
        show(done, total, f"{done}/{total}, {rate:.1f}/s, {duration(left)} left")

    return tell


def duration(seconds: float) -> str:
    """Seconds, minutes or hours, whichever reads well."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
