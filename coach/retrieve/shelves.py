"""The shelves of one generation: made at the first query, kept in the generation's folder, gone with it."""

import hashlib
import json
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from coach.index import Asked
from coach.language import LANGS, Lang
from coach.retrieve.shelf import Shelf, shelves

# Counted up when words are cut in another way, or the files or the order of their rows change.
FORMAT = 2
_NAME = "shelves"
_SUMS = "sums.json"


def open_shelves(asked: Asked) -> Mapping[Lang, Shelf]:
    """Reads the kept shelves; makes them from the stored passages where they are absent or damaged."""
    folder = asked.folder / f"{_NAME}-{FORMAT}"
    kept = _load(folder)
    if kept is not None and sum(len(s.ids) for s in kept.values()) == len(
        asked.opened.manifest.ids
    ):
        return kept
    made = shelves(asked.everything())
    _save(folder, made)
    return made


def _load(folder: Path) -> Mapping[Lang, Shelf] | None:
    try:
        if json.loads((folder / _SUMS).read_text(encoding="utf-8")) != _sums(folder):
            return None
        return {lang: Shelf.load(folder / lang) for lang in LANGS}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _save(folder: Path, made: Mapping[Lang, Shelf]) -> None:
    """Writes beside and renames; a folder that cannot be written only costs the next process time."""
    beside = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}")
    try:
        for lang, shelf in made.items():
            shelf.save(beside / lang)
        (beside / _SUMS).write_text(json.dumps(_sums(beside)), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)


def _sums(folder: Path) -> dict[str, str]:
    """Hash of every file: a damaged array would rank wrongly without a word."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != _SUMS
    }
