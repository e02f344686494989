"""Many passages are embedded with PyTorch, where it is installed: the same vectors, sooner."""

import importlib.util
import os
import signal
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.embeddings.bundled import BundledEmbeddings
from coach.embeddings.e5_file import read_e5
from coach.index import Index
from coach.retrieve import Retriever

MANY = 100
TEXTS = [
    "Dropout switches units off at random during training.",
    "卷积核在输入上滑动，参数共享。",
    "Softmax 的 gradient 是 p − y.",
    "",
    "  spaces   in \t the\u3000middle\n",
    "odd: \0 \ud800 🙂🙂 ﬁ ™ <|im_end|>",
    "attention " * 900,
    "梯度消失" * 400,
]

has_pytorch = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("torch", "tokenizers")),
    reason="PyTorch is not installed",
)


class Counting(BundledEmbeddings):
    """Remembers for how many passages a quicker way was wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[int] = []

    def in_bulk(self, count: int) -> Any:
        self.told.append(count)
        return super().in_bulk(count)


@pytest.fixture(scope="module")
def bundled() -> BundledEmbeddings:
    return BundledEmbeddings()


@pytest.mark.torch
@has_pytorch
def test_vectors_are_those_of_the_other_engine(bundled: BundledEmbeddings) -> None:
    alone = np.array(bundled.embed_documents(TEXTS))
    with bundled.in_bulk(MANY) as bulk:
        together = np.array(bulk.embed_documents(TEXTS))
        one = np.array(bulk.embed_documents(TEXTS[1:2]))
        assert bulk.embed_documents([]) == []
    assert bulk is not bundled
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    likeness = (alone * together).sum(axis=1)
    assert likeness.min() > 0.999, dict(zip(TEXTS, likeness, strict=True))
    assert together[1] == pytest.approx(one[0], abs=1e-4)
    assert "torch" not in sys.modules


@pytest.mark.torch
@has_pytorch
def test_the_process_ends_with_the_work(bundled: BundledEmbeddings) -> None:
    with bundled.in_bulk(MANY) as bulk:
        bulk.embed_documents(TEXTS[:1])
        pid = _pid(bulk)
        os.kill(pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.torch
@has_pytorch
def test_a_process_that_dies_is_started_again(bundled: BundledEmbeddings) -> None:
    with bundled.in_bulk(MANY) as bulk:
        before = bulk.embed_documents(TEXTS[:1])
        os.kill(_pid(bulk), signal.SIGTERM)
        os.waitid(os.P_PID, _pid(bulk), os.WEXITED | os.WNOWAIT)
        assert bulk.embed_documents(TEXTS[:1])[0] == pytest.approx(before[0], abs=1e-5)


@pytest.mark.torch
@has_pytorch
def test_a_process_that_cannot_work_costs_time_and_is_told(
    bundled: BundledEmbeddings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("coach.embeddings.bundled._FILE", "absent.bin")
    with bundled.in_bulk(MANY) as bulk:
        assert bulk.embed_documents(TEXTS[:2]) == bundled.embed_documents(TEXTS[:2])
        bulk.embed_documents(TEXTS[:1])
    (told,) = caplog.messages
    assert "absent.bin" in told
    assert "without it" in told


@pytest.mark.torch
@has_pytorch
def test_what_was_ingested_in_bulk_is_found(tmp_path: Path) -> None:
    words = [
        "Dropout",
        "Pooling",
        "Momentum",
        "Softmax",
        "Attention",
        "Bagging",
        "Entropy",
        "Whitening",
    ]
    parts = [
        f"## {word} {n}\n\n{word} number {n} is explained here." for word in words for n in range(5)
    ]
    (tmp_path / "many.md").write_text("# Notes\n\n" + "\n\n".join(parts), encoding="utf-8")
    embedder = Counting()
    index = Index(tmp_path / "index", embedder)
    index.ingest([tmp_path / "many.md"])
    assert embedder.told == [len(parts)]
    for word in words:
        found = Retriever(index).search(f"{word} number 3", 3)
        assert any(
            word in passage.chunk.text for passage in found if passage.chunk.document == "many.md"
        )


def test_few_passages_are_not_worth_it(bundled: BundledEmbeddings) -> None:
    with bundled.in_bulk(3) as same:
        assert same is bundled


def test_without_pytorch_all_goes_on(
    bundled: BundledEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "torch" else real(name)
    )
    with bundled.in_bulk(MANY) as same:
        assert same is bundled


@pytest.mark.parametrize("content", [b"", b"GGUF" + bytes(200), b"E5S1" + bytes(200)])
def test_a_file_of_another_kind_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(content)
    with pytest.raises(ValueError, match="model"):
        read_e5(str(file))


def _pid(bulk: Any) -> int:
    pid = bulk._child.pid
    assert isinstance(pid, int)
    return pid
