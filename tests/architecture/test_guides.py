"""The guides lead nowhere that is not there: pictures, pages of the repository, links and buttons of the product."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted((ROOT / "docs").glob("*.md"))
NAMED = re.compile(r"\]\((?!https?:|#)([^)#]+)")
BOLD = re.compile(r"\*\*([A-Z][^*]+?)\.?\*\*")
FILLED = re.compile(r"\{\{?.*?\}\}?")
NUMBERED = re.compile(r"\b\d+\b")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_every_picture_and_page_that_a_guide_names_exists(guide: Path) -> None:
    missing = [name for name in NAMED.findall(guide.read_text()) if not (guide.parent / name).exists()]
    assert not missing


def test_every_picture_is_shown_in_a_guide() -> None:
    shown = "".join(guide.read_text() for guide in GUIDES)
    assert [picture.name for picture in (ROOT / "docs" / "pictures").glob("*.png") if picture.name not in shown] == []


def test_the_guide_of_process_owners_calls_links_and_buttons_by_their_names() -> None:
    files = [file for part in ("templates", "presenters", "screens") for file in (ROOT / "webapp" / part).rglob("*.*")]
    files.append(ROOT / "webapp" / "frontend" / "src" / "parts" / "modeller" / "words.js")
    words = "\n".join(file.read_text() for file in files if file.suffix in {".html", ".py", ".js"})
    words += FILLED.sub("", words)
    guide = (ROOT / "docs" / "process-owners.md").read_text()
    named = {part.strip() for said in BOLD.findall(guide) for part in said.split("›")}
    assert [name for name in sorted(named) if NUMBERED.sub("", name) not in words] == []
