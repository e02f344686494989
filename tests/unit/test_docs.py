"""The pages that come from the code are up to date, and links between pages lead somewhere."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = runpy.run_path(str(ROOT / "scripts" / "write_docs.py"))["PAGES"]
WRITTEN = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")] + sorted(
    ROOT.glob("docs/**/*.md")
)


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_says_now(name: str) -> None:
    written = (ROOT / "docs" / name).read_text("utf-8")
    assert written == PAGES[name](), "run: python scripts/write_docs.py"


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_links_and_pictures_lead_to_files_that_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target
