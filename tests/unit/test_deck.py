"""Cards are read field by field; what is wrong is named with its file."""

from pathlib import Path

import pytest

from coach.deck import load_card, load_deck
from coach.errors import InputFileError, UsageError
from coach.lint import lint

POINTS = "".join(
    f"""
[[key_points]]
id = "p{n}"
en = "{en}"
zh = "{zh}"
weight = {n}
essential = {"true" if n == 1 else "false"}
[[follow_ups]]
key_point = "p{n}"
en = "What about point {n}?"
zh = "第{n}点呢？"
"""
    for n, en, zh in [
        (1, "Apples fall down", "苹果向下落"),
        (2, "Rivers run to the sea", "江河流入大海"),
        (3, "Fire burns upwards", "火焰往上烧"),
    ]
)
EXEMPLARS = "".join(
    f'\n[[exemplars]]\nlang = "{lang}"\nanswer = "{answer}"\ncovers = {covers}\nscore = {score}\n'
    for lang, answer in [("en", "an answer"), ("zh", "一个回答")]
    for covers, score in [("['p1','p2','p3']", 1.0), ("['p3']", 0.5), ("['p1']", 0.17), ("[]", 0.0)]
)
GOOD = f"""
id = "nature"
topic = "physics"
level = "junior"
kind = "concept"
sources = [{{ document = "a.txt", item = 3 }}]
[question]
en = "What moves where?"
zh = "什么东西往哪里动？"
[reference]
en = "Apples fall, rivers run, fire burns."
zh = "苹果落下，江河奔流，火焰燃烧。"
{POINTS}
[[common_mistakes]]
en = "Fire falls down"
zh = "火往下烧"
[[common_mistakes]]
en = "Rivers climb"
zh = "江河往上流"
{EXEMPLARS}
"""


def write(folder: Path, text: str = GOOD, name: str = "nature") -> Path:
    file = folder / "physics" / f"{name}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def messages(folder: Path) -> str:
    return "\n".join(finding.message for finding in lint(folder)[1])


def test_a_sound_card_is_read_and_has_no_findings(tmp_path: Path) -> None:
    card = load_card(write(tmp_path))
    assert [point.weight for point in card.key_points] == [1, 2, 3]
    assert card.question["zh"] == "什么东西往哪里动？"
    assert card.sources[0].item == 3
    assert lint(tmp_path) == (1, [])


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('zh = "什么东西往哪里动？"', "", "question.zh"),
        ('level = "junior"', 'level = "expert"', "level"),
        ("weight = 2", "weight = 0", "key_points.weight"),
        ('id = "nature"', "", "id"),
        ("score = 0.5", "score = 7", "exemplars.score"),
        ('kind = "concept"', 'kind = "concept"\nkindd = "x"', "kindd"),
        ("item = 3", 'item = "three"', "sources.item"),
        ("covers = ['p3']", 'covers = "p3"', "exemplars.covers"),
    ],
)
def test_a_faulty_field_is_named_with_its_file(
    tmp_path: Path, old: str, new: str, field: str
) -> None:
    assert old in GOOD
    file = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(InputFileError) as caught:
        load_card(file)
    assert str(file) in caught.value.message
    assert field in caught.value.message


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="line 2"):
        load_card(write(tmp_path, 'id = "nature"\ntopic = \n'))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("score = 0.5", "score = 0.9", "its key points make 0.50"),
        ("covers = ['p3']", "covers = ['p9']", "p9"),
        ('key_point = "p2"', 'key_point = "p7"', "p2"),
        ("essential = true", "essential = false", "none is essential"),
        ('zh = "江河流入大海"', 'zh = "all rivers run to the sea"', "not Chinese"),
        ('topic = "physics"', 'topic = "chemistry"', "the folder is named"),
        ('id = "nature"', 'id = "culture"', "the file is named"),
        ('level = "junior"', 'level = "junior"\nsee_also = ["nothing"]', "no card"),
        ('kind = "concept"', 'kind = "code"', "exercise is missing"),
        ('en = "Rivers run to the sea"', 'en = "Apples fall down."', "say the same"),
    ],
)
def test_the_linter_says_what_is_wrong(tmp_path: Path, old: str, new: str, message: str) -> None:
    write(tmp_path, GOOD.replace(old, new))
    assert message in messages(tmp_path)


def test_two_cards_with_one_question_are_found(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, GOOD.replace('id = "nature"', 'id = "again"'), "again")
    assert "occurs also in" in messages(tmp_path)


def test_an_unreadable_card_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path, "not toml at all [")
    write(tmp_path, GOOD.replace("score = 0.5", "score = 0.9"), "second")
    count, findings = lint(tmp_path)
    assert count == 2
    assert len({finding.path for finding in findings}) == 2


def test_unknown_names_bring_the_nearest(tmp_path: Path) -> None:
    write(tmp_path)
    deck = load_deck(tmp_path)
    with pytest.raises(UsageError) as card:
        deck.get("natur")
    with pytest.raises(UsageError) as topic:
        deck.topic("phisics")
    assert "nature" in card.value.hint
    assert "physics" in topic.value.hint


def test_the_order_depends_on_the_seed_alone(tmp_path: Path) -> None:
    for n in range(6):
        write(tmp_path, GOOD.replace('"nature"', f'"n{n}"'), f"n{n}")
    deck = load_deck(tmp_path)
    assert deck.shuffled(3) == deck.shuffled(3)
    assert {card.id for card in deck.shuffled(3)} == {card.id for card in deck}
