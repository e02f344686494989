"""`coach eval run`: every answer is marked once, nothing finished is lost, the report is the same however it came."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.app import Coach
from coach.embeddings.hashing import HashingEmbeddings
from coach.errors import InputFileError, ModelBusy, ModelMissing, UsageError
from coach.language_model import Message
from coach.models.scripted import Reply, ScriptedChat
from coach.paths import Paths
from coach.settings import Settings
from eval.baselines import marks, overlap
from eval.datasets import Sample
from eval.graders import BASELINES, Graders, check_name
from eval.harness import GIVE_UP, Run
from eval.journal import Journal
from eval.pace import duration, paced
from eval.plain import highest, messages
from eval.pool import LocalPool
from eval.store import Store

FACTS = (
    "Dropout removes random units while a network is trained",
    "Momentum keeps a running mean of past gradients",
    "A sigmoid squeezes every number between zero and one",
)
Answering = Callable[[list[Message]], Reply]


def samples(count: int = 12) -> list[Sample]:
    """Every second answer is the reference; the others say nothing about it."""
    return [
        Sample(
            id=f"a{n:02}",
            question_id=f"q{n % 3}",
            lang="en",
            question=f"Explain number {n % 3}.",
            references=(FACTS[n % 3],),
            key_points=(),
            answer=f"{FACTS[n % 3]}. Remark {n}",
            score=float(n % 6),
            max_score=5.0,
            step=1.0,
            extra={"marker": n},
        )
        for n in range(count)
    ]


def sound(asked: list[Message]) -> Reply:
    return {"4": 0.9, "1": 0.1} if "Mark:" in asked[-1][1] else {"A": 1.0}


def failing(error: Exception, *numbers: int) -> Answering:
    """Fails for the answers with these numbers, and replies to the others."""

    def reply(asked: list[Message]) -> Reply:
        told = [n for n in numbers if f"Remark {n}\n" in asked[-1][1] + "\n"]
        return error if told else sound(asked)

    return reply


@pytest.fixture
def opened(paths: Paths) -> Iterator[Callable[[Answering], tuple[LocalPool, ScriptedChat]]]:
    """Makes a pool whose model replies as told."""
    made: list[Coach] = []

    def make(answering: Answering = sound, workers: int = 1) -> tuple[LocalPool, ScriptedChat]:
        chat = ScriptedChat(replies=answering)
        coach = Coach(Settings(), paths, chat=chat, embedder=HashingEmbeddings())
        made.append(coach)
        return LocalPool(Graders(coach), workers), chat

    yield make
    for coach in made:
        coach.close()


Opened = Callable[..., tuple[LocalPool, ScriptedChat]]


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


def test_a_folder_in_use_is_not_written_to_unasked(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with pytest.raises(UsageError, match="earlier run"):
        Store(tmp_path)


def test_results_that_are_none_of_ours_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "results.jsonl").write_text('{"key": "k", "score": null}\n{"id": 1}\n', "utf-8")
    with pytest.raises(InputFileError, match=r"results\.jsonl, line 2: key"):
        Store(tmp_path, resume=True)


json_lines = st.lists(
    st.fixed_dictionaries({"key": st.text(), "n": st.integers()}), min_size=1, max_size=5
)


@given(json_lines, st.integers(0, 400))
def test_a_journal_cut_off_anywhere_keeps_its_whole_lines(
    tmp_path_factory: pytest.TempPathFactory, held: list[dict[str, Any]], length: int
) -> None:
    file = tmp_path_factory.mktemp("journal") / "lines.jsonl"
    journal = Journal(file)
    journal.open(lambda _: True)
    for line in held:
        journal.add(line)
    journal.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:length])
    kept = whole[:length].count(b"\n")
    again = Journal(file)
    again.open(lambda _: True)
    again.add({"key": "next"})
    again.close()
    assert list(again.read()) == [*held[:kept], {"key": "next"}]


def test_the_mean_is_that_of_the_other_questions() -> None:
    held = samples(6)
    for sample, mark in zip(held, marks(held, [0.0] * 6, 0), strict=True):
        others = [s.human for s in held if s.question_id != sample.question_id]
        assert mark == pytest.approx(sum(others) / len(others), abs=1e-6)


def test_with_one_question_marks_come_from_the_other_answers() -> None:
    held = [replace(s, question_id="q", score=float(n)) for n, s in enumerate(samples(6))]
    fitted = marks(held, [float(n) for n in range(6)], 0)
    assert fitted == pytest.approx([n / 5 for n in range(6)], abs=1e-6)
    assert marks(held[:1], [1.0], 0) == [None]


def test_overlap_is_that_of_the_nearest_reference_in_both_languages() -> None:
    sample = replace(samples()[0], references=("nothing shared", "momentum and gradients"))
    assert overlap(replace(sample, answer="the gradients")) == 0.5
    assert overlap(replace(sample, references=("梯度下降",), answer="用梯度")) == pytest.approx(
        1 / 3
    )
    assert overlap(replace(sample, answer="")) == 0.0


@pytest.mark.parametrize(
    ("top", "asked"), [(1.0, 1), (9.0, 9), (10.0, 5), (2.5, 5), (0.5, 5), (100.0, 5)]
)
def test_the_plain_way_asks_for_one_digit(top: float, asked: int) -> None:
    sample = replace(samples()[0], max_score=top, score=0.0)
    assert highest(top) == asked
    assert f"to {asked} (best)" in messages(sample, asked)[0][1]
    assert "{braces}" in messages(replace(sample, answer="{braces}"), asked)[1][1]


def test_the_plain_way_takes_the_likeliest_digit(opened: Opened) -> None:
    (row,) = Run(opened()[0], Store(None), samples()).report(["plain"])["graders"]
    assert row["mean_bias"] == pytest.approx(0.8 - 0.5)


@pytest.mark.parametrize("name", ["nonsense", "", "mean@x", "keypoints@", "@x"])
def test_a_grader_nobody_knows_is_wrong_usage(name: str) -> None:
    with pytest.raises(UsageError, match="--grader is"):
        check_name(name)


def test_every_baseline_can_be_named() -> None:
    for name in (*BASELINES, "keypoints", "keypoints@other", "plain@openai:x"):
        check_name(name)


def test_the_pace_counts_only_what_this_run_did() -> None:
    now = iter([0.0, 10.0, 20.0])
    told: list[str] = []
    tell = paced(lambda *state: told.append(str(state[2])), lambda: next(now))
    tell(105, 200, 100)
    tell(200, 200, 100)
    assert told == ["105/200, 0.5/s, 3 min left", "200/200, 5.0/s, 0 s left"]
    assert (duration(89), duration(3600), duration(7200)) == ("89 s", "60 min", "2.0 h")
