"""The pictures of the guides: taken anew when they are missing, or when ACCORD_SCREENSHOTS=1."""

import os

from playwright.sync_api import Locator

from tests.journeys.live import ROOT
from tests.journeys.visitor import Visitor

PICTURES = ROOT / "docs" / "pictures"
LARGEST = 160_000
"""Bytes: they come with every clone."""


def take(at: Visitor, name: str, part: Locator | None = None) -> None:
    """What somebody has before them, or a part of it, as docs/pictures/<name>.png."""
    file = PICTURES / f"{name}.png"
    if os.environ.get("ACCORD_SCREENSHOTS") == "1" or not file.exists():
        PICTURES.mkdir(exist_ok=True)
        (part or at.page).screenshot(path=file, animations="disabled")
    assert 3_000 < file.stat().st_size < LARGEST, name
