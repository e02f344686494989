"""Turns a matplotlib figure into an SVG element for a page: labelled, in the page's colours, the same each time."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, FAINT, ONE, TWO = "#010203", "#010204", "#010205", "#010206"
_COLOURS = {INK: "var(--ink)", FAINT: "var(--line)", ONE: "var(--one)", TWO: "var(--two)"}
_STYLE: Mapping[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "report",
    "font.size": 9,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.5,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
}
_NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}


def drawn(
    draw: "Callable[[Axes], None]", label: str, size: tuple[float, float] = (4.4, 3.3)
) -> str:
    """The SVG of what `draw` puts on the axes; `size` in inches, `label` its name to a screen reader."""
    with _plain_matplotlib():
        from matplotlib import style
        from matplotlib.figure import Figure

    with style.context(["default", dict(_STYLE)]):
        figure = Figure(figsize=size, layout="constrained")
        draw(figure.subplots())
        made = BytesIO()
        figure.savefig(made, format="svg", transparent=True, metadata=_NOTHING)
    return _for_page(made.getvalue(), label)


@contextmanager
def _plain_matplotlib() -> Iterator[None]:
    """Keeps matplotlib's cache out of the user's home while it is imported, and the user's settings out of it."""
    before = os.environ.get("MPLCONFIGDIR")
    with TemporaryDirectory() as folder:
        os.environ["MPLCONFIGDIR"] = folder
        try:
            yield
        finally:
            os.environ.pop("MPLCONFIGDIR")
            if before is not None:
                os.environ["MPLCONFIGDIR"] = before


def _for_page(svg: bytes, label: str) -> str:
    from lxml import etree

    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("aria-label", label)
    # Names inside one drawing would clash with those of the next on the page.
    prefix = f"p{hashlib.blake2s(label.encode(), digest_size=4).hexdigest()}-"
    for element in root.iter(etree.Element):
        _localise(element, prefix)
    return str(etree.tostring(root, encoding="unicode"))


def _localise(element: Any, prefix: str) -> None:
    for name, value in element.attrib.items():
        if name == "id":
            element.set(name, prefix + value)
        elif name.endswith("href"):
            element.set(name, value.replace("#", f"#{prefix}", 1))
        elif name in ("style", "clip-path", "fill", "stroke"):
            for colour, variable in _COLOURS.items():
                value = value.replace(colour, variable)
            element.set(name, value.replace("url(#", f"url(#{prefix}"))
