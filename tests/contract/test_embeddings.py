"""What every embedder promises, and what the failures of an endpoint become."""

import importlib.util
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.embeddings import open_embedder
from coach.embeddings.hashing import HashingEmbeddings
from coach.embeddings.openai import OpenAIEmbeddings
from coach.embeddings.sentence_transformers import SentenceTransformerEmbeddings
from coach.errors import (
    CoachError,
    ModelBusy,
    ModelMissing,
    ModelReplyError,
    ModelTimeout,
    PackageMissing,
    SettingsError,
)
from tests import fake_openai as fake
from tests.fake_openai import Behaviour, FakeOpenAI, Request

TEXTS = [
    "Dropout switches units off at random.",
    "A convolution slides a filter over the input.",
    "卷积核在输入上滑动。",
]


@pytest.fixture(scope="module")
def minilm() -> Iterator[Any]:
    if importlib.util.find_spec("sentence_transformers") is None:
        pytest.skip("sentence-transformers is not installed")
    embedder = open_embedder("sentence-transformers", "all-MiniLM-L6-v2")
    yield embedder
    embedder.close()


@pytest.fixture(
    params=[
        "bundled",
        "hashing",
        "openai",
        pytest.param("sentence-transformers", marks=pytest.mark.torch),
    ]
)
def embedder(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "sentence-transformers":
        yield request.getfixturevalue("minilm")
    elif request.param == "openai":
        with FakeOpenAI(embed=HashingEmbeddings(32).embed_documents) as server:
            yield open_embedder("openai", "fake", server.base_url)
    else:
        yield open_embedder(request.param)


def test_vectors_are_numbers_of_one_length(embedder: Any) -> None:
    rows = embedder.embed_documents(TEXTS)
    query = embedder.embed_query(TEXTS[0])
    assert len(rows) == len(TEXTS)
    assert {len(row) for row in [*rows, query]} == {len(query)}
    assert all(isinstance(x, float) and math.isfinite(x) for row in [*rows, query] for x in row)
    assert embedder.embed_documents([]) == []


def test_questions_embedded_together_have_the_vectors_they_have_alone() -> None:
    bundled = open_embedder("bundled")
    assert bundled.embed_queries(TEXTS) == [bundled.embed_query(text) for text in TEXTS]
    assert bundled.embed_queries([]) == []


def test_the_same_text_gives_the_same_vector_in_any_company(embedder: Any) -> None:
    alone = embedder.embed_documents([TEXTS[1]])[0]
    together = embedder.embed_documents(TEXTS)[1]
    assert alone == pytest.approx(together, abs=1e-3)
    assert embedder.embed_query("x") == pytest.approx(embedder.embed_query("x"), abs=1e-6)


def test_a_text_is_nearest_to_itself(embedder: Any) -> None:
    rows = embedder.embed_documents(TEXTS)
    for number, text in enumerate(TEXTS[:2]):
        query = embedder.embed_query(text)
        likeness = [sum(a * b for a, b in zip(query, row, strict=True)) for row in rows]
        assert likeness.index(max(likeness)) == number


def test_any_text_can_be_embedded(embedder: Any) -> None:
    odd = ["", " ", "\0", "a\0b", "\ud800", "🙂" * 50, "长" * 3000, "<|im_end|> [MASK]"]
    assert len(embedder.embed_documents(odd)) == len(odd)
    assert len(embedder.embed_query("\ud800\0")) > 0


def test_embedders_have_names_of_their_own() -> None:
    known = ("bundled", "hashing", "openai", "sentence-transformers")
    names = {open_embedder(backend).name for backend in known}
    assert len(names) == len(known)
    assert open_embedder("openai", "a").name != open_embedder("openai", "b").name
    with pytest.raises(SettingsError, match="none"):
        open_embedder("none")


class Failing(FakeOpenAI):
    """Answers embedding requests with the scripted behaviours."""

    def _behaviour(self, request: Request) -> Behaviour:
        script = self.script[min(self._used, len(self.script) - 1)]
        self._used += 1
        return script


FAILURES: dict[str, tuple[Behaviour, type[CoachError]]] = {
    "401": (fake.status(401), ModelMissing),
    "403": (fake.status(403), ModelMissing),
    "404": (fake.status(404), ModelMissing),
    "400": (fake.status(400), ModelReplyError),
    "429": (fake.busy(0), ModelBusy),
    "500": (fake.status(500), ModelBusy),
    "slow": (fake.slow(30), ModelTimeout),
    "cut off": (fake.cut_off("x"), CoachError),
    "no JSON": (fake.raw(b"hello"), ModelReplyError),
    "empty": (fake.raw(b""), ModelReplyError),
    "empty object": (fake.raw(b"{}"), ModelReplyError),
    "no vectors": (fake.raw(b'{"data": [], "usage": {}}'), ModelReplyError),
    "words": (fake.raw(b'{"data": [{"embedding": ["a"]}]}'), ModelReplyError),
    "null": (fake.raw(b'{"data": [{"embedding": null}]}'), ModelReplyError),
    "not a number": (fake.raw(b'{"data": [{"embedding": [NaN, 1.0]}]}'), ModelReplyError),
    "too many": (
        fake.raw(b'{"data": [{"embedding": [1.0]}, {"embedding": [1.0]}]}'),
        ModelReplyError,
    ),
    "not UTF-8": (fake.raw(b"\xff\xfe{"), ModelReplyError),
}


@pytest.mark.parametrize("name", FAILURES)
def test_failures_of_an_endpoint_are_translated(name: str) -> None:
    behaviour, kind = FAILURES[name]
    with Failing(behaviour) as server:
        embedder = OpenAIEmbeddings("m", base_url=server.base_url, timeout_s=1, retries=0)
        began = time.monotonic()
        with pytest.raises(kind) as caught:
            embedder.embed_documents(["text"])
        assert time.monotonic() - began < 10
        assert server.base_url in caught.value.message
        assert caught.value.hint


def test_an_endpoint_that_is_down_is_named() -> None:
    embedder = OpenAIEmbeddings("m", base_url="http://127.0.0.1:9/v1", retries=0)
    with pytest.raises(ModelMissing, match=r"http://127\.0\.0\.1:9/v1"):
        embedder.embed_query("text")


@pytest.mark.parametrize(("same_host", "sent"), [(True, "Bearer secret-key"), (False, None)])
def test_a_key_in_the_environment_is_shown_to_its_own_endpoint_only(
    same_host: bool, sent: str | None
) -> None:
    with FakeOpenAI(embed=lambda texts: [[1.0] for _ in texts]) as server:
        own = server.base_url if same_host else "http://127.0.0.1:9/v1"
        environ = {"OPENAI_API_KEY": "secret-key", "OPENAI_BASE_URL": own}
        assert open_embedder("bundled", environ=environ).name.startswith("bundled")
        open_embedder("openai", "m", server.base_url, environ=environ).embed_query("x")
        header = server.requests[0].headers["authorization"]
        assert (header == sent) if sent else "secret-key" not in header


@pytest.mark.torch
def test_torch_never_loads_in_our_process(minilm: Any) -> None:
    minilm.embed_query("x")
    code = (
        "import sys; from coach.embeddings import open_embedder as o; e = o('sentence-transformers');"
        "e.embed_query('x'); assert 'torch' not in sys.modules; print(e.child.pid)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=200,
        check=True,
    )
    pid = int(done.stdout)
    assert fake.wait_until(lambda: not _alive(pid)), "the child ends with its parent"


@pytest.mark.torch
def test_the_child_is_started_again_when_it_died(minilm: Any) -> None:
    before = minilm.embed_query("x")
    os.kill(minilm.child.pid, signal.SIGKILL)
    os.waitid(os.P_PID, minilm.child.pid, os.WEXITED | os.WNOWAIT)
    assert minilm.embed_query("x") == pytest.approx(before, abs=1e-5)


@pytest.mark.torch
def test_a_model_that_is_none_is_told(tmp_path: Path) -> None:
    if importlib.util.find_spec("sentence_transformers") is None:
        pytest.skip("sentence-transformers is not installed")
    embedder = SentenceTransformerEmbeddings(str(tmp_path))
    with pytest.raises(ModelMissing, match="cannot be used") as caught:
        embedder.embed_query("x")
    assert "embeddings.model" in caught.value.hint


def test_without_the_package_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    absent = "sentence_transformers"
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == absent else real(name)
    )
    with pytest.raises(PackageMissing, match="not installed") as caught:
        SentenceTransformerEmbeddings("m").embed_query("x")
    assert "pip install" in caught.value.hint


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
