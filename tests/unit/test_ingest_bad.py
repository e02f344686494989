"""Files that are broken, locked or made to do harm: one clear line each, and the rest is read."""

import os
import time
from pathlib import Path

import pytest

from coach.index.report import silent
from coach.index.sources import Reading, read_all
from tests.made_files import docx, notebook, pdf, zip_bomb

GOOD = "## What is dropout?\nUnits are dropped.\n"


def reading(folder: Path) -> Reading:
    return read_all([folder], {}, silent)


def _bomb(folder: Path) -> None:
    (folder / "bad.docx").write_bytes(zip_bomb("word/document.xml", 300 * 2**20))


def _many_bombs(folder: Path) -> None:
    (folder / "bad.docx").write_bytes(zip_bomb("word/media/image1.bin", 300 * 2**20))


def _nested_docx(folder: Path) -> None:
    import zipfile

    docx(folder / "whole.docx")
    with (
        zipfile.ZipFile(folder / "whole.docx") as old,
        zipfile.ZipFile(folder / "bad.docx", "w") as new,
    ):
        for member in old.namelist():
            data = old.read(member)
            if member == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + b"<w:tbl>" * 5000)
            new.writestr(member, data)
    (folder / "whole.docx").unlink()


def _laughs(folder: Path) -> None:
    import zipfile

    lines = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    page = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "lol">{lines}]><w:document>&a9;</w:document>'
    docx(folder / "whole.docx")
    with (
        zipfile.ZipFile(folder / "whole.docx") as old,
        zipfile.ZipFile(folder / "bad.docx", "w") as new,
    ):
        for member in old.namelist():
            new.writestr(member, page if member == "word/document.xml" else old.read(member))
    (folder / "whole.docx").unlink()


MADE = {
    "zip bomb": (_bomb, "unpacks to"),
    "bomb beside the text": (_many_bombs, "zip archive"),
    "cut docx": (lambda f: (f / "bad.docx").write_bytes(b"PK\x03\x04" + b"x" * 50), "broken"),
    "nested docx": (_nested_docx, "broken"),
    "entities": (_laughs, "broken"),
    "PDF of pictures": (lambda f: (f / "bad.pdf").write_bytes(pdf([[], []])), "no text"),
    "locked PDF": (lambda f: (f / "bad.pdf").write_bytes(pdf([["x"]], "secret")), "encrypted"),
    "cut PDF": (lambda f: (f / "bad.pdf").write_bytes(pdf([["x"]])[:200]), "PDF"),
    "broken notebook": (lambda f: (f / "bad.ipynb").write_text('{"cells": [\n{]'), "line 2"),
    "long line": (lambda f: (f / "bad.txt").write_text("a\n" + "x y " * 250_000), "line 2"),
    "deep page": (
        lambda f: (f / "bad.html").write_text(
            "<html>" + "<ul><li><b>x " * 10_000 + "</b></li></ul>" * 10_000
        ),
        "nested",
    ),
    "deep markdown": (lambda f: (f / "bad.md").write_text("<div>" * 10_000 + "x"), "nested"),
    "huge": (lambda f: os.truncate(_touched(f / "bad.txt"), 500 * 2**20), "500 MiB"),
    "loop": (lambda f: (f / "bad").symlink_to(f), "leads back"),
    "no text": (lambda f: (f / "bad.md").write_text("\n \n---\n"), "no text"),
}  # fmt: skip


def _touched(path: Path) -> Path:
    path.touch()
    return path


@pytest.mark.parametrize("kind", MADE)
def test_one_line_and_the_rest_is_read(tmp_path: Path, kind: str) -> None:
    make, word = MADE[kind]
    (tmp_path / "a.md").write_text(GOOD)
    (tmp_path / "z.ipynb").write_text(notebook(("markdown", GOOD)))
    make(tmp_path)
    began = time.monotonic()
    found = reading(tmp_path)
    assert time.monotonic() - began < 10
    assert [entry.name for entry, _ in found.documents] == ["a.md", "z.ipynb"]
    assert len(found.problems) == 1
    problem = found.problems[0]
    assert Path(problem.path).name.startswith("bad")
    assert word in problem.message
    assert problem.message.isprintable(), "one line, nothing that steers a terminal"
    assert problem.line == (2 if "line 2" in word else 0)


def test_a_pdf_only_its_owner_locked_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([["1. What is Adam?", "Moments."]], ""))
    assert len(reading(tmp_path).documents) == 1


@pytest.mark.parametrize(
    "name", ["a\nb.md", "a\x1b[2Jb.md", "a\u202edm.exe.md", "a\tb.md", "a\x07.md"]
)
def test_names_that_would_steer_a_terminal_are_escaped(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GOOD)
    (tmp_path / f"empty {name}").write_text("")
    found = reading(tmp_path)
    (entry, _), (problem,) = found.documents[0], found.problems
    assert entry.path == str(tmp_path / name)
    assert entry.name.isprintable()
    assert problem.message.isprintable()
    assert "empty" in problem.message


def test_pictures_and_programs_of_a_folder_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD)
    (tmp_path / "img").mkdir()
    for number in range(5):
        (tmp_path / "img" / f"{number}.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "model.bin").write_bytes(b"\0\1")
    (tmp_path / "film.mp4").touch()
    os.truncate(tmp_path / "film.mp4", 10**10)
    os.truncate(_touched(tmp_path / "weights"), 10**10)
    (tmp_path / "scan.pdf").write_bytes(pdf([[]]))
    found = reading(tmp_path)
    assert [problem.message.split(": ", 1)[1] for problem in found.problems] == [
        "this PDF has no text; its pages are pictures. Run it through a text recognition program first.",
        "8 files hold no text: 5 .png, 1 .mp4, 1 .bin, 1 no ending.",
    ]
    assert found.problems[1].path == str(tmp_path)


def test_folders_that_link_to_each_other_are_read_once(tmp_path: Path) -> None:
    for number in range(12):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "a.md").write_text(f"## What is {number}?\nIt.\n")
        for other in range(12):
            (folder / f"to{other}").symlink_to(tmp_path / str(other), target_is_directory=True)
    assert len(reading(tmp_path).documents) == 12


def test_folders_hundreds_deep(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(500):
        os.mkdir("d", dir_fd=here)  # by descriptor: the whole path is too long
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    (tmp_path / "z.md").write_text(GOOD)
    assert [entry.name for entry, _ in reading(tmp_path).documents] == ["z.md"]


@pytest.mark.parametrize(
    "mark", ["\x1b[2J\x1b]0;owned\x07", "\x08\x08\x08", "\u202e", "\u200f", "\u2066", "\x7f"]
)
def test_characters_that_steer_are_left_out_and_told(tmp_path: Path, mark: str) -> None:
    (tmp_path / "a.md").write_text(GOOD)
    (tmp_path / "bad.md").write_text(f"## What is Adam?\nTwo {mark}moments.\n", encoding="utf-8")
    found = reading(tmp_path)
    assert [entry.name for entry, _ in found.documents] == ["a.md", "bad.md"]
    (chunk,) = found.documents[1][1]
    assert mark not in chunk.text
    assert chunk.text.replace("\n", "").isprintable()
    (problem,) = found.problems
    assert (Path(problem.path).name, problem.line) == ("bad.md", 2)
    assert "left out" in problem.message
    assert problem.message.isprintable()


@pytest.mark.parametrize(
    "text", ["\ufeff" + GOOD, GOOD.replace("\n", "\r\n"), GOOD + "\x0c", "a\u200bb\n" + GOOD]
)
def test_what_editors_and_printers_leave_behind_is_not_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8", newline="")
    found = reading(tmp_path)
    assert (len(found.documents), found.problems) == (1, ())


def test_a_line_of_a_million_characters_costs_only_its_document(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD)
    (tmp_path / "bad.md").write_text(GOOD + "x" * 1_000_000)
    found = reading(tmp_path)
    assert [entry.name for entry, _ in found.documents] == ["a.md"]
    assert found.problems[0].line == 3
