"""The `coach` program: the home screen by itself, every command through the command line."""

import sys


def main() -> None:
    """Entry point; without arguments the home opens before the command line's machinery is loaded."""
    # Answers and documents are UTF-8 whatever the locale says.
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if len(sys.argv) == 1:
        from coach.cli.tui import open_home

        sys.exit(open_home())
    from coach.cli.main import run

    run()


if __name__ == "__main__":
    main()
