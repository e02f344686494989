"""An eval set marked by two worker processes of a Dask cluster, one of them killed in the middle."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.errors import MissingError
from eval.cluster import ClusterPool
from eval.datasets import Sample
from eval.graders import Graders
from eval.harness import Run
from eval.pool import LocalPool, Pool
from eval.store import Store
from tests.contract.dask_cluster import Cluster, dask_cluster
from tests.fake_openai import FakeOpenAI, reply

pytestmark = pytest.mark.slow
WORDS = ("gradient", "weight", "layer", "loss", "noise", "drift", "batch", "rate")


def samples(count: int, repeat: int = 1) -> list[Sample]:
    """Answers to questions in turn, the more of the reference in them the better the mark."""
    return [
        Sample(
            id=f"a{n}",
            question_id=f"q{n % 20}",
            lang="en",
            question="What happens in training?",
            references=(" ".join(WORDS),),
            key_points=(),
            answer=" ".join(WORDS[: n % 9]) + f" word{n}" * repeat,
            score=min(8.0, n % 9 + n % 2),
            max_score=8.0,
            step=1.0,
        )
        for n in range(count)
    ]


@pytest.fixture
def cluster(tmp_path: Path, home: Path) -> Iterator[Cluster]:
    with dask_cluster(tmp_path / "dask") as running:
        yield running


def untimed(report: Any) -> Any:
    """A report without what a clock measured."""
    if isinstance(report, dict):
        return {name: untimed(v) for name, v in report.items() if "seconds" not in name}
    return [untimed(value) for value in report] if isinstance(report, list) else report


def report(pool: Pool, store: Store, held: list[Sample], **progress: Any) -> Any:
    return untimed(Run(pool, store, held).report(["overlap"], ["mean", "length"], **progress))


def test_a_killed_worker_costs_nothing_and_changes_nothing(
    cluster: Cluster, tmp_path: Path, coach: Any
) -> None:
    held = samples(1200, repeat=400)
    done_at_kill: list[int] = []

    def kill(done: int, total: int, before: int) -> None:
        if done >= 50 and not done_at_kill:
            cluster.workers[0].send_signal(signal.SIGKILL)
            done_at_kill.append(done)

    store, pool = Store(tmp_path / "out"), ClusterPool(cluster.url)
    try:
        found = report(pool, store, held, on_progress=kill)
    finally:
        store.close()
        pool.close()
    assert cluster.workers[0].wait(10) == -signal.SIGKILL
    assert cluster.workers[1].poll() is None
    assert done_at_kill[0] < len(held)
    assert found == report(LocalPool(Graders(coach)), Store(None), held[::-1])
    lines = (tmp_path / "out" / "results.jsonl").read_text("utf-8").splitlines()
    keys = [json.loads(line)["key"] for line in lines]
    assert len(keys) == len(set(keys)) == 3 * len(held)


def test_workers_use_the_model_of_their_own_settings(tmp_path: Path, home: Path) -> None:
    with FakeOpenAI(reply("4", logprobs={"4": 1.0})) as server:
        home.mkdir()
        text = f'[model]\nname = "fake"\nbase_url = "{server.base_url}"\n'
        (home / "config.toml").write_text(text, "utf-8")
        with dask_cluster(tmp_path / "dask") as running:
            pool = ClusterPool(running.url)
            found = Run(pool, Store(None), samples(20)).report(["plain"])
            pool.close()
    (row,) = found["graders"]
    assert (row["model"], row["graded"]) == ("fake", 20)
    assert row["mean_bias"] == pytest.approx(0.5 - sum(s.human for s in samples(20)) / 20)


def test_a_worker_without_the_model_is_named(cluster: Cluster) -> None:
    pool = ClusterPool(cluster.url)
    with pytest.raises(MissingError, match=r"Worker tcp://.* is not installed"):
        Run(pool, Store(None), samples(3)).report(["keypoints"])
    pool.close()


def test_a_scheduler_without_workers_and_none_at_all_are_told_apart(
    tmp_path: Path,
) -> None:
    with dask_cluster(tmp_path / "dask", workers=0) as running:
        url = running.url
        with pytest.raises(MissingError, match="has no workers"):
            ClusterPool(url, connect_s=5)
    with pytest.raises(MissingError, match=f"No Dask scheduler can be reached at {url}"):
        ClusterPool(url, connect_s=5)


def test_without_the_package_it_is_said_how_to_get_it(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "set.jsonl"
    row = {"id": "a", "question_id": "q", "lang": "en", "question": "Why?", "reference": "So."}
    file.write_text(json.dumps({**row, "answer": "x", "score": 1, "max_score": 1}), "utf-8")
    code = (
        "import sys; sys.modules['distributed'] = None\n"
        "from coach.__main__ import main\n"
        f"sys.argv = ['coach', 'eval', 'run', {str(file)!r}, '--cluster', 'tcp://127.0.0.1:1']\n"
        "main()"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 3
    assert "interview-coach[cluster]" in run.stderr


def test_a_scheduler_that_ends_in_the_middle_ends_the_run_with_its_results_kept(
    cluster: Cluster, tmp_path: Path
) -> None:
    held = samples(1200, repeat=400)
    store, pool = Store(tmp_path / "out"), ClusterPool(cluster.url)

    def end(done: int, total: int, before: int) -> None:
        if done == 50:
            cluster.scheduler.kill()

    with pytest.raises(MissingError, match="gave up"):
        Run(pool, store, held).report(["overlap"], on_progress=end)
    store.close()
    pool.close()
    lines = (tmp_path / "out" / "signals.jsonl").read_text("utf-8").splitlines()
    assert 50 <= len(lines) < len(held)
