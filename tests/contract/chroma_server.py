"""A Chroma server on the loopback interface, which tests start, kill and start again."""

import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path


class ChromaServer:
    """`chroma run` over a folder; `url` names a database nobody else uses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    def start(self) -> None:
        """Starts it and waits until it listens."""
        program = Path(sys.executable).parent / "chroma"
        command = [
            program,
            "run",
            "--path",
            self.folder,
            "--host",
            "127.0.0.1",
            "--port",
            self.port,
        ]
        self._process = subprocess.Popen(
            [str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the Chroma server did not start")

    def kill(self) -> None:
        """Ends it as a machine that loses its power does."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)

    def freeze(self) -> None:
        """Stops it in the middle of what it does: its connections stay open and silent."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Lets it go on."""
        self._process.send_signal(signal.SIGCONT)

    def url(self, database: str = "") -> str:
        """The address of a database."""
        return f"http://127.0.0.1:{self.port}/{database or 'team-' + secrets.token_hex(4)}"
