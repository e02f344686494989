"""Runs every benchmark and prints its table."""

from bench import embedding, first_screen, ingest, query, sandbox, start_up

for benchmark in (start_up, first_screen, sandbox, ingest, embedding, query):
    benchmark.main()
