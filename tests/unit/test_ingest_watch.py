"""`coach ingest --watch` keeps the index up to date until Ctrl+C."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli.main import app

PATIENCE_S = 60


class Watcher:
    """A running `coach ingest --watch`; `wait` reads its lines until one holds a text."""

    def __init__(self, *paths: Path) -> None:
        command = [sys.executable, "-m", "coach", "ingest", *map(str, paths), "--watch"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.said: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line)

    def wait(self, text: str) -> str:
        while True:
            try:
                self.said.append(self.lines.get(timeout=PATIENCE_S))
            except queue.Empty:
                raise AssertionError("".join(self.said)) from None
            if text in self.said[-1]:
                return self.said[-1]


@pytest.fixture
def notes(tmp_path: Path, home: Path) -> Path:
    home.mkdir()
    (home / "config.toml").write_text('[embeddings]\nbackend = "hashing"\n')
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text("## What is dropout?\nUnits are dropped.\n\n## Why?\nNoise.\n")
    return folder


@pytest.fixture
def watcher(notes: Path) -> Iterator[Watcher]:
    running = Watcher(notes)
    yield running
    running.process.kill()
    running.process.wait()


def test_changes_are_taken_over_and_only_they_are_embedded(notes: Path, watcher: Watcher) -> None:
    assert "1 added" in watcher.wait("documents, ")
    watcher.wait("Waiting for changes")
    (notes / "b.md").write_text("## What is Adam?\nMoments.\n")
    line = watcher.wait("1 added")
    assert "2 documents, 3 passages" in line
    assert "; 1 passages embedded" in line
    (notes / "a.md").write_text("## What is dropout?\nUnits are dropped.\n\n## Why?\nRobust.\n")
    assert "1 updated, 0 removed, 1 unchanged; 1 passages embedded" in watcher.wait("1 updated")
    (notes / "b.md").write_bytes(b"\0")
    watcher.wait("Not read")
    (notes / "b.md").unlink()
    assert "0 passages embedded" in watcher.wait("1 removed")
    watcher.process.send_signal(signal.SIGINT)
    assert watcher.process.wait(PATIENCE_S) == 0
    watcher.reader.join(PATIENCE_S)
    left = "".join([*watcher.said, *watcher.lines.queue])
    assert "Traceback" not in left
    assert "Interrupted" not in left


def test_what_cannot_be_watched_is_wrong_usage(notes: Path) -> None:
    for arguments in (["nowhere", "--watch"], [str(notes), "--watch", "--json"]):
        assert CliRunner().invoke(app, ["ingest", *arguments]).exit_code == 2


def test_names_that_are_no_text_can_be_listed(notes: Path) -> None:
    (notes / os.fsdecode(b"odd\xff\n\x1b[2J.md")).write_text("## What is Adam?\nMoments.\n")
    for arguments in (["ingest", str(notes)], ["documents", "list"]):
        for shape in ([], ["--json"]):
            result = CliRunner().invoke(app, [*arguments, *shape])
            assert result.exit_code == 0, result.output
            assert "\x1b" not in result.output
