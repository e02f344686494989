"""The app with its stand-ins in the terminal it is started in: `app_in_terminal.py SESSION`."""

import fcntl
import os
import sys
import termios
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from screen_standins import StandInCoach  # noqa: E402

from coach.paths import Paths  # noqa: E402
from tui.app import CoachApp  # noqa: E402

if __name__ == "__main__":
    # The terminal of this process: closing it hangs the process up, as closing a window does.
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    coach = StandInCoach(Paths.from_environ(os.environ))
    CoachApp(coach, resume=coach.history.session(sys.argv[1])).run()
