"""Finds a Chromium for the browser tests: $CHROMIUM, the machine's own, or the one that npm brought to tests/browser.

python tests/journeys/chromium.py      prints what the tests would use, or says what to do and fails
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FROM_NPM = ROOT / "tests" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# No sandbox, because containers and the root user have none; nothing that speaks to the world by itself.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

MISSING = (
    "There is no Chromium for the browser tests. `make test` takes one from npm (on x86-64); "
    "or install one (apt-get install chromium), or name one: CHROMIUM=/path/to/chromium"
)


class Chromium(NamedTuple):
    """The program, and where libraries that the machine may lack were unpacked."""

    path: str
    libraries: str = ""

    def environment(self) -> dict[str, str]:
        """This process's environment, with the libraries to be found first."""
        if not self.libraries:
            return dict(os.environ)
        return {**os.environ, "LD_LIBRARY_PATH": self.libraries}


@cache
def find_chromium() -> Chromium | None:
    """The first Chromium of the three places, or None."""
    named = os.environ.get("CHROMIUM")
    for name in [named] if named else NAMES:
        if path := shutil.which(name):
            return Chromium(path)
    node = shutil.which("node") or shutil.which("node", path=str(ROOT / ".tools" / "node" / "bin"))
    if named or node is None or not (FROM_NPM / "node_modules" / "@sparticuz" / "chromium").is_dir():
        return None
    unpacked = subprocess.run([node, str(FROM_NPM / "unpack.mjs")], check=True, capture_output=True, text=True)
    return Chromium(**json.loads(unpacked.stdout))


if __name__ == "__main__":
    chromium = find_chromium()
    if chromium is None:
        sys.exit(MISSING)
    sys.stdout.write(f"{chromium.path}\n")
