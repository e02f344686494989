"""Runs every benchmark and prints its table."""

from bench import first_screen, sandbox, start_up

for benchmark in (start_up, first_screen, sandbox):
    benchmark.main()
