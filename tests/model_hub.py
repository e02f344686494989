"""A loopback model hub, packages for pip, and a model small enough for both."""

import base64
import hashlib
import random
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from coach.models.catalog import EmbeddedModel

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
