"""Writers of the index that are killed, wait for each other, or run out of disk: nothing is lost."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def start(module: str, *arguments: str, before: Sequence[str] = ()) -> "subprocess.Popen[str]":
    """A helper script at work."""
    command = [*before, sys.executable, "-m", f"tests.contract.{module}", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def told_by(helper: "subprocess.Popen[str]") -> list[dict[str, Any]]:
    """The JSON lines a helper script prints."""
    out, err = helper.communicate(timeout=280)
    assert helper.returncode == 0, err
    print(err)
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_leaves_an_index_that_answers(tmp_path: Path) -> None:
    kills = int(os.environ.get("COACH_KILLS", "50"))
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    # Two at a time, each with an index of its own.
    helpers = [
        start("killed_writers", str(kills // 2), str(folder), str(seed))
        for seed, folder in enumerate(folders)
    ]
    results = [told_by(helper)[0] for helper in helpers]
    total = {key: sum(result[key] for result in results) for key in results[0]}
    assert total["killed"] == kills
    assert total["failed"] == 0
    assert total["busy"] > kills // 2, "most of them were at work"
    assert total["resumed"] > kills // 10, "some of them had vectors that were used"


@pytest.mark.slow
def test_a_full_disk_is_told_and_the_index_stays(tmp_path: Path) -> None:
    *limits, after = told_by(start("full_disk", str(tmp_path)))
    assert after == {"after": 0}
    for told, codes in zip(limits[::2], limits[1::2], strict=True):
        assert codes["codes"] == [0, 0], told
        message = str(told["error"])
        assert message.startswith("The index could not be written: ")
        assert message.endswith("It stays as it was.")
        assert len(message) < 150
        assert str(tmp_path) not in message


def _own_mounts() -> bool:
    command = ["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(not _own_mounts(), reason="no file system can be mounted here")
def test_a_file_system_without_space_is_told_and_the_index_stays(tmp_path: Path) -> None:
    *told, after = told_by(start("full_tmpfs", str(tmp_path), before=["unshare", "-Urm"]))
    assert after == {"after": 0}
    for said, codes in zip(told[::2], told[1::2], strict=True):
        assert codes["codes"] == [0, 0, 0], said
        message = str(said["error"])
        assert re.search("No space left|disk is full|cannot be opened", message), message
        assert str(tmp_path) not in message
