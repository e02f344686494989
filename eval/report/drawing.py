"""Turns a matplotlib figure into an SVG element for a page: labelled, in the page's colours, the same each time."""

import hashlib
import logging
import os
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

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
    figure_of, style_of = _matplotlib()
    made = BytesIO()
    with style_of(["default", dict(_STYLE)]), warnings.catch_warnings():
        # Letters are measured with a font that may lack them, and drawn by the browser.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure = figure_of(figsize=size, layout="constrained")
        draw(figure.subplots())
        figure.savefig(made, format="svg", transparent=True, metadata=_NOTHING)
    return _for_page(made.getvalue(), label)


@cache
def _matplotlib() -> "tuple[type[Figure], Any]":
    """Figure and the context of a style; its cache of fonts stays out of the user's home."""
    before = os.environ.get("MPLCONFIGDIR")
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    with TemporaryDirectory() as folder:
        os.environ["MPLCONFIGDIR"] = before or folder
        try:
            from matplotlib import style
            from matplotlib.figure import Figure
        finally:
            if before is None:
                os.environ.pop("MPLCONFIGDIR")
    return Figure, style.context


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
