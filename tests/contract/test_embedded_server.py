"""The embedded model's process: what it serves, whom it serves, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.errors import ModelMissing
from coach.grade import leaning
from coach.language_model import LanguageModel
from coach.models.embedded import EmbeddedServer, start_embedded
from coach.models.endpoint import open_model
from coach.models.store import ModelStore
from coach.settings import ModelSettings
from tests.conftest import STORE
from tests.fake_openai import wait_until
from tests.tiny_gguf import write_tiny_gguf

# As in models that think aloud unless they are told not to.
THINKER = """\
{%- for m in messages %}[{{ m.role }}] {% if m.reasoning_content is string %}<think>{{ m.reasoning_content }}</think>
{%- endif %}{{ m.content }}
{% endfor %}
{%- if add_generation_prompt %}[assistant] {% if enable_thinking is defined and enable_thinking is false %}
{{- '<think></think>' }}{% endif %}{% endif %}"""

POSIX = pytest.mark.skipif(os.name != "posix", reason="process groups and signals of POSIX")


@pytest.fixture(scope="module")
def model_name() -> str:
    """The smallest installed model: what is tested here is the protocol, not the judgement."""
    installed = [stored.model for stored in STORE.list() if stored.installed]
    assert installed, "no embedded model is installed: coach model pull"
    return min(installed, key=lambda model: model.size_bytes).name


@pytest.fixture(scope="module")
def server(model_name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    log = tmp_path_factory.mktemp("log") / "server.log"
    running = start_embedded(STORE.path(model_name), name="m", context=2048, log_file=log)
    yield running
    running.close()


def post(server: EmbeddedServer, prompt: str, key: str) -> dict[str, object]:
    body = {"messages": [{"role": "user", "content": prompt}], "max_tokens": 1, "temperature": 0}
    request = urllib.request.Request(
        f"{server.base_url}/chat/completions",
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=120) as reply:
        found: dict[str, object] = json.load(reply)
    return found


def gone(pid: int) -> bool:
    """Tells whether a process has ended; one that only waits to be reaped has."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return not _alive(pid)
    return stat.rpartition(")")[2].split()[0] == "Z"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.real_model
def test_the_whole_protocol_through_the_language_model(model_name: str, tmp_path: Path) -> None:
    values = ModelSettings(name=model_name, timeout_s=240)
    model = open_model(values, STORE, {})
    try:
        _check_protocol(model)
    finally:
        model.close()
    assert model.remote is False


def _check_protocol(model: LanguageModel) -> None:
    asked = [("user", "Which letter comes first in the alphabet?\nA\nB\nReply with the letter.")]
    found = model.choose(asked, ["A", "B"])
    assert sum(found.values()) == pytest.approx(1)
    assert model.has_logprobs
    likely = model.lean(asked, leaning.fitted().tokens)
    assert list(likely) == list(leaning.fitted().tokens)
    assert sum(likely.values()) == pytest.approx(1, abs=1e-3)
    assert likely["A"] / likely["B"] == pytest.approx(found["A"] / found["B"], rel=0.2)
    schema = {
        "type": "object",
        "properties": {"prime": {"type": "integer"}},
        "required": ["prime"],
        "additionalProperties": False,
    }
    assert isinstance(model.structured([("user", "Name a prime.")], schema)["prime"], int)
    assert model.rung == "json_schema"
    assert "".join(model.stream([("user", "Say hello.")], 8)).strip()


def test_a_model_that_can_think_aloud_is_asked_for_its_judgement_at_once(tmp_path: Path) -> None:
    write_tiny_gguf(tmp_path / "tiny.gguf", THINKER)
    log = tmp_path / "server.log"
    tiny = start_embedded(tmp_path / "tiny.gguf", name="tiny", context=256, log_file=log)
    try:
        request = urllib.request.Request(
            f"{tiny.base_url.removesuffix('/v1')}/apply-template",
            json.dumps({"messages": [{"role": "user", "content": "Which letter?"}]}).encode(),
            {"Authorization": f"Bearer {tiny.api_key}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as reply:
            prompt = json.load(reply)["prompt"]
    finally:
        tiny.close()
    assert prompt == "[user] Which letter?\n[assistant] <think></think>"


@pytest.mark.real_model
def test_a_common_beginning_is_evaluated_once(server: EmbeddedServer) -> None:
    beginning = "A reference answer about gradient descent and its learning rate. " * 20
    timings = [
        post(server, beginning + end, server.api_key)["timings"]
        for end in ("First?", "Something quite different, and longer?", "Third?")
    ]
    evaluated = [timing["prompt_n"] for timing in timings]  # type: ignore[index]
    assert evaluated[0] > 200
    assert max(evaluated[1:]) < 40


@pytest.mark.real_model
def test_an_earlier_beginning_is_found_again(server: EmbeddedServer) -> None:
    first, other = "Reference: softmax, stable. " * 30, "Reference: dropout, inverted. " * 30
    for prompt in (first + "one", other + "two"):
        post(server, prompt, server.api_key)
    timing = post(server, first + "three", server.api_key)["timings"]
    assert timing["prompt_n"] < 40  # type: ignore[index]


@pytest.mark.real_model
def test_nobody_without_the_key_is_served(server: EmbeddedServer) -> None:
    assert server.base_url.startswith("http://127.0.0.1:")
    for key in ("", "none", server.api_key[:-1]):
        with pytest.raises(urllib.error.HTTPError, match="401"):
            post(server, "hello", key)


@pytest.mark.real_model
@POSIX
def test_the_key_is_not_on_the_command_line_and_ctrl_c_is_not_passed_on(
    server: EmbeddedServer,
) -> None:
    if Path("/proc/self").exists():
        command = Path(f"/proc/{server.process.pid}/cmdline").read_bytes()
        assert server.api_key.encode() not in command
    assert os.getsid(server.process.pid) != os.getsid(0)


@pytest.mark.real_model
def test_close_waits_for_the_end_and_may_be_repeated(model_name: str, tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    running = start_embedded(STORE.path(model_name), name="m", context=512, log_file=log)
    begun = time.monotonic()
    running.close()
    running.close()
    assert running.process.returncode == 0
    assert time.monotonic() - begun < 3
    assert log.stat().st_size > 0


PARENT = """
import os, sys, time
from pathlib import Path
from coach.models.embedded import start_embedded
server = start_embedded(Path(sys.argv[1]), name="m", context=512, log_file=Path(sys.argv[2]))
if sys.argv[3] == "fork" and os.fork() == 0:
    time.sleep(20)  # inherits the pipe whose end tells the server to end
    os._exit(0)
print(server.process.pid, flush=True)
if sys.argv[3] == "raise":
    raise RuntimeError("forgot to close")
time.sleep(60)
"""


@pytest.mark.real_model
@POSIX
@pytest.mark.parametrize("how", ["kill", "fork", "term", "raise"])
def test_it_dies_with_its_parent(model_name: str, tmp_path: Path, how: str) -> None:
    arguments = [str(STORE.path(model_name)), str(tmp_path / "log"), how]
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        if how != "raise":
            parent.send_signal(signal.SIGTERM if how == "term" else signal.SIGKILL)
        parent.wait(10)
        assert wait_until(lambda: gone(pid), 5)
        if how == "fork":
            os.killpg(parent.pid, signal.SIGKILL)


@pytest.mark.real_model
@POSIX
def test_it_dies_with_a_parent_that_ends_while_it_loads(model_name: str, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(STORE.path(model_name)), str(tmp_path / "log"), "kill"],
        start_new_session=True,
    ) as parent:
        assert wait_until((tmp_path / "log").exists, 20)
        children = _children(parent.pid)
        parent.kill()
        parent.wait(10)
        assert wait_until(lambda: all(gone(pid) for pid in children), 20)


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


@pytest.mark.parametrize("content", [b"", b"GGUF", b"not a model" * 1000])
def test_a_broken_file_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    path, log = tmp_path / "broken.gguf", tmp_path / "server.log"
    path.write_bytes(content)
    with pytest.raises(ModelMissing) as caught:
        start_embedded(path, name="m", context=512, log_file=log)
    assert str(path) in caught.value.message
    assert str(log) in caught.value.message
    assert "coach model pull" in caught.value.hint


def test_a_start_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    pipe = tmp_path / "never.gguf"
    pipe.write_bytes(b"")
    with pytest.raises(ModelMissing, match="not ready within"):
        start_embedded(pipe, name="m", context=512, log_file=tmp_path / "log", start_s=0.001)


def test_a_model_that_is_not_installed(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing) as caught:
        open_model(ModelSettings(), ModelStore(tmp_path), {})
    assert "coach model pull" in caught.value.hint
