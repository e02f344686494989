"""What the templates of a report are filled with: plain values and words, from the report and the marks."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.naming import METRICS, between, decimals, value_of
from eval.report.collect import Marks
from eval.report.drift import drift_of
from eval.report.misses import misses
from eval.report.plots import overview, plots
from eval.report.safe import on_one_line
from eval.report.tables import CEILING, QUESTIONS, by_language, by_question, main_table, pasteable


def view_of(
    report: Mapping[str, Any],
    made: datetime,
    graders: Mapping[str, Marks],
    texts: Mapping[str, str],
) -> dict[str, Any]:
    """Everything the templates name, given the report, its time, each grader's marks and each question's text."""
    rows = [*report["graders"], *report["baselines"]]
    questions = by_question(report, texts)
    return {
        "set": on_one_line(Path(str(report["set"])).name, 120),
        "facts": _facts(report, made, texts),
        "sentences": _sentences(report),
        "overview": overview(rows, report.get("human") or {}),
        "table": main_table(report),
        "tsv": pasteable(report),
        "sections": [
            _section(row, kind, graders.get(row["name"], Marks()))
            for kind in ("graders", "baselines")
            for row in report[kind]
        ],
        "languages": by_language(report),
        "names": [on_one_line(row["name"], 60) for row in rows],
        "questions": questions[:QUESTIONS],
        "questions_left": max(0, len(questions) - QUESTIONS),
        "drift": drift_of(report.get("drift") or {}),
        "glossary": METRICS,
    }


def _section(row: Mapping[str, Any], kind: str, marks: Marks) -> dict[str, Any]:
    name = on_one_line(row["name"], 60)
    return {
        "name": name,
        "model": on_one_line(row.get("model") or "", 80),
        "note": on_one_line(row.get("note") or "", 300),
        "kind": kind,
        "plots": plots(name, marks.graded),
        "misses": misses(marks) if kind == "graders" else [],
        "reasons": [(on_one_line(reason, 200), count) for reason, count in marks.reasons[:10]],
    }


def _facts(
    report: Mapping[str, Any], made: datetime, texts: Mapping[str, str]
) -> list[tuple[str, str]]:
    """What was run, as names and values."""
    models = dict.fromkeys(row.get("model") or "" for row in report["graders"])
    facts = [
        ("Set", on_one_line(Path(str(report["set"])).name, 120)),
        ("Answers", f"{report['n']} to {len(texts)} question{'s'[: len(texts) != 1]}"),
        ("Graders", ", ".join(on_one_line(row["name"], 60) for row in report["graders"])),
        ("Models", ", ".join(on_one_line(model, 80) for model in models if model)),
        ("Made", f"{made.astimezone(UTC):%Y-%m-%d %H:%M} UTC"),
        ("Seed", on_one_line(report.get("seed") if report.get("seed") is not None else "", 40)),
    ]
    left_out = report.get("left_out") or {}
    facts += [("Left out", on_one_line(f"{name}: {why}", 200)) for name, why in left_out.items()]
    return [(name, value) for name, value in facts if value]


def _sentences(report: Mapping[str, Any]) -> list[str]:
    """What the main table says, in words."""
    said = [_said(row) for row in report["graders"] if value_of(row, "pearson_r") is not None]
    known = [(r, row) for row in report["baselines"] if (r := value_of(row, "pearson_r"))]
    if known:
        r, row = max(known, key=lambda item: item[0])
        name = on_one_line(row["name"], 60)
        said.append(
            f"The baseline that comes nearest to the human marks is {name}, r = {decimals(r, 2)}."
        )
    if report.get("human") and (r := value_of(report["human"], "pearson_r")) is not None:
        said.append(f"The {CEILING} of this set agree with each other at r = {decimals(r, 2)}.")
    lengths = [value_of(row, "human_length_r") for row in report["graders"][:1]]
    if lengths and lengths[0] is not None:
        said.append(
            f"The human marks themselves correlate with the answers' length at r = {decimals(lengths[0], 2)}."
        )
    return said


def _said(row: Mapping[str, Any]) -> str:
    interval = between((row.get("ci95") or {}).get("pearson_r"))
    return (
        f"{on_one_line(row['name'], 60)} agrees with the human marks at r = {decimals(value_of(row, 'pearson_r'), 2)}"
        f"{f' (95%: {interval})' if interval else ''}, "
        f"is {decimals(value_of(row, 'mean_absolute_error'), 2)} off on average and {_leaning(row)}."
    )


def _leaning(row: Mapping[str, Any]) -> str:
    bias = round(value_of(row, "mean_bias") or 0.0, 2)
    if not bias:
        return "neither too generous nor too strict"
    return f"{decimals(abs(bias), 2)} too {'generous' if bias > 0 else 'strict'}"
