"""`coach model` as a user's shell runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coach.paths import Paths
from tests import fake_openai as fake
from tests.fake_openai import Behaviour, FakeOpenAI


def coach(home: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coach", "model", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "COACH_HOME": str(home), **environ},
        timeout=120,
        check=False,
    )


def as_json(home: Path, *arguments: str, **environ: str) -> tuple[int, Any]:
    done = coach(home, *arguments, "--json", **environ)
    return done.returncode, json.loads(done.stdout)


def answer(request: fake.Request) -> Behaviour:
    """Answers both questions of the check rightly."""
    if request.body.get("logprobs"):
        return fake.reply("A", logprobs={"A": 0.9, "B": 0.1})
    return fake.reply('{"prime": 7}')


def test_list_shows_the_default_in_use(home: Path) -> None:
    code, found = as_json(home, "list")
    assert code == 0
    assert [row["name"] for row in found["models"] if row["in_use"]] == ["qwen2.5-coder-1.5b"]
    assert not any(row["installed"] for row in found["models"])
    assert (found["in_use"]["kind"], found["offer"], found["note"]) == ("embedded", None, "")
    assert not home.exists()


def test_list_tells_what_each_model_needs_and_whether_it_fits(home: Path) -> None:
    _, found = as_json(home, "list")
    for row in found["models"]:
        assert row["memory_bytes"] > row["size_bytes"] > 0
        assert row["fits"] == (not row["lacks"])
        assert all(lack["there"] < lack["needed"] for lack in row["lacks"])
    larger = {row["name"]: row["sources"] for row in found["models"] if row["size_bytes"] > 2e9}
    assert len(larger) >= 3
    assert set(map(tuple, larger.values())) == {("hub",)}
    head, *lines = coach(home, "list").stdout.splitlines()
    assert "fits here" in head
    assert "7.5 GB" in next(line for line in lines if line.split()[0] == "qwen3-8b")


def test_a_larger_model_is_chosen_with_a_word_on_its_marks(home: Path) -> None:
    done = coach(home, "use", "qwen3-8b")
    assert done.returncode == 0
    assert "with qwen3-8b they may be stricter or milder" in done.stderr
    assert "coach model pull qwen3-8b" in done.stderr
    calibrated = {"qwen3-8b": {"exam": {"slope": 1.0, "offset": 0.5, "answers": 40}}}
    file = Path(Paths.from_environ({"COACH_HOME": str(home)}).calibrations_file)
    file.write_text(json.dumps(calibrated), "utf-8")
    assert as_json(home, "list")[1]["note"] == ""
    assert "stricter" not in coach(home, "use").stderr


def test_a_larger_model_comes_from_the_hub_alone(home: Path) -> None:
    code, found = as_json(home, "pull", "qwen3-8b", HF_ENDPOINT="http://127.0.0.1:9")
    assert code == 3
    assert "http://127.0.0.1:9 does not answer" in found["error"]["message"]
    assert "model hub only" in found["error"]["message"]


def test_a_key_is_offered_and_not_used(home: Path) -> None:
    with FakeOpenAI() as server:
        environ = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": server.base_url}
        code, found = as_json(home, "use", **environ)
        assert (code, found["in_use"]["kind"]) == (0, "embedded")
        assert found["offer"]["base_url"] == server.base_url
        text = coach(home, "use", **environ)
        assert "only if you choose it: coach model use openai:MODEL" in text.stderr
        assert coach(home, "check", **environ).returncode == 3
        assert not server.requests


def test_a_chosen_endpoint_is_used_and_checked(home: Path) -> None:
    with FakeOpenAI(fake.by_request(answer)) as server:
        environ = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": server.base_url}
        assert coach(home, "use", "openai:m", **environ).returncode == 0
        assert not server.requests
        code, found = as_json(home, "check", **environ)
        assert code == 0
        assert (found["name"], found["logprobs"]) == ("m", True)
        assert (found["structured"], found["ok"]) == ("json_schema", True)
        assert found["usage"] == {"prompt_tokens": 22, "completion_tokens": 14}
        assert {r.headers["authorization"] for r in server.chats} == {"Bearer k"}
        assert {r.body["model"] for r in server.chats} == {"m"}


def test_a_model_that_gives_no_json_cannot_grade(home: Path) -> None:
    with FakeOpenAI(fake.reply("A")) as server:
        assert coach(home, "use", "m", "--base-url", server.base_url).returncode == 0
        code, found = as_json(home, "check")
        assert (code, found["ok"], found["structured"]) == (1, False, None)


def test_the_only_model_of_an_endpoint_needs_no_name(home: Path) -> None:
    with FakeOpenAI(fake.by_request(answer), models=["lonely"]) as server:
        assert coach(home, "use", "--base-url", server.base_url).returncode == 0
        assert "lonely" in coach(home, "check").stdout
    with FakeOpenAI(models=["one", "two"]) as server:
        assert coach(home, "use", "--base-url", server.base_url).returncode == 0
        done = coach(home, "check")
        assert done.returncode == 2
        assert "one, two" in done.stderr


def test_an_endpoint_that_is_down(home: Path) -> None:
    with FakeOpenAI() as server:
        address = server.base_url
    assert coach(home, "use", "m", "--base-url", address).returncode == 0
    code, found = as_json(home, "check")
    assert code == 3
    assert found["error"]["kind"] == "model_missing"
    assert address in found["error"]["message"]


def test_the_key_of_another_endpoint_is_dropped(home: Path) -> None:
    assert coach(home, "use", "m", "--base-url", "http://a/v1", "--api-key", "one").returncode == 0
    assert coach(home, "use", "other").returncode == 0
    assert 'api_key = "one"' in (home / "config.toml").read_text()
    assert coach(home, "use", "m", "--base-url", "http://b/v1").returncode == 0
    assert "one" not in (home / "config.toml").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["use", "qwen2.5-coder-1.5"], 2, "Did you mean qwen2.5-coder-1.5b?"),
        (["use", "openai:m"], 3, "OPENAI_API_KEY"),
        (["use", "nobody:m"], 2, "no known provider"),
        (["use", "m", "--base-url", "localhost"], 2, "http://"),
        (["pull", "nothing"], 2, "There are: qwen2.5-coder-1.5b"),
        (["remove", "nothing"], 2, "no embedded model"),
        (["remove", "qwen2.5-coder-0.5b"], 1, ""),
        (["check"], 3, "coach model pull qwen2.5-coder-1.5b"),
    ],
)
def test_errors(home: Path, arguments: list[str], code: int, said: str) -> None:
    done = coach(home, *arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert not (home / "config.toml").exists()


def test_pull_without_a_network(home: Path) -> None:
    environ = {"HF_ENDPOINT": "http://127.0.0.1:9", "PIP_CONFIG_FILE": os.devnull}
    environ |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": ""}
    code, found = as_json(home, "pull", "qwen2.5-coder-0.5b", **environ)
    assert code == 3
    assert "could not be downloaded" in found["error"]["message"]
    assert "coach model pull qwen2.5-coder-0.5b" in found["error"]["hint"]
