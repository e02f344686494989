"""Deciding on drafts, and the user's own deck beside the shipped one."""

import json
import os
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.app import Coach
from coach.card import Bilingual, Card, KeyPoint, Source
from coach.cli.cards import app
from coach.cli.review import one_by_one
from coach.deck import load_deck
from coach.document import SourceLine
from coach.draft.file import Origin
from coach.interview import Plan, current, start, summarize
from coach.lint import lint

CARD = Card(
    id="",
    topic="regularization",
    level="junior",
    kind="concept",
    question=Bilingual('What does "weight\\noise" do?', "权重噪声有什么用？"),
    reference=Bilingual("It adds noise.\nTo the weights.", "它给权重\n加上噪声。"),
    key_points=(
        KeyPoint("p1", Bilingual("Noise is added to the weights.", "给权重加噪声。")),
        KeyPoint("p2", Bilingual("It is done in training only.", "只在训练时做。")),
    ),
    sources=(Source("n.md", 3),),
)
ORIGIN = Origin(
    pair="0" * 16,
    document="n.md",
    line=3,
    lang="en",
    model="scripted",
    quotes={"p1": "noise is added to the weights"},
    lines=(SourceLine(4, "Noise is added to the weights."),),
)
ID = "weight-noise"

pytestmark = pytest.mark.usefixtures("draft")


@pytest.fixture
def draft(coach: Coach) -> Path:
    """The file of one sound draft."""
    return coach.draft_box.add(CARD, ORIGIN).file


def cards(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_draft_is_read_as_it_was_written(coach: Coach) -> None:
    (found,) = coach.draft_box.drafts()
    assert found.card is not None
    assert found.card.question == CARD.question
    assert found.card.reference == CARD.reference
    assert found.origin == ORIGIN
    assert found.unsupported == ("p2",)
    assert found.findings == ()


def test_the_list_says_what_is_doubtful(coach: Coach) -> None:
    code, out, _ = cards("review", "--json")
    (row,) = json.loads(out)["drafts"]
    assert (code, row["id"], row["unsupported"], row["findings"]) == (0, ID, ["p2"], [])
    assert (row["document"], row["line"]) == ("n.md", 3)
    assert "2 key points, 1 unsupported" in cards("review")[1]


def test_one_draft_is_shown_with_its_source_lines() -> None:
    code, out, _ = cards("review", ID)
    assert code == 0
    assert "n.md:4 | Noise is added to the weights." in out
    assert out.count("[unsupported") == 1
    points = json.loads(cards("review", ID, "--json")[1])["key_points"]
    assert points[0]["lines"] == [{"line": 4, "text": "Noise is added to the weights."}]
    assert [point["supported"] for point in points] == [True, False]


def test_an_accepted_draft_joins_the_deck(coach: Coach, draft: Path) -> None:
    before = len(load_deck())
    code, out, _ = cards("review", "--accept", ID, "--json")
    accepted = json.loads(out)
    assert (code, accepted["blocked"], accepted["accepted"][0]["id"]) == (0, [], ID)
    assert not draft.exists()
    assert "draft" not in (coach.paths.cards_dir / f"{ID}.toml").read_text("utf-8")
    assert len(coach.deck) == before + 1
    listed = json.loads(cards("list", "--json")[1])
    assert listed["own"] == [ID]
    assert "own" in cards("list")[1].split("\n")[1 + [c["id"] for c in listed["cards"]].index(ID)]
    assert "your own" in cards("show", ID)[1]
    assert cards("lint", "--own")[:2] == (0, "1 cards, 0 findings\n")
    assert json.loads(cards("lint", str(coach.paths.cards_dir), "--json")[1])["findings"] == []


def test_a_rejected_draft_is_gone(coach: Coach, draft: Path) -> None:
    assert json.loads(cards("review", "--reject", ID, "--json")[1])["rejected"] == [ID]
    assert not draft.exists()
    assert coach.draft_box.seen() == {ORIGIN.pair}


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("权重噪声有什么用？", "still English", "question.zh is not Chinese"),
        ('zh = "给权重加噪声。"', 'zh = ""', "key_points.zh"),
        (f'id = "{ID}"', 'id = "adam"', "belongs to another card"),
        (f'id = "{ID}"', 'id = "../../evil"', "lower-case letters"),
        ('kind = "concept"', 'kind = "code"', "exercise is missing"),
        ('id = "p2"', 'id = "p1"', "occurs 2 times"),
        ('level = "junior"', "level = ", "line 3"),
        ('lang = "en"', "lang = 3", "was changed"),
    ],
)
def test_what_is_wrong_keeps_a_draft_out(
    coach: Coach, draft: Path, old: str, new: str, finding: str
) -> None:
    text = draft.read_text("utf-8")
    assert old in text
    draft.write_text(text.replace(old, new), "utf-8")
    code, _, said = cards("review", "--accept", ID)
    assert code == 1
    assert finding in said
    assert "--edit" in said
    blocked = json.loads(cards("review", "--accept", ID, "--json")[1])["blocked"]
    assert finding in " ".join(blocked[0]["findings"])
    assert draft.exists()
    assert not coach.paths.cards_dir.exists()
    assert cards("review")[0] == cards("review", ID)[0] == 0


def test_an_unknown_draft_names_the_nearest(draft: Path) -> None:
    code, _, said = cards("review", "--accept", "weight-nose", "--reject", ID)
    assert code == 2
    assert ID in said
    assert draft.exists()
    assert cards("review", "--reject", "../config")[0] == 2


def editor(tmp_path: Path, old: str, new: str) -> str:
    script = tmp_path / "my editor.py"
    script.write_text(
        "import sys, pathlib\nfile = pathlib.Path(sys.argv[1])\n"
        f"file.write_text(file.read_text('utf-8').replace({old!r}, {new!r}), 'utf-8')\n",
        "utf-8",
    )
    return f"'{sys.executable}' '{script}'"


def test_editing_checks_the_draft_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'id = "p2"', 'id = "p1"'))
    code, out, _ = cards("review", "--edit", ID)
    assert code == 1
    assert "To mend: key_points.id 'p1' occurs 2 times" in out


@pytest.mark.parametrize("named", ["", "no-such-editor-here", "false", "'unclosed"])
def test_without_an_editor_the_file_is_named(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", named)
    code, _, said = cards("review", "--edit", ID)
    assert code == 2
    assert f"{ID}.toml" in said


@pytest.fixture
def second(coach: Coach) -> Path:
    return coach.draft_box.add(CARD, ORIGIN).file


def typed(monkeypatch: pytest.MonkeyPatch, *keys: str) -> None:
    left = list(keys)

    def answer(_: str) -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    monkeypatch.setattr("builtins.input", answer)


def test_one_by_one_on_a_terminal(
    coach: Coach, draft: Path, second: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "It adds noise.", "It adds Gaussian noise."))
    typed(monkeypatch, "?", "e", "a", "R")
    assert one_by_one(coach) == 0
    assert not draft.exists()
    assert not second.exists()
    accepted = coach.deck.get(ID)
    assert accepted.reference.en.startswith("It adds Gaussian noise.")


def test_plain_asks_line_by_line_and_the_end_of_the_input_decides_nothing(draft: Path) -> None:
    code, out, _ = cards("review", "--plain")
    assert code == 0
    assert "1/1" in out
    assert "[a]ccept" in out
    assert draft.exists()


@pytest.mark.parametrize("keys", [("s", "q"), ("q",), ()])
def test_skipping_and_leaving_change_nothing(
    coach: Coach, draft: Path, second: Path, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, *keys)
    assert one_by_one(coach) == 0
    assert draft.exists()
    assert second.exists()


def test_a_blocked_draft_is_asked_about_again(
    coach: Coach, draft: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.write_text(draft.read_text("utf-8").replace('id = "p2"', 'id = "p1"'), "utf-8")
    typed(monkeypatch, "a", "s")
    assert one_by_one(coach) == 0
    assert "Not accepted" in capsys.readouterr().err
    assert draft.exists()


def own(coach: Coach, name: str, text: str) -> Path:
    folder = coach.paths.cards_dir
    folder.mkdir(exist_ok=True, parents=True)
    (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder / f"{name}.toml"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("not toml [", "line 1"),
        ("x = " + "[" * 3000, "nested"),
        ("x = " + "9" * 5000, "digit"),
        ('id = "x"\ntopic = "t"\n', "level"),
        ("", "id"),
    ],
)
def test_a_broken_card_of_ones_own_is_left_out_and_named(coach: Coach, text: str, why: str) -> None:
    file = own(coach, "broken", text)
    assert len(coach.deck) == len(load_deck())
    (problem,) = coach.deck.problems
    assert str(file) in problem
    assert why in problem
    code, _, said = cards("list")
    assert (code, "broken.toml" in said) == (0, True)
    assert json.loads(cards("list", "--json")[1])["problems"] == [problem]


def test_a_card_may_not_take_the_id_of_another(coach: Coach, draft: Path) -> None:
    cards("review", "--accept", ID)
    text = (coach.paths.cards_dir / f"{ID}.toml").read_text("utf-8")
    own(coach, "adam", text.replace(ID, "adam"))
    own(coach, "zz-copy", text)
    shipped, mine = coach.deck.problems
    assert "'adam' belongs to a card of the shipped deck" in shipped
    assert f"{ID!r} belongs to another card of yours" in mine
    assert coach.deck.own == {ID}
    code, out, _ = cards("lint", "--own")
    assert code == 1
    assert "adam" in out


def test_own_rules_are_looser_and_the_shipped_ones_stay_strict(coach: Coach) -> None:
    cards("review", "--accept", ID)
    folder = coach.paths.cards_dir
    assert lint(folder, own=True) == (1, [])
    strict = "\n".join(finding.message for finding in lint(folder)[1])
    for missing in ("key_points has 2", "exemplars", "common_mistakes", "follow_ups"):
        assert missing in strict


def test_a_deleted_card_leaves_interviews_readable(coach: Coach) -> None:
    session = start(Plan(questions=2), coach.deck, {}, coach.clock(), "s")
    gone = type(coach.deck)(tuple(c for c in coach.deck if c.id != session.card_ids[0]))
    ask = current(session, gone)
    assert ask is not None
    assert (ask.card.id, ask.number) == (session.card_ids[1], 2)
    assert summarize(session, gone).score is None


def test_control_characters_in_a_card_of_ones_own_do_not_reach_the_terminal(coach: Coach) -> None:
    cards("review", "--accept", ID)
    file = coach.paths.cards_dir / f"{ID}.toml"
    file.write_text(file.read_text("utf-8").replace("What does", "\\u001b[2JWhat does"), "utf-8")
    assert "\x1b" not in cards("list")[1] + cards("show", ID)[1]
    assert os.environ["COACH_HOME"] == str(coach.paths.config_file.parent)
