"""Finding and decoding files: whatever cannot be read is told and the rest goes on."""

import os
from pathlib import Path

import pytest

from coach.errors import InputFileError
from coach.ingest import Found, find, read
from coach.ingest.files import MAX_BYTES, clean

CHINESE = (
    "什么是梯度消失？\n深层网络里，反向传播的梯度逐层相乘而变小，前面的层几乎不更新。\n如何解决？使用残差连接。\n"
    * 4
)


def text_of(path: Path) -> str:
    return read(Found(path, path.parent, path.name)).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_chinese_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(CHINESE.encode(encoding))
    assert text_of(file) == CHINESE


def test_western_text_in_an_old_encoding(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    text = "Où est l'entraînement ? Les réseaux sont entraînés là-bas, déjà très profonds.\n" * 5
    file.write_bytes(text.encode("cp1252"))
    assert text_of(file) == text


def test_line_ends_and_control_characters(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("one\r\ntwo\rthree\x1b[31m\x0b\u202e\tend\n".encode())
    assert text_of(file) == "one\ntwo\nthree[31m\tend\n"
    assert clean("a\u2028b") == "a\nb"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.4 \xff", "PDF"),
        (b"\x89PNG\r\n", "image"),
        (b"PK\x03\x04", "zip"),
        (b"ab\x00c", "binary"),
    ],
)
def test_binary_files_are_named_as_such(tmp_path: Path, data: bytes, word: str) -> None:
    file = tmp_path / "notes.md"
    file.write_bytes(data)
    with pytest.raises(InputFileError, match=word) as caught:
        text_of(file)
    assert "notes.md" in caught.value.message
    assert caught.value.hint


def test_bytes_in_no_encoding_name_the_line(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"fine\nfine\n" + bytes(range(0x80, 0x100)) * 3 + b"\x81\xff\xfe\x80 x\n")
    with pytest.raises(InputFileError, match="line 3") as caught:
        text_of(file)
    assert "UTF-8" in caught.value.hint


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.truncate(200 * 1024 * 1024)
    with pytest.raises(InputFileError, match="200 MiB"):
        text_of(file)
    assert MAX_BYTES < 200 * 1024 * 1024


def test_folders_are_walked_in_order_and_hidden_files_left_out(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.txt", ".hidden.md", ".git/x.md", "node_modules/y.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found, problems = find([tmp_path])
    assert [item.name for item in found] == ["a/z.txt", "b.md"]
    assert problems == []


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    found, _ = find([tmp_path, tmp_path / "a.md", tmp_path / "a.md"])
    assert [item.name for item in found] == ["a.md"]


def test_loops_and_dangling_links_are_problems(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.md").write_text("x")
    (tmp_path / "deep" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")
    found, problems = find([tmp_path])
    assert [item.name for item in found] == ["deep/a.md"]
    assert {Path(problem.path).name for problem in problems} == {"up", "self", "gone"}


def test_missing_paths_and_special_files_are_problems(tmp_path: Path) -> None:
    _, problems = find([tmp_path / "absent"])
    assert "no such file" in problems[0].message
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    with pytest.raises(InputFileError, match="no regular file"):
        text_of(fifo)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("x")
    file.chmod(0)
    with pytest.raises(InputFileError, match="denied"):
        text_of(file)


def test_names_that_are_no_text_are_escaped(tmp_path: Path) -> None:
    name = os.fsdecode(b"bad\xff\x1b[31m.md")
    (tmp_path / name).write_text("x")
    found, _ = find([tmp_path])
    assert found[0].name == "bad\\xff\\x1b[31m.md"
    assert read(found[0]).text == "x"
