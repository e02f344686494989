"""Programs in a pseudo-terminal."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def opened(command: Sequence[str], home: str) -> Iterator[int]:
    """Starts a command in a terminal of 80 by 24; gives the terminal's other end, and kills it in the end."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        command,
        stdin=child,
        stdout=child,
        stderr=child,
        cwd=ROOT,
        env={**_environ(), "COACH_HOME": home, "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(child)
    try:
        yield parent
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(parent)


def _environ() -> dict[str, str]:
    # An installed program is compiled once, not at each start.
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
