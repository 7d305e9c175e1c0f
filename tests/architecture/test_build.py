"""What is installed is pinned, comes from the public registries alone, and fits together."""

import json
import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
REGISTRIES = {"https://pypi.org", "https://files.pythonhosted.org"}
NPM_REGISTRY = "https://registry.npmjs.org/"


def python_requirements() -> list[str]:
    """Every direct requirement, as it is written: what runs, what tests, what builds."""
    groups = PROJECT["dependency-groups"].values()
    return list(chain(PROJECT["project"]["dependencies"], PROJECT["build-system"]["requires"], *groups))


def npm_folders() -> list[Path]:
    return [ROOT / "webapp" / "frontend", ROOT / "tests" / "browser"]


def test_every_python_package_asked_for_is_pinned_to_one_version() -> None:
    loose = [line for line in python_requirements() if not re.fullmatch(r"[\w.-]+(\[\w+\])?==[\w.]+", line)]
    assert loose == []


def test_every_npm_package_asked_for_is_pinned_to_one_version() -> None:
    for folder in npm_folders():
        package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        versions = {**package.get("dependencies", {}), **package.get("devDependencies", {})}
        assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_the_python_lock_names_no_registry_but_the_public_one() -> None:
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    assert set(re.findall(r"\w+://[^/\"]+", lock)) <= REGISTRIES
    assert set(re.findall(r"^source = \{ (\w+) = \"([^\"]+)\"", lock, re.MULTILINE)) == {
        ("registry", "https://pypi.org/simple"),
        ("editable", "."),
    }


def test_the_npm_locks_name_no_registry_but_the_public_one() -> None:
    for folder in npm_folders():
        lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
        resolved = [entry["resolved"] for entry in lock["packages"].values() if "resolved" in entry]
        assert [address for address in resolved if not address.startswith(NPM_REGISTRY)] == []


def test_the_nhs_styles_and_the_nhs_macros_are_the_pair_that_belongs_together() -> None:
    """nhsuk-frontend-jinja's own table of versions: 0.10.2 is for nhsuk-frontend 10.6.1. Change both or neither."""
    frontend = json.loads((ROOT / "webapp" / "frontend" / "package.json").read_text(encoding="utf-8"))
    macros = [line for line in python_requirements() if line.startswith("nhsuk-frontend-jinja")]
    assert (frontend["dependencies"]["nhsuk-frontend"], macros) == ("10.6.1", ["nhsuk-frontend-jinja==0.10.2"])
