"""The embedded model's process: serves one GGUF file to its parent over the OpenAI protocol.

Started as a script by `coach.models.embedded`. Standard input: one JSON line with the path, the
key and the context size, and then nothing until it closes, which ends this process. Standard
output: one JSON line, `{"port": N}` or `{"error": text}`. Standard error: the log.
"""

import contextlib
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

PARENT_POLL_S = 0.5
PROMPT_CACHE_MIB = 512
BATCH_TOKENS = 256
# How often a thread looks again before it sleeps while it waits for the others: hundreds of times
# a token. The usual 300,000 leave a busy machine's cores to the waiting threads; with none the
# threads oversleep even where nothing else runs.
SPINS = "1000"


def main() -> None:
    """Serves until the parent closes the pipe or is gone."""
    answer_fd = os.dup(1)
    # llama.cpp prints on standard output too: nothing but the one line may reach the parent.
    os.dup2(2, 1)
    request = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_watch_parent, args=(os.getppid(),), daemon=True).start()
    try:
        server = _serve(request)
        answer: dict[str, object] = {"port": int(server.listening_address.rsplit(":", 1)[1])}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    with os.fdopen(answer_fd, "w", encoding="utf-8") as pipe:
        pipe.write(json.dumps(answer) + "\n")
    if "error" in answer:
        os._exit(1)
    # Ends with the process only: its destructor waits for requests that are still running.
    sys.stdin.buffer.read()
    os._exit(0)


def _watch_parent(parent: int) -> None:
    """Ends this process when it is orphaned, though a sibling may still hold the pipe open."""
    while os.getppid() == parent:
        time.sleep(PARENT_POLL_S)
    os._exit(0)


def _serve(request: dict[str, Any]) -> Any:
    # Read when the library is loaded; it overrules OMP_WAIT_POLICY, which the parent may have set.
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = request["path"]
    params.model_alias = {request["name"]}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [request["key"]]
    params.ui = False
    params.endpoint_slots = False
    params.cors_origins = ""
    params.n_ctx = request["context"]
    # One slot: prompts share their beginning with the one before, and two at a time on a few
    # cores would only evaluate that beginning twice.
    params.n_parallel = 1
    # A request that its client has given up is dropped between two batches.
    params.n_batch = params.n_ubatch = BATCH_TOKENS
    params.cache_prompt = True
    params.cache_ram_mib = PROMPT_CACHE_MIB
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = usable_cores()
    params.n_gpu_layers = 0
    # A model that can think aloud is asked for its judgement at once: one letter is all that is read.
    params.enable_reasoning = 0
    return xllamacpp.Server(params)


def usable_cores() -> int:
    """Returns how many threads compute fastest here: the cores this process may really use."""
    count = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    with contextlib.suppress(OSError, ValueError):
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        count = min(count, max(1, int(quota) // int(period)))
    # Beyond a few cores half of them are usually second threads of the same core.
    return count if count <= 4 else max(4, count // 2)


if __name__ == "__main__":
    main()
