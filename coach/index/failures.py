"""What goes wrong in Chroma, as errors of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from coach.errors import CoachError, IndexMissing
from coach.index.manifest import Damaged, NoRoom

SERVER_HINT = (
    "See that it runs and that this machine reaches it; what was published there stays as it was. "
    'Without a server: coach config set index.chroma_url ""'
)
# What SQLite says where it cannot write.
_NO_ROOM = ("disk is full", "readonly database")


class Absent(IndexMissing):
    """Nothing was ever published here: building it helps."""


class OtherEmbedder(IndexMissing):
    """The index was made with another embedder than the settings name."""


class Outrun(Exception):
    """A writer elsewhere has published meanwhile: the work is done again, on what it wrote."""


@contextmanager
def failures(url: str = "") -> Iterator[None]:
    """Chroma's exceptions as ours: damage, or a server that cannot be used."""
    try:
        yield
    except (CoachError, Outrun):
        raise
    except BaseException as error:
        # A panic of native code is no Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        if url and not is_missing(error):
            raise IndexMissing(f"The Chroma server {url} failed: {reason}.", SERVER_HINT) from error
        if not url and any(known in reason for known in _NO_ROOM):
            raise NoRoom(reason) from error
        raise Damaged(reason) from error


def is_missing(error: BaseException) -> bool:
    """Whether Chroma says that what was asked for is not there."""
    from chromadb.errors import NotFoundError

    return isinstance(error, NotFoundError) or "does not exist" in str(error)
