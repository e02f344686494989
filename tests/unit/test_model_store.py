"""What a model store needs, holds and refuses; what its catalog says."""

import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.errors import ModelMissing, SettingsError
from coach.models import machine
from coach.models.catalog import DEFAULT, MODELS, EmbeddedModel
from coach.models.sources import bytes_in
from coach.models.store import ModelStore
from tests.model_hub import CONTENT, Hub, tiny


def test_a_disk_without_room_is_told_before_the_download(
    make_store: Callable[..., ModelStore], hub: Hub
) -> None:
    with pytest.raises(
        ModelMissing, match=r"0\.2 GB of disk are needed, free are 0\.0 GB"
    ) as caught:
        make_store(hub.url, free=1000).pull()
    assert "Free some space" in caught.value.hint
    assert not hub.requests


def test_what_a_machine_lacks_is_told_with_figures(
    make_store: Callable[..., ModelStore], hub: Hub
) -> None:
    needs = {"memory_bytes": 7_500_000_000}
    assert make_store(**needs).lacks() == ()
    small = make_store(hub.url, memory=4_000_000_000, free=1000, **needs)
    assert [str(lack) for lack in small.lacks()] == [
        "7.5 GB of memory are needed, here are 4.0 GB",
        "0.2 GB of disk are needed, free are 0.0 GB",
    ]
    assert small.list()[0].lacks == small.lacks()


def test_a_model_too_large_for_the_memory_can_be_pulled_and_then_needs_no_disk(
    make_store: Callable[..., ModelStore], hub: Hub
) -> None:
    make_store(hub.url).pull()
    small = make_store(memory=0, free=0)
    assert [lack.what for lack in small.lacks()] == ["memory"]
    assert small.pull().read_bytes() == CONTENT


def test_this_machine_has_memory_and_a_disk(tmp_path: Path) -> None:
    assert 10**8 < machine.memory_bytes() < 10**15
    assert machine.free_bytes(tmp_path / "not" / "there" / "yet") > 0
    assert not (tmp_path / "not").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path, hub: Hub) -> None:
    (tmp_path / "file").write_text("in the way")
    store = ModelStore(tmp_path / "file" / "models", models=(tiny(),), environ={})
    with pytest.raises(ModelMissing, match="cannot be written") as caught:
        store.pull()
    assert "COACH_HOME" in caught.value.hint


def test_remove(make_store: Callable[..., ModelStore], hub: Hub) -> None:
    store = make_store(hub.url)
    assert store.remove("tiny") is False
    store.pull()
    assert store.remove("tiny") is True
    assert not store.installed("tiny")


def test_a_file_of_the_wrong_size_is_not_installed(make_store: Callable[..., ModelStore]) -> None:
    store = make_store()
    store.models_dir.mkdir(parents=True)
    store.path().write_bytes(CONTENT[:-1])
    assert not store.installed()
    with pytest.raises(ModelMissing, match="not installed") as caught:
        store.need()
    assert "coach model pull tiny" in caught.value.hint


def test_a_changed_file_fails_the_check(make_store: Callable[..., ModelStore], hub: Hub) -> None:
    store = make_store(hub.url)
    store.pull()
    store.path().write_bytes(bytes(len(CONTENT)))
    assert store.installed()
    assert not store.check()


def test_an_unknown_model(make_store: Callable[..., ModelStore]) -> None:
    with pytest.raises(SettingsError, match="no embedded model 'tinny'"):
        make_store().pull("tinny")


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
