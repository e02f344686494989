"""A Chroma server for the tests of a file, and a database of its own for each."""

from collections.abc import Iterator

import pytest

from tests.contract.chroma_server import ChromaServer


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    yield server
    server.kill()


@pytest.fixture
def url(chroma: ChromaServer) -> str:
    return chroma.url()
