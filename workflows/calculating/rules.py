"""By what a calculation goes: the values of a policy, and the decision tables of the same release."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.domain.calculations import Decide
from workflows.domain.errors import NotFound
from workflows.domain.policy import read_policy
from workflows.engine.calculations import of_files, of_release
from workflows.releases import SHIPPED, Loaded, shipped_files


class NoSuchPolicy(NotFound):
    """There is no policy “{key}” here. There are: {known}."""


@dataclass(frozen=True)
class Rules:
    """`values` are those of the policy; `decide` asks a decision table."""

    key: str
    values: Mapping[str, Any]
    decide: Decide


def of(release: Loaded) -> Rules:
    """The rules of a release, as the cases that pin it follow them."""
    return Rules(release.policy.key, release.policy.values, of_release(release))


def shipped(key: str) -> Rules:
    """The rules of a policy as Accord ships it ("blackpool"). Raises NoSuchPolicy."""
    known = sorted(path.stem for path in (SHIPPED / "policies").glob("*.toml"))
    if key not in known:
        raise NoSuchPolicy(key=key, known=", ".join(known))
    files = shipped_files(key)
    policy = read_policy(key, files)
    return Rules(key, policy.values, of_files(files, policy))
