"""`coach --help` against a bare start of Python: at most 150 ms more."""

import sys

from bench.timing import alternately

LIMIT_MS = 150


def main() -> None:
    """Prints both medians, their ratio and their difference."""
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "coach --help": [sys.executable, "-m", "coach", "--help"],
    }
    alternately(commands, rounds=2)
    bare, ours = alternately(commands, rounds=15).values()
    print("Start-up (median of 15, in turns)")
    print(f"  python -c pass  {1000 * bare:6.0f} ms")
    print(
        f"  coach --help    {1000 * ours:6.0f} ms  "
        f"{ours / bare:.1f} times, {1000 * (ours - bare):+.0f} ms (at most +{LIMIT_MS})"
    )


if __name__ == "__main__":
    main()
