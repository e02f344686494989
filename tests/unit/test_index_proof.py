"""Every passage is found by its own vector; a child process proves it, and its death is damage, not a crash."""

import json
import random
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli.main import app
from coach.errors import IndexMissing
from coach.index import Damaged, Index
from coach.index.generations import digests
from coach.index.manifest import NAMES, Manifest, _digest
from coach.retrieve import Retriever
from coach.retrieve.proof import prove
from coach.retrieve.shelves import _sums
from tests.index_corpus import small_index


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "notes").mkdir()
    for number in range(300):
        text = f"## What is {number}?\nIt is number {number}.\n"
        (folder / "notes" / f"{number}.md").write_text(text)
    with closing(small_index(folder)) as index:
        index.ingest([folder / "notes"])
    return folder


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Index:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return small_index(tmp_path)


def generation(folder: Path) -> Path:
    return folder / (folder / "current").read_text().strip()


def harm(folder: Path, pattern: str, change: Callable[[bytes], bytes]) -> None:
    """Changes files and writes their hashes anew, so that only reading them shows it."""
    here = generation(folder)
    for file in here.rglob(pattern):
        file.write_bytes(change(file.read_bytes()))
    table = json.loads((here / "manifest.json").read_text())
    table["files"] = digests(here / "chroma")
    table["digest"] = _digest(table)
    for name in NAMES:
        (here / name).write_text(json.dumps(table))
    Manifest.load(here)


def test_a_sound_index_is_proven(index: Index) -> None:
    assert prove(index) == index.status().passages


def test_without_an_index_there_is_nothing_to_prove(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="no index yet"):
        prove(small_index(tmp_path))


def test_a_passage_that_its_vector_does_not_find_is_damage(index: Index) -> None:
    """The rows of a shelf in another order, with hashes that are right."""
    Retriever(index).search("What is 7?")
    shelf = next(generation(index.folder).glob("shelves-*"))
    rows = json.loads((shelf / "en" / "rows.json").read_text())
    rows["ids"] = rows["ids"][1:] + rows["ids"][:1]
    (shelf / "en" / "rows.json").write_text(json.dumps(rows))
    (shelf / "sums.json").write_text(json.dumps(_sums(shelf)))
    with pytest.raises(Damaged, match="not found by their own vectors"):
        prove(index)


def test_a_harmed_file_is_found_without_starting_native_code(index: Index) -> None:
    next(generation(index.folder).rglob("data_level0.bin")).write_bytes(b"")
    with pytest.raises(Damaged, match="has changed"):
        prove(index)


@pytest.mark.parametrize("pattern", ["data_level0.bin", "header.bin", "*.bin"])
def test_garbage_in_vector_files_is_damage(index: Index, pattern: str) -> None:
    """Its hashes are right: native code dies of it, never ends, or says so."""
    noise = random.Random(pattern)
    harm(index.folder, pattern, lambda data: noise.randbytes(len(data)))
    with pytest.raises(Damaged):
        prove(index, limit_s=20)


def _links_astray(data: bytes, dimensions: int) -> bytes:
    """Every element's neighbours, 32 numbers before its vector and its label, lie far outside the file."""
    size = 4 + 32 * 4 + dimensions * 4 + 8
    changed = bytearray(data)
    for start in range(0, len(data) - size + 1, size):
        changed[start + 4 : start + 4 + 32 * 4] = b"\xff\xff\xff\x7f" * 32
    return bytes(changed)


def test_native_code_that_dies_of_a_file_takes_only_the_child_along(index: Index) -> None:
    harm(index.folder, "data_level0.bin", lambda data: _links_astray(data, 64))
    with pytest.raises(Damaged, match=r"SIG|within 20 s"):
        prove(index, limit_s=20)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
        ("import os; os.abort()", "SIGABRT"),
        ("import time; time.sleep(100)", "within 2 s"),
    ],
)
def test_a_child_that_dies_or_hangs_is_damage(index: Index, code: str, said: str) -> None:
    with pytest.raises(Damaged, match=said):
        prove(index, limit_s=2, child=(sys.executable, "-c", code))


@pytest.mark.parametrize("code", ["pass", "print('[]')", "raise ImportError('chromadb')"])
def test_a_child_that_proves_nothing_is_no_proof(index: Index, code: str) -> None:
    with pytest.raises(IndexMissing, match="could not be checked") as caught:
        prove(index, child=(sys.executable, "-c", code))
    assert not isinstance(caught.value, Damaged)


def test_the_doctor_survives_it_and_builds_the_index_again(home: Path, tmp_path: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[embeddings]\nbackend = "hashing"\n')
    (tmp_path / "a.md").write_text("## What is dropout?\nUnits are dropped.\n")
    runner = CliRunner()
    assert runner.invoke(app, ["ingest", str(tmp_path / "a.md")]).exit_code == 0
    manifest = Manifest.load(generation(home / "index"))
    harm(home / "index", "data_level0.bin", lambda d: _links_astray(d, manifest.dimensions))
    messages = []
    for _ in range(2):
        report = runner.invoke(app, ["doctor", "--json"])
        checks = {check["name"]: check for check in json.loads(report.stdout)["checks"]}
        assert checks["index"]["ok"], report.output
        messages.append(checks["index"]["message"])
        assert ("Building it again" in report.stderr) == (len(messages) == 1)
    assert "built again, because it was damaged" in messages[0]
    assert "each found by its own vector" in messages[1]
    assert all("1 documents of yours" in message for message in messages)
