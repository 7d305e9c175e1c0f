"""Addresses of built styles and scripts: each carries its fingerprint, so that a browser may keep it for a year."""

import json
from pathlib import Path

from flask import Flask, request, url_for

BUILD = Path(__file__).parent / "static" / "build"
A_YEAR = 365 * 24 * 3600
AN_HOUR = 3600


class NotBuilt(Exception):
    """The styles and scripts have not been built."""


def init_app(app: Flask) -> None:
    """Give templates `asset("app.css")`."""
    fingerprints = _fingerprints()

    def asset(name: str) -> str:
        return url_for("static", filename=f"build/{name}", v=fingerprints.get(name, "0"))

    app.jinja_env.globals["asset"] = asset
    # Flask asks this method for each file; a plain setting could not tell the fingerprinted from the rest.
    app.get_send_file_max_age = _seconds_to_keep  # type: ignore[method-assign]


def _seconds_to_keep(filename: str | None) -> int:
    """What is named by its content never changes; the rest is asked for again after an hour."""
    named_by_content = "v" in request.args or (filename or "").startswith(("build/chunks/", "build/files/"))
    return A_YEAR if named_by_content else AN_HOUR


def _fingerprints() -> dict[str, str]:
    manifest = BUILD / "manifest.json"
    if not manifest.exists():
        raise NotBuilt("The styles and scripts are not built yet: run “make assets”.")
    read: dict[str, str] = json.loads(manifest.read_text())
    return read
