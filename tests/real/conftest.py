"""The program with the embedded model that `make install` got."""

from collections.abc import Iterator

import pytest

from coach.app import Coach
from tests.conftest import STORE


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    """A coach with the embedded model that `make install` got, and a home of its own for the rest."""
    assert STORE.installed(), "the embedded model is not installed: coach model pull"
    home = tmp_path_factory.mktemp("home")
    (home / "models").symlink_to(STORE.models_dir, target_is_directory=True)
    # A machine that is busy with other tests is slow, and that is not what these tests are about.
    with Coach.open({"COACH_HOME": str(home)}, model_timeout_s="900") as parts:
        yield parts
