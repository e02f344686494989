"""How fast the embedded model generates beside two busy programs, with threads that sleep and with threads that spin.

Both servers run the same file on the same cores, in turns; spinning as long as the library would by
itself stands for what users had without the program's setting.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from coach.models.embedded import EmbeddedServer, start_embedded
from coach.models.store import ModelStore
from coach.paths import Paths

SPINS = {"sleeping (ours)": None, "spinning": "300000"}
BUSY = 2
ROUNDS = 3
TOKENS = 16
LEAST = 1.5
_SPINCOUNT = "GOMP_SPINCOUNT"


def rate(server: EmbeddedServer, model: str) -> float:
    """Generated tokens per second of one reply, as the server counts them."""
    from openai import OpenAI

    client = OpenAI(base_url=server.base_url, api_key=server.api_key)
    reply = client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": "Count from one to a hundred in words."}],
        max_tokens=TOKENS,
        temperature=0,
    )
    timings: Mapping[str, float] = (reply.model_extra or {})["timings"]
    return timings["predicted_per_second"]


@contextmanager
def busy(count: int) -> Iterator[None]:
    """So many other programs that never rest."""
    others = [
        subprocess.Popen([sys.executable, "-c", "while True: sum(range(100000))"])
        for _ in range(count)
    ]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


@contextmanager
def _server(spins: str | None) -> Iterator[EmbeddedServer]:
    store = ModelStore(Paths.from_environ(os.environ).models_dir)
    model = store.model()
    before = os.environ.pop(_SPINCOUNT, None)
    if spins is not None:
        os.environ[_SPINCOUNT] = spins
    try:
        server = start_embedded(
            store.need(), name=model.name, context=model.context, log_file=store.log_file
        )
    finally:
        os.environ.pop(_SPINCOUNT, None)
        if before is not None:
            os.environ[_SPINCOUNT] = before
    try:
        yield server
    finally:
        server.close()


def main() -> bool:
    """Needs the embedded model."""
    model = ModelStore(Paths.from_environ(os.environ).models_dir).model().name
    taken: dict[tuple[str, int], list[float]] = {}
    with ExitStack() as stack:
        servers = {name: stack.enter_context(_server(spins)) for name, spins in SPINS.items()}
        for server in servers.values():
            rate(server, model)
        for others in (0, BUSY):
            with busy(others):
                for _ in range(ROUNDS):
                    for name, server in servers.items():
                        taken.setdefault((name, others), []).append(rate(server, model))
    medians = {key: statistics.median(rates) for key, rates in taken.items()}
    print(f"Tokens per second of the embedded model (median of {ROUNDS}, in turns)")
    for name in SPINS:
        print(
            f"  {name:<16} alone {medians[name, 0]:5.1f}, beside {BUSY} busy programs {medians[name, BUSY]:5.1f}"
        )
    ours, theirs = SPINS
    ratio = medians[ours, BUSY] / medians[theirs, BUSY]
    print(f"  beside them {ratio:.1f} times as fast (at least {LEAST:g})")
    return ratio >= LEAST


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
