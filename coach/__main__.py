"""Lets `python -m coach` stand for the `coach` command."""

from coach.cli.main import main

main()
