"""The browser of the journeys. A machine without one fails them when REQUIRE_BROWSER=1, as `make test` says."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.journeys.chromium import ARGUMENTS, MISSING, find_chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Starts the Chromium that was found, never one that Playwright would download."""
    chromium = find_chromium()
    if chromium is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(MISSING)
    if chromium is None:
        pytest.skip(MISSING)
    return {
        **browser_type_launch_args,
        "executable_path": chromium.path,
        "args": list(ARGUMENTS),
        "env": chromium.environment(),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A visitor in England at an ordinary screen; a test of small screens sets its own size."""
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "viewport": {"width": 1280, "height": 900},
    }
