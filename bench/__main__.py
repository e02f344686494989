"""Runs every benchmark and prints its table."""

from bench import ask, embedding, first_screen, ingest, query, sandbox, start_up

for benchmark in (start_up, first_screen, sandbox, ingest, embedding, query, ask):
    benchmark.main()
