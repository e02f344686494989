"""The linter on texts that repeat one another, and on references that don't say their key points."""

import json
import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from coach.app import Coach
from coach.card import Bilingual, Card
from coach.cli.cards import app
from coach.cli.references import judge
from coach.deck import card_files, load_card, load_deck
from coach.embeddings.bundled import BundledEmbeddings
from coach.embeddings.hashing import HashingEmbeddings
from coach.errors import ModelMissing
from coach.grade import Grader
from coach.index.shipped import looking_up
from coach.language_model import LanguageModel, Message
from coach.lint import lint
from coach.lint.judgements import Judgements
from coach.lint.references import Examiner, Trial, trials
from coach.models.scripted import Reply, ScriptedChat
from coach.settings import Settings
from tests.unit.test_deck import GOOD, write

SAYS_IT = {"A": 0.94, "B": 0.03, "C": 0.02, "D": 0.01}
SAYS_NOT = {"A": 0.01, "B": 0.02, "C": 0.95, "D": 0.02}
TOLD = GOOD.replace(
    'en = "Apples fall, rivers run, fire burns."',
    'en = "Apples fall down. Rivers run to the sea. Fire burns upwards."',
).replace('zh = "苹果落下，江河奔流，火焰燃烧。"', 'zh = "苹果向下落。江河流入大海。火焰往上烧。"')


def asking(card_id: str, en: str, zh: str) -> str:
    """A card with a question of its own."""
    return (
        GOOD.replace('id = "nature"', f'id = "{card_id}"')
        .replace("What moves where?", en)
        .replace("什么东西往哪里动？", zh)
    )


EMBEDDER = BundledEmbeddings()
LOOKED_UP = looking_up(EMBEDDER.embed_queries, EMBEDDER.name)


@cache
def vector(text: str) -> tuple[float, ...]:
    """The bundled model's, each made once: the model is slow for a test."""
    return tuple(LOOKED_UP([text])[0])


def by_meaning(folder: Path) -> str:
    findings = lint(folder, embed=lambda texts: [vector(text) for text in texts])[1]
    return "\n".join(finding.message for finding in findings)


def test_a_question_asked_again_in_other_words_is_found(tmp_path: Path) -> None:
    write(tmp_path, asking("one", "Explain the idea of the Adam optimiser.", "讲讲 Adam 的思想。"))
    other = asking("two", "What is the idea behind the Adam optimizer?", "Adam 的核心思想是什么？")
    write(tmp_path, other, "two")
    assert "asks what" in by_meaning(tmp_path)


def test_related_questions_are_no_repetition(tmp_path: Path) -> None:
    deck = load_deck()
    for card_id in ("average-pooling", "max-pooling-backward", "adam", "adamw-optimizer-class"):
        question = deck.get(card_id).question
        write(tmp_path, asking(card_id, question.en, question.zh), card_id)
    assert "asks what" not in by_meaning(tmp_path)


def test_a_key_point_said_again_in_other_words_is_found(tmp_path: Path) -> None:
    write(tmp_path)
    assert "mean the same" not in by_meaning(tmp_path)
    write(tmp_path, GOOD.replace("Rivers run to the sea", "The apples fall downwards"))
    assert "'p1' and 'p2' mean the same (en" in by_meaning(tmp_path)


def attentive(messages: list[Message]) -> Reply:
    """Finds a statement where the answer has it word for word."""
    return SAYS_IT if found(messages[-1][1]) else SAYS_NOT


def found(prompt: str) -> bool:
    answer, _, rest = prompt.rpartition("</answer>")
    statement = rest.strip().splitlines()[0].partition("：" if "论点" in rest else ": ")[2]
    return statement in answer


def model(replies: object) -> LanguageModel:
    return LanguageModel(ScriptedChat(replies=replies), name="scripted", remote=False)


def examiner(file: Path, asked: LanguageModel) -> Examiner:
    return Examiner(Grader(lambda: asked), asked, Judgements(file))


def cards(folder: Path) -> list[tuple[Path, Card]]:
    return [(path, load_card(path)) for path in card_files(folder)]


@pytest.fixture
def pair(tmp_path: Path) -> list[Trial]:
    """Two cards of two topics, each to be graded against both references in both languages."""
    write(tmp_path / "deck", TOLD)
    path, card = cards(tmp_path / "deck")[0]
    sea = Bilingual(en="Whales breathe air. They sing.", zh="鲸鱼呼吸空气。它们会唱歌。")
    other = replace(card, id="whales", topic="biology", reference=sea)
    return trials([(path, card)], [card, other])


def test_a_reference_that_says_its_points_is_right_and_another_topics_is_not_found(
    tmp_path: Path, pair: list[Trial]
) -> None:
    tried = examiner(tmp_path / "v.jsonl", model(attentive))
    assert [(trial.lang, trial.own) for trial in pair] == [
        ("en", True), ("en", False), ("zh", True), ("zh", False),
    ]  # fmt: skip
    assert [trial.wrong(tried.judge(trial)) for trial in pair] == [[], [], [], []]


def test_a_reference_without_one_of_its_points_is_found(tmp_path: Path, pair: list[Trial]) -> None:
    short = Bilingual(en="Apples fall down. Fire burns upwards.", zh=pair[0].card.reference.zh)
    card = replace(pair[0].card, reference=short)
    tried = examiner(tmp_path / "v.jsonl", model(attentive))
    wrong = [trial.wrong(tried.judge(replace(trial, card=card, other=card))) for trial in pair[::2]]
    assert [[point.id for point in points] for points in wrong] == [["p2"], []]


def test_a_point_found_in_another_topics_reference_is_told(
    tmp_path: Path, pair: list[Trial]
) -> None:
    card = pair[0].card
    thief = replace(pair[1], other=replace(pair[1].other, reference=card.reference))
    wrong = thief.wrong(examiner(tmp_path / "v.jsonl", model(attentive)).judge(thief))
    assert [point.id for point in wrong] == ["p1", "p2", "p3"]


def test_judgements_are_kept_and_only_what_changed_is_judged_again(
    tmp_path: Path, pair: list[Trial]
) -> None:
    file = tmp_path / "v.jsonl"
    made = [examiner(file, model(attentive)).judge(trial) for trial in pair]
    again = examiner(file, model([]))
    assert [again.known(trial) for trial in pair] == made
    card = pair[0].card
    changed = replace(card, question=Bilingual(en="Which things move?", zh=card.question.zh))
    now = [replace(trial, card=changed) for trial in pair]
    now[0], now[2] = (replace(trial, other=changed) for trial in (now[0], now[2]))
    assert [again.known(trial) is None for trial in now] == [True, True, False, False]
    other_model = LanguageModel(ScriptedChat(), name="another", remote=False)
    assert examiner(file, other_model).known(pair[0]) is None


def test_new_weights_need_no_new_opinions(tmp_path: Path, pair: list[Trial]) -> None:
    file = tmp_path / "v.jsonl"
    made = examiner(file, model(attentive)).judge(pair[0])
    Judgements(file).add(replace(made, key="of other weights"))
    tried = examiner(file, model([]))
    assert tried.known(pair[0]) is None
    assert tried.judge(pair[0]) == made


def test_what_was_judged_before_a_failure_is_kept(tmp_path: Path, pair: list[Trial]) -> None:
    file = tmp_path / "v.jsonl"
    failing = examiner(file, model([SAYS_IT, SAYS_IT, SAYS_IT, *[ConnectionError("gone")] * 9]))
    failing.judge(pair[0])
    with pytest.raises(ModelMissing):
        failing.judge(pair[2])
    with file.open("a") as lines:
        lines.write('{"slot": "cut o')
    kept = Judgements(file)
    kept.settle()
    assert [kept.get(trial.slot) is not None for trial in pair] == [True, False, False, False]
    assert len(file.read_text("utf-8").splitlines()) == 1


def test_the_command_judges_once_and_says_no_below_the_share_wanted(
    tmp_path: Path, coach: Coach
) -> None:
    chat = ScriptedChat(replies=attentive)
    file, verdicts = write(tmp_path / "deck", TOLD), coach.paths.verdicts_file
    with Coach(Settings(), coach.paths, chat=chat, embedder=HashingEmbeddings()) as parts:
        first = judge(parts, cards(file), verdicts, 1, again=False)
        assert (first.anew, first.left, first.share) == (1, 3, 1.0)
        second = judge(parts, cards(file), verdicts, None, again=False)
        assert (second.anew, second.points, second.exceptions) == (3, 12, [])
        asked = len(chat.history)
        assert judge(parts, cards(file), verdicts, None, again=False).anew == 0
        assert len(chat.history) == asked
        assert run(file)[0] == 0
        file.write_text(TOLD.replace("Rivers run to the sea. ", ""), "utf-8")
        assert judge(parts, cards(file), verdicts, None, again=False).anew == 2
    assert len(verdicts.read_text("utf-8").splitlines()) == 4, "what was replaced is gone"
    code, report = run(file)
    assert (code, report["graded"], report["points"], report["right"]) == (1, 0, 12, 11)
    ((row,), share) = report["exceptions"], report["share"]
    assert (row["card"], row["lang"], row["key_point"], row["reference"], share) == (
        *("nature", "en", "p2", "nature"),
        0.9167,
    )


def run(file: Path) -> tuple[int, dict[str, Any]]:
    """The command over what was judged already by a model of that name: it is not asked."""
    settings = Path(os.environ["COACH_HOME"]) / "config.toml"
    settings.write_text('[model]\nname = "scripted"\nbase_url = "http://127.0.0.1:9/v1"\n')
    result = CliRunner().invoke(app, ["lint", str(file), "--model", "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, json.loads(result.stdout)["references"]


def test_an_interrupted_run_shows_what_it_has(tmp_path: Path, coach: Coach) -> None:
    replies: list[object] = [SAYS_IT, SAYS_IT, SAYS_IT]

    def reply(messages: list[Message]) -> Reply:
        if not replies:
            raise KeyboardInterrupt
        return replies.pop()  # type: ignore[return-value]

    file = write(tmp_path / "deck", TOLD)
    chat = ScriptedChat(replies=reply)
    with Coach(Settings(), coach.paths, chat=chat, embedder=HashingEmbeddings()) as parts:
        report = judge(parts, cards(file), coach.paths.verdicts_file, None, again=False)
    assert report.interrupted
    assert report.anew >= 1
    assert report.left == 4 - report.anew
    assert len(coach.paths.verdicts_file.read_text("utf-8").splitlines()) == report.anew
