"""An address at which no index of ours can be: what is there is said."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coach.errors import IndexMissing, SettingsError
from coach.index import Server
from tests.contract.team import machine
from tests.index_corpus import small_index


@contextmanager
def answering(status: int, body: str = "", token: str = "") -> Iterator[str]:
    """Something on the loopback interface that is no Chroma server, or a proxy before one."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            allowed = not token or self.headers["Authorization"] == f"Bearer {token}"
            self.send_response(status if allowed else 401)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_what_is_no_chroma_server_is_told(tmp_path: Path) -> None:
    for status, body, said in (
        (200, "<html>hello</html>", "is no Chroma server"),
        (404, "", "is no Chroma server"),
        (410, '{"error": "the v1 API"}', "is no Chroma server"),
        (401, "", "refuses this machine"),
    ):
        with answering(status, body) as url, pytest.raises(IndexMissing, match=said) as caught:
            machine(tmp_path, url, "ann").ensure()
        assert url in caught.value.message
        assert "index.chroma" in caught.value.hint


def test_the_token_is_sent(tmp_path: Path) -> None:
    said = []
    with answering(404, token="s3cret") as url:
        for token in ("s3cret", "other"):
            with pytest.raises(IndexMissing) as caught:
                small_index(tmp_path, server=Server(url, token)).ensure()
            said.append(caught.value.message)
    assert "no Chroma server" in said[0]
    assert "refuses" in said[1]
    assert not any("s3cret" in text for text in said)


@pytest.mark.parametrize(
    "url", ["ftp://x", "http://", "http://a:b@c", "http://x:99999", "//", "http://x?y"]
)
def test_an_address_that_is_none_is_wrong_usage(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match=r"index\.chroma_url"):
        small_index(tmp_path, server=Server(url)).ensure()
