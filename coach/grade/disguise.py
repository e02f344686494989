"""What text looks like to a reader: without what is invisible, look-alike letters plain."""

import re
import unicodedata

# Letters of other scripts that look like Latin ones, as in Unicode's list of confusables.
_ALIKE = str.maketrans(
    "АВЕЗКМНОРСТУХІЈЅасеорухіјѕԁһӏԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧᴀ🅰",
    "ABE3KMHOPCTYXIJSaceopyxijsdhlqwABEZHIKMNOPTYXAA",
)
_HIDDEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))
# Marks and fillers without a shape that Unicode counts as letters or signs.
_SHAPELESS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def shown(text: str) -> str:
    """Returns the text without what a reader cannot see; line breaks and tabs stay."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDDEN)
    return _SHAPELESS.sub("", "".join(kept))


def looks(text: str) -> str:
    """Returns what the text looks like, in plain letters; not for showing: other alphabets come out wrong."""
    return unicodedata.normalize("NFKC", shown(text)).translate(_ALIKE)
