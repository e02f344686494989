"""`coach eval run`: every answer is marked once, nothing finished is lost, the report is the same however it came."""

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coach.app import Coach
from coach.embeddings.hashing import HashingEmbeddings
from coach.errors import ModelBusy, ModelMissing
from coach.settings import Settings
from eval.graders import Graders
from eval.harness import GIVE_UP, Run
from eval.pool import LocalPool
from eval.store import Store
from tests.unit.eval_runs import FACTS, Opened, failing, samples


def lines(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "results.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def untimed(report: Any) -> Any:
    if isinstance(report, dict):
        return {name: untimed(v) for name, v in report.items() if "seconds" not in name}
    return [untimed(value) for value in report] if isinstance(report, list) else report


def test_a_run_marks_question_by_question_and_reports_graders_then_baselines(
    opened: Opened, tmp_path: Path
) -> None:
    pool, _ = opened()
    store = Store(tmp_path)
    run = Run(pool, store, samples())
    report = run.report(["keypoints", "overlap"], ["mean", "plain"])
    store.close()
    assert [row["name"] for row in report["graders"]] == ["keypoints", "overlap"]
    assert [row["name"] for row in report["baselines"]] == ["mean", "plain"]
    assert [row["model"] for row in report["graders"]] == ["scripted", None]
    assert all(row["graded"] == 12 for row in (*report["graders"], *report["baselines"]))
    written = lines(tmp_path)
    assert len(written) == 48
    first = [line["question_id"] for line in written if line["grader"] == "keypoints"]
    assert first == sorted(first)
    line = written[0]
    assert (line["id"], line["human"], line["extra"]) == ("a00", 0.0, {"marker": 0})
    assert line["verdict"]["key_points"][0]["quote"] in line["answer"]
    assert line["reference"] == [FACTS[0]]
    assert list(run.lines()) == written


def test_workers_and_the_order_of_the_file_change_nothing(opened: Opened) -> None:
    names = (["keypoints", "overlap"], ["mean", "length", "embedding", "plain"])
    one = Run(opened()[0], Store(None), samples(30)).report(*names)
    mixed = samples(30)
    random.Random(1).shuffle(mixed)
    assert untimed(Run(opened(workers=4)[0], Store(None), mixed).report(*names)) == untimed(one)


def test_an_answer_that_fails_stays_ungraded_and_is_tried_again_with_resume(
    opened: Opened, tmp_path: Path
) -> None:
    pool, _ = opened(failing(ModelBusy("told to fail"), 3, 4))
    store = Store(tmp_path)
    report = Run(pool, store, samples()).report(["keypoints"])
    store.close()
    assert (report["graders"][0]["graded"], report["graders"][0]["ungraded"]) == (10, 2)
    failed = [line for line in lines(tmp_path) if line["score"] is None]
    assert [line["id"] for line in failed] == ["a03", "a04"]
    assert "told to fail" in failed[0]["ungraded_reason"]

    pool, chat = opened()
    store = Store(tmp_path, resume=True)
    again = Run(pool, store, samples()).report(["keypoints"])
    store.close()
    assert again["graders"][0]["graded"] == 12
    assert len(chat.history) == 2
    assert sorted(line["id"] for line in lines(tmp_path)) == [s.id for s in samples()]


def test_an_interrupted_run_goes_on_where_it_stopped(opened: Opened, tmp_path: Path) -> None:
    def interrupt(done: int, total: int, before: int) -> None:
        if done == 17:
            raise KeyboardInterrupt

    names = (["keypoints"], ["overlap"])
    pool, first = opened()
    store = Store(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        Run(pool, store, samples()).report(*names, on_progress=interrupt)
    store.close()
    with (tmp_path / "results.jsonl").open("ab") as file:
        file.write(b'{"id": "cut off in the mid')

    pool, second = opened()
    store = Store(tmp_path, resume=True)
    told: list[tuple[int, int, int]] = []
    report = Run(pool, store, samples()).report(
        *names, on_progress=lambda *state: told.append(state)
    )
    store.close()
    assert len(second.history) == 0
    assert len(first.history) > 0
    assert told[0] == (18, 24, 17)
    assert told[-1] == (24, 24, 17)
    assert len(lines(tmp_path)) == 24
    assert untimed(report) == untimed(Run(opened()[0], Store(None), samples()).report(*names))


def test_what_changed_in_the_set_is_marked_anew(opened: Opened, tmp_path: Path) -> None:
    for changed, asked in ((samples(), 12), ([replace(samples()[0], answer=FACTS[0])], 1)):
        pool, chat = opened()
        store = Store(tmp_path, resume=asked == 1)
        Run(pool, store, changed).report(["plain"])
        store.close()
        assert len(chat.history) == asked


def test_a_run_without_a_model_to_ask_ends_with_what_is_done_kept(
    opened: Opened, tmp_path: Path
) -> None:
    gone = failing(ModelMissing("it is gone"), *range(1, 12))
    pool, _ = opened(gone)
    store = Store(tmp_path)
    with pytest.raises(ModelMissing, match=r"in a row stayed ungraded: .*it is gone"):
        Run(pool, store, samples()).report(["keypoints"])
    store.close()
    assert [line["score"] is None for line in lines(tmp_path)] == [False, *[True] * GIVE_UP]


def test_failures_of_another_kind_do_not_end_a_run(opened: Opened) -> None:
    pool, _ = opened(failing(ModelBusy("busy"), *range(12)))
    (row,) = Run(pool, Store(None), samples()).report(["keypoints"])["graders"]
    assert (row["graded"], row["ungraded_share"], row["pearson_r"]) == (0, 1.0, None)


def test_a_baseline_without_its_model_is_left_out_and_a_grader_is_not(coach: Coach) -> None:
    coach = Coach(Settings(), coach.paths, embedder=HashingEmbeddings())
    pool = LocalPool(Graders(coach))
    report = Run(pool, Store(None), samples()).report(["overlap"], ["mean", "plain"])
    assert [row["name"] for row in report["baselines"]] == ["mean"]
    assert "coach model pull" in report["left_out"]["plain"]
    with pytest.raises(ModelMissing):
        Run(pool, Store(None), samples()).report(["keypoints"])
