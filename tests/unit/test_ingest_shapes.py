"""Documents of many shapes: questions stay with their answers, furniture goes, lines are kept."""

from pathlib import Path

import pytest

from coach.document import Chunk, SourceDocument
from coach.ingest import chunks
from coach.ingest.passages import MAX_UNITS, units


def passages(text: str, name: str = "doc") -> list[Chunk]:
    return chunks(SourceDocument(Path(name), name, text))


def headings(text: str) -> list[tuple[int, str]]:
    return [(chunk.locator.start_line, chunk.locator.heading) for chunk in passages(text)]


EXPORT = (
    "•\tQ1 Why share weights?\nFewer parameters to learn.\n•\t\nOne filter, one feature.\n\n"
    "•\tHow is a sigmoid written?\n\n# the logistic function\ndef sigmoid(x):\n    return 1 / (1 + x ** 2)\n\n\n"
    "•\tWhat is open?\n"
)


def test_a_word_processors_bullets_are_questions_and_code_stays_whole() -> None:
    found = passages(EXPORT)
    assert [c.locator.heading for c in found] == [
        "Why share weights?",
        "How is a sigmoid written?",
        "What is open?",
    ]
    assert [(c.locator.start_line, c.locator.end_line) for c in found] == [
        (1, 4),
        (6, 10),
        (13, 13),
    ]
    assert "# the logistic function\ndef sigmoid(x):\n    return 1 / (1 + x ** 2)" in found[1].text
    assert "•" not in "".join(chunk.text for chunk in found)


def test_nested_lists_with_images() -> None:
    text = (
        "- 什么是池化？\n  - 缩小特征图。\n  <p align='center'>\n    <img src='a.png'>\n  </p>\n"
        "    - 降低**计算量**。\n\n- 推导交叉熵\n\n- 如何选学习率？\n  - 对数刻度 ![图](b.png)\n"
    )
    found = passages(text)
    assert [(c.locator.start_line, c.locator.end_line) for c in found] == [(1, 6), (8, 8), (10, 11)]
    assert found[0].text.split("\n")[0] == "什么是池化？"
    assert "计算量" in found[0].text
    assert found[1].text == "推导交叉熵"
    joined = "".join(chunk.text for chunk in found)
    assert not any(mark in joined for mark in ("<", "img", "png", "**"))
    assert {chunk.lang for chunk in found} == {"zh"}


JEKYLL = """---
layout: post
title: "Q"
---
<script type="text/x-mathjax-config">
MathJax.Hub.Config({ tex2jax: {} });
</script>
*
{:toc}

<style>
td { color: red }
</style>

## 1. Nets
<p align="justify">
<b>1. Why a bias?</b><br>
Solution: a < b shifts it.<br>
It costs $w^{2}$.<br><br>

<b>2. Compare a and b.</b><br>
2.比较。
Answer: &lt;none&gt;<br>
</p>
"""


def test_html_in_markdown() -> None:
    found = passages(JEKYLL)
    assert [(c.locator.start_line, c.locator.end_line) for c in found] == [(17, 19), (21, 23)]
    assert found[0].text == "Why a bias?\nSolution: a < b shifts it.\nIt costs $w^{2}$."
    assert found[1].text == "Compare a and b.\n2.比较。\nAnswer: <none>"


def test_headings_with_a_table_of_contents() -> None:
    text = (
        "# Notes\n- [Notes](#notes)\n  - [Why relu](#why)\n  - [Adam](#adam)\n\n## Topics\n\n"
        "### Why relu\nCheap [and](http://x.y) *sparse*.\n- big\n- small\n\n### Adam\nMoments.\n"
    )
    found = passages(text)
    assert [(c.locator.start_line, c.locator.heading, c.kind) for c in found] == [
        (8, "Why relu", "qa"),
        (13, "Adam", "section"),
    ]
    assert found[0].text == "Why relu\nCheap and *sparse*.\n- big\n- small"


def test_numbered_paragraphs_keep_their_sub_items() -> None:
    text = (
        "###1.池化的作用？\n（1） 不变性\n（2） 降维\n\n2.反向传播\n计算梯度。\n1. 前向\n2. 反向\n\n"
        "3.DBN的训练\n逐层。\n\n4.激活\n1）便宜\n2）稀疏\n5.有哪些技巧\n6.为什么？\n"
    )
    assert headings(text) == [
        (1, "池化的作用？"),
        (5, "反向传播"),
        (10, "DBN的训练"),
        (13, "激活"),
        (16, "有哪些技巧"),
        (17, "为什么？"),
    ]
    assert "1. 前向\n2. 反向" in passages(text)[1].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q: What is a?\nA: one\n\nQ: What is b?\nA: two\n", [(1, "What is a?"), (4, "What is b?")]),
        ("Q1. Alpha\nOne.\nQ2. Beta\nTwo.\n", [(1, "Alpha"), (3, "Beta")]),
        ("问：什么是卷积？\n答：滑动。\n问：什么是池化？\n答：缩小。\n", [(1, "什么是卷积？"), (3, "什么是池化？")]),
        ("1、什么是卷积？\n滑动。\n2、什么是池化？\n缩小。\n", [(1, "什么是卷积？"), (3, "什么是池化？")]),
        ("1. **What is a?**\n   One.\n2. **What is b?**\n   Two.\n", [(1, "What is a?"), (3, "What is b?")]),
        ("**1. What is a?** One.\n\n**2. What is b?** Two.\n", [(1, "What is a?"), (3, "What is b?")]),
        ("**What is a?**\n\nOne.\n\n**What is b?**\n\nTwo.\n", [(1, "What is a?"), (5, "What is b?")]),
        ("第1题 什么是卷积？\n滑动。\n第2题 什么是池化？\n缩小。\n", [(1, "什么是卷积？"), (3, "什么是池化？")]),
        ("Why a?\n======\nOne.\n\nWhy b?\n------\nTwo.\n", [(1, "Why a?"), (5, "Why b?")]),
        ("## What is a?\n### Detail\nOne.\n## What is b?\nTwo.\n", [(1, "What is a?"), (4, "What is b?")]),
        ("* What is a?\n    * one\n* What is b?\n    * two\n", [(1, "What is a?"), (3, "What is b?")]),
        ("(1) What is a?\nOne.\n(2) What is b?\nTwo.\n", [(1, "What is a?"), (3, "What is b?")]),
    ],
)  # fmt: skip
def test_relatives_of_the_known_styles(text: str, expected: list[tuple[int, str]]) -> None:
    assert headings(text) == expected


def test_a_question_and_answer_on_one_line_are_told_apart() -> None:
    found = passages("Q: What is a? A: one.\nQ: What is b? A: two.\n")
    assert [chunk.text for chunk in found] == ["What is a?\nA: one.", "What is b?\nA: two."]


def test_sub_headings_belong_to_their_question() -> None:
    found = passages(
        "## What is a?\nIntro.\n### Detail\nMore.\n\n## Other\nText.\n### Part\nEnd.\n"
    )
    assert [chunk.text for chunk in found] == [
        "What is a?\nIntro.\nDetail\nMore.",
        "Other\nText.",
        "Part\nEnd.",
    ]


LONG = "A gate scales what it lets through. " * 40


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"# What is a gate?\n\n## Memory\n{LONG}\n## Output\n{LONG}\n", ["Memory", "Output"]),
        (
            f"# What is a gate?\nA factor.\n## Memory\n{LONG}\n## Why two?\nNo.\n### Proof\nYes.\n",
            ["What is a gate?", "Memory", "Why two?"],
        ),
        (
            "# Gates\n## Memory\nOne.\n## Output\nTwo.\n## When gates help\n### Speech\nA.\n### Text\nB.\n",
            ["Memory", "Output", "Speech", "Text"],
        ),
        (
            "# 门控\n## 记忆\n一。\n## 输出\n二。\n## 门用在哪些地方\n三。\n### 语音\n甲。\n",
            ["记忆", "输出", "门用在哪些地方", "语音"],
        ),
        ("# What is a gate?\n## Short\nA factor.\n## Long\nA learned one.\n", ["What is a gate?"]),
        ("# Gates\n## Memory\nOne.\n## Output\nTwo.\n## Why two gates?\n", ["Memory", "Output", "Why two gates?"]),
    ],
    ids=["title", "title with text", "topic", "topic in Chinese", "short page", "unanswered"],
)  # fmt: skip
def test_sections_below_a_heading_that_only_reads_like_a_question_stay_sections(
    text: str, expected: list[str]
) -> None:
    assert list(dict.fromkeys(heading for _, heading in headings(text))) == expected


def test_steps_of_a_recipe_are_no_questions() -> None:
    found = passages("# Setup\n1. Install it.\n2. Run it.\n3. Stop it.\n")
    assert [chunk.text for chunk in found] == ["Setup\n1. Install it.\n2. Run it.\n3. Stop it."]


def test_numbering_that_restarts_in_each_part() -> None:
    first = "一、CNN\n1. 什么是卷积？\n滑动。\n2. 什么是池化？\n缩小。\n\n"
    text = first + "二、RNN\n1. 什么是门？\n开关。\n2. 为什么遗忘？\n省。\n"
    assert [line for line, _ in headings(text)][-4:] == [2, 4, 8, 10]


def test_a_long_answer_repeats_its_question_in_every_part() -> None:
    answer = "\n\n".join(f"Paragraph {n} " + "tells something about nets. " * 12 for n in range(12))
    found = passages(f"## What is long?\n{answer}\n\n## What is short?\nThis.\n")
    parts = [chunk for chunk in found if chunk.locator.heading == "What is long?"]
    assert len(parts) > 2
    assert all(chunk.text.startswith("What is long?\n") for chunk in parts)
    assert all(chunk.locator.start_line == 1 for chunk in parts)
    assert [chunk.locator.end_line for chunk in parts] == sorted(
        {c.locator.end_line for c in parts}
    )
    assert all(units(chunk.text) <= MAX_UNITS for chunk in found)
    words = sum(chunk.text.count("Paragraph") for chunk in parts)
    assert words == 12


def test_a_long_chinese_answer_is_cut_at_sentences() -> None:
    found = passages(
        "## 什么是长？\n" + "".join(f"这是第{n}个关于网络的句子。" for n in range(200))
    )
    assert len(found) > 2
    assert all(chunk.text.endswith("。") for chunk in found)
    assert all(units(chunk.text) <= MAX_UNITS for chunk in found)


def test_a_web_page() -> None:
    text = (
        "<!DOCTYPE html>\n<html><head><title>x</title><style>p{}</style></head>\n<body><nav>menu</nav>\n"
        "<h2>What is a?</h2>\n<p>One <b>bold</b>\nword.</p><ul><li>first</li><li>second</li></ul>\n"
        "<h2>Why b?</h2><pre>x = 1\n# no heading\n</pre><footer>imprint</footer></body></html>\n"
    )
    found = passages(text, "page.html")
    assert [(c.locator.start_line, c.locator.heading) for c in found] == [
        (4, "What is a?"),
        (7, "Why b?"),
    ]
    assert "- first\n" in found[0].text
    assert "# no heading" in found[1].text
    joined = "".join(chunk.text for chunk in found)
    assert not any(word in joined for word in ("menu", "imprint", "<", "p{}"))


def test_fenced_code_is_left_alone() -> None:
    text = "## What is it?\n```python\n# comment\nx = a**2 * b**2  # <b>\n- 1. Why?\n```\nDone.\n\n## Why?\nSo.\n"
    found = passages(text)
    assert [c.locator.heading for c in found] == ["What is it?", "Why?"]
    assert "# comment\nx = a**2 * b**2  # <b>\n- 1. Why?" in found[0].text


def test_tags_that_are_none_stay() -> None:
    found = passages(
        "## Types\nA List<int> and a <script> tag, `<p>` too, if a<b and b>c.\n\n## More\nText.\n"
    )
    assert found[0].text == "Types\nA List<int> and a <script> tag, `<p>` too, if a<b and b>c."


def test_plain_prose_is_one_passage_without_a_question() -> None:
    found = passages("Just some prose.\nIn two lines.\n")
    assert [(c.kind, c.text, c.locator.heading) for c in found] == [
        ("section", "Just some prose.\nIn two lines.", "Just some prose.")
    ]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "---\ntitle: x\n---\n", "<!-- nothing -->", "![a](b.png)\n"]
)
def test_nothing_to_read_gives_no_passages(text: str) -> None:
    assert passages(text) == []


def test_deeply_nested_tags_do_not_overflow() -> None:
    found = passages("<html><body>" + "<div>" * 3000 + "Text here" + "</div>" * 3000)
    assert [chunk.text for chunk in found] == ["Text here"]


def test_ids_depend_on_document_place_and_text() -> None:
    first, again = passages("## A?\nx\n", "one"), passages("## A?\nx\n", "one")
    assert first == again
    assert first[0].id != passages("## A?\nx\n", "two")[0].id
    assert first[0].id != passages("\n## A?\nx\n", "one")[0].id
