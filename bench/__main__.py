"""Runs every benchmark and prints its table."""

from bench import ask, busy, embedding, first_screen, grading, ingest, query, sandbox, start_up

for benchmark in (start_up, first_screen, sandbox, ingest, embedding, query, ask, grading, busy):
    benchmark.main()
