"""A Dask scheduler and worker processes of their own on the loopback address."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.fake_openai import wait_until

START_S = 120


class Cluster:
    """A running scheduler; `workers` are the processes started so far."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self.workers: list[subprocess.Popen[bytes]] = []
        self._folder = folder
        self._environ = environ
        file = folder / "scheduler.json"
        options = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        self.scheduler = self._start("scheduler", *options)
        assert wait_until(lambda: self._read(file) != "", START_S), self.log()
        self.url = self._read(file)

    def add_worker(self) -> None:
        options = ("--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--death-timeout", "60")
        place = ("--local-directory", str(self._folder / "work"))
        self.workers.append(self._start("worker", self.url, *options, *place))

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def log(self) -> str:
        return "\n".join(file.read_text("utf-8") for file in self._folder.glob("*.log"))

    def _start(self, part: str, *options: str) -> subprocess.Popen[bytes]:
        log = self._folder / f"{part}-{len(self.workers)}.log"
        with log.open("wb") as file:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{part}", "--no-dashboard", *options],
                stdout=file,
                stderr=file,
                env={**os.environ, **self._environ},
            )

    def _read(self, file: Path) -> str:
        try:
            return str(json.loads(file.read_text("utf-8"))["address"])
        except (OSError, ValueError):
            return ""


@contextmanager
def dask_cluster(
    folder: Path, workers: int = 2, environ: Mapping[str, str] | None = None
) -> Iterator[Cluster]:
    """Runs a scheduler and so many workers, each a process with one thread."""
    folder.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(folder, environ or {})
    try:
        for _ in range(workers):
            cluster.add_worker()
        assert wait_until(lambda: cluster.log().count("Registered to") == workers, START_S)
        yield cluster
    finally:
        cluster.close()
