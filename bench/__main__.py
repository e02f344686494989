"""Runs every benchmark and prints its table."""

from bench import ask, first_screen, sandbox, start_up

for benchmark in (start_up, first_screen, sandbox, ask):
    benchmark.main()
