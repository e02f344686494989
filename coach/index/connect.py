"""The way to a Chroma server: what is wrong with it is said before it is used."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

from coach.errors import IndexMissing, SettingsError
from coach.index.failures import SERVER_HINT, failures
from coach.index.store import quiet

DATABASE = "default_database"
TENANT = "default_tenant"
TIMEOUT_S = 10.0


def connect(url: str, token: str, patience_s: float) -> Any:
    """A client for `http(s)://host[:port][/database]`; the database is made where it is absent.

    `token` is sent as `Authorization: Bearer`. A request fails after `patience_s` seconds without
    a byte of answer. Raises SettingsError or IndexMissing.
    """
    import chromadb

    parts = _parts(url)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    _greet(parts, url, headers)
    database = parts.path.strip("/") or DATABASE
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 8000)
    with failures(url):
        if database != DATABASE:
            _make_database(parts.hostname, port, secure, headers, database)
        client = chromadb.HttpClient(
            host=str(parts.hostname),
            port=port,
            ssl=secure,
            headers=headers,
            database=database,
            settings=quiet(),
        )
    # It would wait for ever for a server that has gone silent, and has no setting for that.
    client._server._session.timeout = patience_s  # type: ignore[attr-defined]
    return client


def _parts(url: str) -> SplitResult:
    parts = urlsplit(url if "//" in url else f"http://{url}")
    try:
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.query or parts.fragment or parts.username:
        raise SettingsError(
            f"index.chroma_url is {url!r}.",
            "Example: http://127.0.0.1:8000, or with a database …/team",
        )
    return parts


def _greet(parts: SplitResult, url: str, headers: dict[str, str]) -> None:
    """IndexMissing unless a Chroma server answers: its own client does not say what is wrong."""
    import httpx

    port = parts.port or (443 if parts.scheme == "https" else 8000)
    address = f"{parts.scheme}://{parts.netloc.rsplit(':', 1)[0]}:{port}/api/v2/heartbeat"
    try:
        reply = httpx.get(address, headers=headers, timeout=TIMEOUT_S)
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
        raise IndexMissing(
            f"No Chroma server can be reached at {url}: {reason}.",
            f"To start one: chroma run --host 127.0.0.1 --port {port}. {SERVER_HINT}",
        ) from error
    if reply.status_code in (401, 403):
        raise IndexMissing(
            f"The Chroma server {url} refuses this machine (HTTP {reply.status_code}).",
            "Give it the right token: coach config set index.chroma_token …",
        )
    if not (reply.is_success and "heartbeat" in reply.text):
        raise IndexMissing(
            f"What answers at {url} is no Chroma server of version 1 (HTTP {reply.status_code}).",
            f"Check index.chroma_url, and the server: chroma --version. {SERVER_HINT}",
        )


def _make_database(
    host: str | None, port: int, secure: bool, headers: dict[str, str], name: str
) -> None:
    import chromadb

    settings = quiet()
    settings.chroma_api_impl = "chromadb.api.fastapi.FastAPI"
    settings.chroma_server_host = host
    settings.chroma_server_http_port = port
    settings.chroma_server_ssl_enabled = secure
    settings.chroma_server_headers = headers
    try:
        chromadb.AdminClient(settings).create_database(name)
    except Exception as error:
        if "already exists" not in str(error):
            raise
