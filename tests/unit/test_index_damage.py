"""Damage on disk is noticed when the index is opened, and mended."""

import multiprocessing
import shutil
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from coach.errors import IndexMissing
from coach.index import Index
from coach.retrieve import Retriever
from tests.index_corpus import small_index


def _generation(folder: Path) -> Path:
    return folder / "index" / (folder / "index" / "current").read_text().strip()


def _vectors(folder: Path) -> Path:
    return next((_generation(folder) / "chroma").rglob("data_level0.bin"))


def _truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _zeroed(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def _garbage(file: Path) -> None:
    file.write_bytes(b"\xa5" * file.stat().st_size)


def _scribbled(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for place in range(0, len(data), max(len(data) // 5, 1)):
        data[place : place + 16] = b"\x5a" * len(data[place : place + 16])
    file.write_bytes(data)


HARMS: dict[str, Callable[[Path], object]] = {
    "cut": _truncated,
    "emptied": lambda file: file.write_bytes(b""),
    "zeroed": _zeroed,
    "garbage": _garbage,
    "scribbled": _scribbled,
    "gone": lambda file: file.unlink(),
}
FILES = (
    *("current", "manifest.json", "chroma.sqlite3", "texts.sqlite"),
    *("data_level0.bin", "header.bin", "length.bin", "link_lists.bin"),
)


def _file(folder: Path, name: str) -> Path:
    return next(
        file
        for place in (folder / "index", _generation(folder))
        for file in (place.rglob(name) if place != folder / "index" else place.glob(name))
    )


def _filled(folder: Path) -> Index:
    (folder / "notes").mkdir()
    (folder / "notes" / "a.md").write_text("## What is dropout?\nUnits are dropped at random.\n")
    index = small_index(folder)
    index.ensure()
    index.ingest([folder / "notes"])
    index.close()
    return index


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with one document; its place is not what is tested, so copies of it serve."""
    folder = tmp_path_factory.mktemp("filled")
    _filled(folder)
    return folder


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("name", FILES)
def test_damage_is_noticed_and_mended(tmp_path: Path, filled: Path, name: str, harm: str) -> None:
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    file = _file(tmp_path, name)
    before = file.read_bytes()
    HARMS[harm](file)
    if file.exists() and file.read_bytes() == before:
        pytest.skip("the file holds what the harm would write")
    index = small_index(tmp_path)
    assert index.status().state == "damaged"
    with pytest.raises(IndexMissing, match="damaged") as caught:
        index.search("dropout")
    assert "coach index rebuild" in caught.value.hint
    said: list[str] = []
    index.ensure(lambda done, total, note: said.append(note))
    assert any("Building it again" in note for note in said)
    assert index.status().state == "ready"
    assert index.search("What is dropout?", 1)[0].chunk.document == "a.md"
    index.close()


def test_every_file_of_an_index_is_among_those_that_are_harmed(filled: Path) -> None:
    here = _generation(filled)
    names = {file.name for file in here.rglob("*") if file.is_file()}
    assert names - set(FILES) <= {"manifest.copy.json", "index_metadata.pickle"}


@pytest.fixture(scope="module")
def searched(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same index after a search, which keeps what ranking needs beside it."""
    folder = tmp_path_factory.mktemp("searched")
    shutil.copytree(filled, folder, dirs_exist_ok=True)
    assert _ranked(folder)
    return folder


def _ranked(folder: Path) -> list[tuple[str, float]]:
    with closing(small_index(folder)) as index:
        index.ensure()
        found = Retriever(index).search("What is dropout? 池化", 5)
    return [(passage.chunk.document, round(passage.score, 5)) for passage in found]


@pytest.mark.parametrize("harm", HARMS)
def test_what_ranking_keeps_and_copies_of_it_harm_no_search(
    tmp_path: Path, searched: Path, harm: str
) -> None:
    """Whatever happens to a file that only saves time, what is found stays the same."""
    expected = _ranked(searched)
    here = _generation(searched)
    others = [file for file in here.rglob("*") if file.is_file() and file.name not in FILES]
    kinds = {file.name for file in others}
    assert {"vectors.npy", "rows.json", "sums.json", "manifest.copy.json"} <= kinds
    assert any(file.suffix == ".npy" and file.parent.name == "words" for file in others)
    for number, file in enumerate(others):
        folder = tmp_path / str(number)
        shutil.copytree(searched, folder)
        HARMS[harm](folder / file.relative_to(searched))
        assert _ranked(folder) == expected, file
        if "shelves" in str(file):
            kept = _generation(folder) / file.relative_to(here)
            assert kept.read_bytes() == file.read_bytes(), "made again"


def test_a_changed_letter_in_a_stored_text_is_noticed(tmp_path: Path, filled: Path) -> None:
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    file = _file(tmp_path, "texts.sqlite")
    data = file.read_bytes()
    assert b"dropped at random" in data
    file.write_bytes(data.replace(b"dropped at random", b"dropped at rendom"))
    assert small_index(tmp_path).status().state == "damaged"


@pytest.mark.parametrize("name", ["../..", ".", "", "000001-nowhere", "a\0b"])
def test_the_pointer_leads_nowhere_else(tmp_path: Path, filled: Path, name: str) -> None:
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    (tmp_path / "index" / "current").write_text(name + "\n")
    assert small_index(tmp_path).status().state == "damaged"


def test_a_changed_manifest_is_noticed(tmp_path: Path, filled: Path) -> None:
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    file = _generation(tmp_path) / "manifest.json"
    text = file.read_text()
    file.write_text(text.replace('"name": "a.md"', '"name": "b.md"'))
    assert file.read_text() != text
    assert small_index(tmp_path).status().state == "damaged"


def test_stored_texts_survive_damaged_vectors(tmp_path: Path) -> None:
    _filled(tmp_path)
    (tmp_path / "notes" / "a.md").unlink()
    _garbage(_vectors(tmp_path))
    index = small_index(tmp_path)
    index.ensure()
    assert index.search("What is dropout?", 1)[0].chunk.document == "a.md"


def test_what_a_broken_write_left_behind_is_cleared(tmp_path: Path) -> None:
    index = _filled(tmp_path)
    (tmp_path / "index" / "000099-deadbeef").mkdir()
    (tmp_path / "notes" / "b.md").write_text("## What is Adam?\nMoments.\n")
    index.ingest([tmp_path / "notes"])
    folders = [path.name for path in (tmp_path / "index").iterdir() if path.is_dir()]
    assert "000099-deadbeef" not in folders
    assert len(folders) == 2, "the current generation and the one before it"


def test_a_reader_follows_the_writer(tmp_path: Path) -> None:
    _filled(tmp_path)
    reader, writer = small_index(tmp_path), small_index(tmp_path)
    assert reader.search("dropout")
    (tmp_path / "notes" / "b.md").write_text("## What is Adam?\nMoments and more.\n")
    writer.ingest([tmp_path / "notes"])
    assert reader.search("What is Adam? Moments and more", 1)[0].chunk.document == "b.md"


def test_reading_goes_on_while_another_thread_writes(tmp_path: Path) -> None:
    index = _filled(tmp_path)
    failures: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                assert index.search("dropout")
        except BaseException as error:
            failures.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(4):
        (tmp_path / "notes" / f"n{number}.md").write_text(f"## Question {number}?\nAnswer.\n")
        index.ingest([tmp_path / "notes"])
    done.set()
    reader.join()
    assert failures == []


def _ingest_folder(folder: str, name: str) -> None:
    notes = Path(folder) / name
    notes.mkdir()
    for number in range(5):
        (notes / f"{name}{number}.md").write_text(f"## {name} {number}?\nAnswer {number}.\n")
        small_index(Path(folder)).ingest([notes])


@pytest.mark.slow
def test_two_processes_that_write_lose_nothing(tmp_path: Path) -> None:
    _filled(tmp_path)
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=_ingest_folder, args=(str(tmp_path), name))
        for name in ("one", "two")
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0]
    index = small_index(tmp_path)
    assert index.status().documents == 11
    for name in ("one", "two"):
        for number in range(5):
            question = f"{name} {number}?"
            best = index.search(f"{question} Answer {number}.", 1)[0].chunk
            assert best.locator.heading == question
