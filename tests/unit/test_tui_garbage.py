"""What the garbage collector is spared, and what it still finds."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from tui.garbage import spare_kept


class Node:
    """Something that can hold itself."""

    itself: "Node"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_garbage_goes_and_what_is_kept_is_not_looked_at_again() -> None:
    lost, kept = Node(), Node()
    lost.itself, kept.itself = lost, kept
    found = weakref.ref(lost)
    del lost
    spare_kept()
    assert found() is None
    assert not any(one is kept for one in gc.get_objects())
