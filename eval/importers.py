"""Reads marked answers in the usual public formats: CSV and TSV, the SAF corpus's XML, inspect-style JSONL."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach.errors import InputFileError, UsageError
from eval.aliases import ALIASES, ours
from eval.datasets import FIELDS, sample_of
from eval.rows import Ids, Row, digest_of, read_lines

Found = tuple[int, dict[str, Any]]
_SUFFIXES = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".xml": "saf", ".jsonl": "inspect"}
_LONGEST = 1 << 30


@dataclass(frozen=True)
class Mapped:
    """How columns become fields: `columns` by field, and values for what the file does not say."""

    columns: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Iterable[str], given: Mapping[str, Any]) -> "Mapped":
        """From options `field=name`; UsageError where one is none."""
        pairs = [text.partition("=") for text in columns]
        for name, sign, column in pairs:
            if name not in ALIASES or not sign or not column:
                raise UsageError(
                    f"--column is {name + sign + column!r}.",
                    f"It is FIELD=COLUMN with one of the fields {', '.join(ALIASES)}.",
                )
        known = {name: value for name, value in given.items() if value not in (None, [])}
        return cls({name: column for name, _, column in pairs}, known)


def format_of(path: Path, name: str | None) -> str:
    """The format asked for, else the one the file's suffix says; UsageError where neither is known."""
    known = sorted(set(_SUFFIXES.values()))
    found = name or _SUFFIXES.get(path.suffix.lower())
    if found is None or found not in known:
        what = f"--format is {name!r}." if name else f"{path} has no suffix that says its format."
        raise UsageError(what, f"--format can be {', '.join(known)}.")
    return found


def read_marked(path: Path, form: str, how: Mapped) -> Iterator[dict[str, Any]]:
    """Yields rows of an eval set, each checked; InputFileError names the line and field that is wrong."""
    seen, questions = Ids(), dict[bytes, str]()
    for number, (line, found) in enumerate(_READERS[form](path, how), 1):
        values = ours(found, number, how.columns, how.given)
        if "question_id" not in values:
            digest = digest_of(str(values.get("question")))
            values["question_id"] = questions.setdefault(digest, f"q{len(questions) + 1}")
        row = Row(path, line, values, FIELDS)
        seen.add(sample_of(row).id, row)
        yield values


def _table(delimiter: str) -> Callable[[Path, Mapped], Iterator[Found]]:
    def read(path: Path, how: Mapped) -> Iterator[Found]:
        csv.field_size_limit(_LONGEST)
        lines = csv.reader((line for _, line in read_lines(path)), delimiter=delimiter, strict=True)
        try:
            head = next(lines, [])
            _check_head(path, head, how)
            for cells in lines:
                if len(cells) > len(head):
                    raise InputFileError(
                        f"{path}, line {lines.line_num}: {len(cells)} fields, the first line names {len(head)}.",
                        "A field with the delimiter in it must be quoted.",
                    )
                if any(cells):
                    yield lines.line_num, dict(zip(head, cells, strict=False))
        except csv.Error as error:
            raise InputFileError(
                f"{path}, line {lines.line_num}: {error}.",
                "Quotes must be closed and doubled inside.",
            ) from error

    return read


def _check_head(path: Path, head: list[str], how: Mapped) -> None:
    if not head:
        raise InputFileError(f"{path}: empty.", "The first line names the columns.")
    lacking = [name for name in how.columns.values() if name not in head]
    twice = [name for name in head if head.count(name) > 1]
    if lacking or twice:
        what = f"there is no column {lacking[0]!r}" if lacking else f"{twice[0]!r} occurs twice"
        raise InputFileError(f"{path}, line 1: {what}.", f"Its columns: {', '.join(head)}.", 1)


def _inspect(path: Path, _: Mapped) -> Iterator[Found]:
    """`input` and `target` are question and reference; `metadata` holds the answer, its mark and the rest."""
    for number, line in read_lines(path):
        if not line.strip():
            continue
        row = dict(Row.parse(path, number, line, FIELDS).row)
        metadata = row.pop("metadata", None) or {}
        if not isinstance(metadata, Mapping):
            raise InputFileError(f"{path}, line {number}: metadata is no object.", "", number)
        row["input"] = _said(row.get("input"))
        yield number, {**metadata, **row}


def _said(given: Any) -> Any:
    """The text of an input; of a conversation what its last user says."""
    if not isinstance(given, list):
        return given
    said = [m.get("content") for m in given if isinstance(m, Mapping) and m.get("role") == "user"]
    return said[-1] if said else None


def _saf(path: Path, how: Mapped) -> Iterator[Found]:
    """Elements `question` with `questionText`, `referenceAnswers` and `studentAnswers`, as in the SAF corpus."""
    from lxml import etree

    # No entities, no network: a document cannot make the parser read anything but itself.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.parse(str(path), parser).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise InputFileError(f"{path}: {error}.", "It must be XML as in the SAF corpus.") from error
    groups = list(root.iter("studentAnswers"))
    if not groups:
        raise InputFileError(f"{path}: no studentAnswers.", "It must be XML as in the SAF corpus.")
    for number, group in enumerate(groups, 1):
        question = group.getparent() if group.getparent() is not None else root
        name = question.get("id") or (path.stem if len(groups) == 1 else f"{path.stem}-{number}")
        yield from _of_question(question, group, name, how)


def _of_question(question: Any, group: Any, name: str, how: Mapped) -> Iterator[Found]:
    references = [_text(element) for element in question.iterfind("referenceAnswers/*")]
    shared = {
        "question_id": name,
        "question": _text(question.find("questionText")),
        "reference": [text for text in references if text],
        # Marks of the corpus are shares of what could be had.
        "max_score": how.given.get("max_score", 1.0),
    }
    for number, answer in enumerate(group.iterchildren("*"), 1):
        told = {child.tag: _text(child) for child in answer.iterchildren("*")}
        own = answer.get("id") or f"{name}.{number}"
        yield answer.sourceline, {**told, **shared, "id": own}


def _text(element: Any) -> str:
    return "" if element is None else "".join(element.itertext()).strip()


_READERS: Mapping[str, Callable[[Path, Mapped], Iterator[Found]]] = {
    "csv": _table(","),
    "tsv": _table("\t"),
    "saf": _saf,
    "inspect": _inspect,
}
