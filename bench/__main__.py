"""Runs every benchmark and prints its table."""

from bench import (
    ask,
    embedding,
    first_screen,
    grading,
    history,
    ingest,
    key_press,
    query,
    sandbox,
    session,
    start_up,
)

QUICK = (start_up, first_screen, key_press, history, sandbox, ingest, embedding, query)
WITH_MODEL = (ask, grading)
LONG = (session,)

for benchmark in (*QUICK, *WITH_MODEL, *LONG):
    benchmark.main()
