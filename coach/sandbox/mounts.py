"""What a sandbox sees of the file system: system libraries, the interpreter, NumPy and PyTorch."""

import importlib.util
import os
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.errors import PackageMissing
from coach.exercise import Needs

# Where our own package and its siblings lie, in a checkout or in site-packages.
_HOME = Path(__file__).resolve().parents[2]
_OWN = ("coach", "corpus", "eval", "tui")
_SYSTEM = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib")
_SYSTEM_LINKS = ("/lib", "/lib32", "/lib64")
INSIDE = "/inside"


@dataclass(frozen=True)
class View:
    """The interpreter to start, where its libraries lie, what is `shown`, and what of it is `hidden`."""

    python: str
    site: tuple[Path, ...]
    shown: tuple[Path, ...]
    hidden: tuple[Path, ...]

    def mounts(self) -> list[str]:
        """As mount options of bubblewrap: read-only, with empty folders over what is hidden."""
        return _links() + _binds(self.shown) + _covers(self.hidden)

    def readable(self) -> list[Path]:
        """As a list of files and folders from which everything hidden is left out."""
        devices = [Path("/dev/null"), Path("/dev/urandom")]
        return [*devices, *(part for path in self.shown for part in _without(path, self.hidden))]


def view(needs: Needs, hidden: tuple[Path, ...] = ()) -> View:
    """Everything an exercise needs is shown, and what would give answers away is hidden."""
    python = os.path.realpath(getattr(sys, "_base_executable", "") or sys.executable)
    site = _site_folders(needs)
    shown = _outermost([*_system_folders(python), *_interpreter(Path(python)), *site])
    covers = dict.fromkeys(path.resolve() for path in (*(_HOME / name for name in _OWN), *hidden))
    inside = [cover for cover in covers if any(cover.is_relative_to(path) for path in shown)]
    return View(python, tuple(site), tuple(shown), tuple(c for c in inside if c.is_dir()))


def _without(path: Path, hidden: tuple[Path, ...]) -> Iterator[Path]:
    """The path, or where something in it is hidden its parts without that."""
    if path in hidden:
        return
    if not any(cover.is_relative_to(path) for cover in hidden):
        yield path
        return
    for part in sorted(path.iterdir()):
        yield from _without(part, hidden)


def _site_folders(needs: Needs) -> list[Path]:
    """The folders that hold NumPy and, if needed, PyTorch with what it imports."""
    names = ["numpy"] if needs == "numpy" else ["numpy", "torch", "typing_extensions", "sympy"]
    folders = []
    for name in names:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise PackageMissing(
                f"This exercise needs the Python package {name}, which is not installed.",
                "`make install` installs it; in an environment of your own: pip install "
                f"{'torch==2.13.0' if needs == 'torch' else name}",
            )
        place = Path(spec.origin).resolve()
        folders.append(place.parent.parent if place.name == "__init__.py" else place.parent)
    return list(dict.fromkeys(folders))


def _system_folders(python: str) -> list[Path]:
    places = [*_SYSTEM, "/nix/store"] if python.startswith("/nix/") else list(_SYSTEM)
    places += [link for link in _SYSTEM_LINKS if not Path(link).is_symlink()]
    return [Path(place) for place in places if Path(place).is_dir()]


def _interpreter(python: Path) -> list[Path]:
    """The executable, the folder of its shared libraries and its standard library."""
    folders = [python, Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("platstdlib"))]
    folders += [python.parent.parent / name for name in ("lib", "lib64")]
    return list(dict.fromkeys(folder.resolve() for folder in folders if folder.exists()))


def _outermost(paths: list[Path]) -> list[Path]:
    """Without the paths that lie in another one of them."""
    every = sorted({path.resolve() for path in paths})
    return [path for path in every if not any(parent in every for parent in path.parents)]


def _links() -> list[str]:
    """/lib and its like, where the system has them as links into /usr."""
    links = [Path(link) for link in _SYSTEM_LINKS]
    return [
        part
        for link in links
        if link.is_symlink()
        for part in ("--symlink", str(link.readlink()), str(link))
    ]


def _binds(shown: tuple[Path, ...]) -> list[str]:
    """Binds each path; its parents are made readable, which bubblewrap by itself does not do."""
    options: list[str] = []
    made: set[Path] = set()
    for path in shown:
        for parent in reversed(path.parents):
            if parent not in made and parent != Path("/"):
                options += ["--perms", "0755", "--dir", str(parent)]
                made.add(parent)
        options += ["--ro-bind", str(path), str(path)]
    return options


def _covers(hidden: tuple[Path, ...]) -> list[str]:
    """An empty read-only folder over each of our own folders that would be visible."""
    return [
        option
        for folder in hidden
        for option in ("--perms", "0555", "--tmpfs", str(folder), "--remount-ro", str(folder))
    ]
