"""From paths to documents with passages, set against what the index already holds."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coach import __version__
from coach.document import Chunk
from coach.errors import InputFileError, UsageError
from coach.index.build import Change
from coach.index.manifest import Entry, Manifest
from coach.index.report import Progress
from coach.ingest import Found, LeftOut, Problem, chunks, find, load, parse
from coach.ingest.decode import NotText, shown


@dataclass(frozen=True)
class Reading:
    """Documents that were read, and what could not be."""

    documents: tuple[tuple[Entry, tuple[Chunk, ...]], ...]
    problems: tuple[Problem, ...]
    seen: frozenset[str]
    folders: tuple[Path, ...]


@dataclass(frozen=True)
class Difference:
    """What an ingest changes, in documents."""

    change: Change
    added: int
    updated: int
    removed: int
    unchanged: int


def read_all(paths: Sequence[Path], known: Mapping[str, Entry], progress: Progress) -> Reading:
    """Reads every file under the paths; what cannot be read becomes a problem."""
    found, problems = find(paths)
    documents: list[tuple[Entry, tuple[Chunk, ...]]] = []
    left_out: list[tuple[Found, LeftOut]] = []
    for number, item in enumerate(found, start=1):
        progress(number, len(found), f"reading {item.name}")
        before = known.get(str(item.path))
        result = read_one(_named_as_before(item, known), before, problems)
        if isinstance(result, LeftOut):
            left_out.append((item, result))
        elif isinstance(result, Problem):
            problems.append(result)
        else:
            documents.append(result)
    seen = frozenset({str(item.path) for item in found} | {problem.path for problem in problems})
    folders = tuple({item.root for item in found if item.path.parent != item.root or item.name})
    problems += _summed_up(left_out)
    return Reading(tuple(documents), tuple(problems), seen, (*folders, *_folders(paths)))


def _summed_up(left_out: Sequence[tuple[Found, LeftOut]]) -> list[Problem]:
    """One line for all files without text of each folder: notes lie beside hundreds of pictures."""
    by_root: dict[Path, list[tuple[Found, LeftOut]]] = {}
    for item, problem in left_out:
        by_root.setdefault(item.root, []).append((item, problem))
    lines: list[Problem] = []
    for root, found in by_root.items():
        if len(found) == 1:
            lines.append(found[0][1])
            continue
        kinds = Counter(shown(item.path.suffix.lower()) or "no ending" for item, _ in found)
        named = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(6))
        more = ", …" if len(kinds) > 6 else ""
        message = f"{shown(root)}: {len(found)} files hold no text: {named}{more}."
        lines.append(Problem(shown(root), 0, message))
    return lines


def read_one(
    item: Found, before: Entry | None = None, notes: list[Problem] | None = None
) -> tuple[Entry, tuple[Chunk, ...]] | Problem:
    """One file's entry and passages, none where it is as it was `before`; a Problem where it holds no text.

    What is odd about a file that can be read is added to `notes`.
    """
    try:
        data = load(item)
        entry = Entry(item.name, str(item.path), str(item.root), _fingerprint(data), ())
        if before and _place(before) == _place(entry):
            return before, ()
        document = parse(item, data)
    except InputFileError as error:
        if isinstance(error, NotText) and item.beside:
            return LeftOut(shown(item.path), 0, error.message)
        return Problem(shown(item.path), error.line, f"{error.message} {error.hint}".strip())
    passages = tuple(chunks(document))
    if not passages:
        return Problem(shown(item.path), 0, f"{shown(item.path)}: there is no text in it.")
    if document.steering and notes is not None:
        message = (
            f"{shown(item.path)}: from line {document.steering} on it has characters that steer terminals or turn "
            "the direction of text; they are left out, the rest is read."
        )
        notes.append(Problem(shown(item.path), document.steering, message))
    return replace(entry, ids=tuple(chunk.id for chunk in passages)), passages


def _place(entry: Entry) -> tuple[str, str, str]:
    return entry.name, entry.root, entry.sha256


def _fingerprint(data: bytes) -> str:
    """Changes with a file, and with the program, which may read it in another way."""
    return hashlib.sha256(f"{__version__}\0".encode() + data).hexdigest()


def compare(manifest: Manifest, reading: Reading, origin: str = "") -> Difference:
    """Sets what was read against the index: a file gone from a folder that was named goes from it too."""
    known = manifest.of(origin)
    read_now = {entry.path: replace(entry, origin=origin) for entry, _ in reading.documents}
    gone = {path for path in known if path not in read_now and _is_gone(path, reading)}
    added = [entry for path, entry in read_now.items() if path not in known]
    updated = [entry for path, entry in read_now.items() if path in known and known[path] != entry]
    kept = {path: entry for path, entry in known.items() if path not in gone}
    others = [entry for entry in manifest.documents() if entry.origin != origin]
    entries = (*manifest.corpus(), *others, *(kept | read_now).values())
    passages = {chunk.id: chunk for _, found in reading.documents for chunk in found}
    change = difference(manifest, entries, passages, manifest.shipped_digest)
    return Difference(
        change=change,
        added=len(added),
        updated=len(updated),
        removed=len(gone),
        unchanged=len(read_now) - len(added) - len(updated),
    )


def difference(
    manifest: Manifest, entries: tuple[Entry, ...], passages: Mapping[str, Chunk], digest: str
) -> Change:
    """The change from a manifest to new entries; `passages` holds at least every new chunk."""
    wanted = {id_ for entry in entries for id_ in entry.ids}
    new = [id_ for entry in entries for id_ in entry.ids if id_ not in manifest.ids]
    added = tuple(passages[id_] for id_ in dict.fromkeys(new))
    removed = tuple(sorted(manifest.ids - wanted))
    return Change(entries, added, removed, digest)


def _named_as_before(item: Found, known: Mapping[str, Entry]) -> Found:
    """A file of a folder ingested before keeps its name when it is given alone."""
    entry = known.get(str(item.path))
    if entry is None or str(item.root) == entry.root:
        return item
    if item.root.is_relative_to(entry.root):
        return replace(item, root=Path(entry.root), name=entry.name)
    return item


def _folders(paths: Sequence[Path]) -> list[Path]:
    absolute = [Path(path).expanduser().absolute() for path in paths]
    return [path for path in absolute if path.is_dir()]


def _is_gone(path: str, reading: Reading) -> bool:
    """Whether a known file lay in a folder that was read, and is there no more."""
    below = any(Path(path).is_relative_to(folder) for folder in reading.folders)
    # What lies under a folder that could not be read is not known to be gone.
    hidden = any(path == seen or path.startswith(seen + "/") for seen in reading.seen)
    return below and not hidden


def nothing_read(paths: Sequence[Path], reading: Reading) -> InputFileError:
    """The error that says why an ingest found nothing."""
    if reading.problems:
        first = reading.problems[0].message
        more = len(reading.problems) - 1
        return InputFileError(
            f"{first} (and {more} more)" if more else first, "Give text files or folders."
        )
    named = ", ".join(shown(path) for path in paths)
    return InputFileError(
        f"{named}: there is nothing to read.", "Give text files, or a folder that holds some."
    )


def matching(manifest: Manifest, path: Path, origin: str = "") -> list[Entry]:
    """The users' documents at or below a path, or of that name; UsageError where there are none."""
    whole = path.expanduser().absolute()
    mine = manifest.of(origin).values()
    found = [entry for entry in mine if Path(entry.path).is_relative_to(whole)]
    found = found or [entry for entry in mine if entry.name == str(path)]
    found = found or [e for e in manifest.documents() if str(path) in (e.name, place_of(e, origin))]
    if found:
        return found
    if any(entry.name == str(path) for entry in manifest.corpus()):
        raise UsageError(f"{path} belongs to the deck and the notes and stays in the index.")
    raise UsageError(f"{path} is not in the index.", "`coach documents list` shows what is.")


def place_of(entry: Entry, origin: str) -> str:
    """Where a document lies, seen from one machine."""
    return entry.path if entry.origin == origin else f"{entry.origin}:{entry.path}"
