"""Something more in a table of a policy: a limit, an abbreviation, a body."""

from collections.abc import Mapping
from typing import Any

from workflows.domain.errors import NotAllowed
from workflows.engine.editing.diagram import slug
from workflows.studio.policy_edits import Edit, PolicyPage
from workflows.studio.policy_texts import Path

LONGEST_KEY = 80


class NotThatKind(NotAllowed):
    """This cannot be read as what you chose. A number is written 10 or 2.5; of yes and no write one of the two."""


class NoKey(NotAllowed):
    """Give it a name with letters in it, of at most 80 characters."""


class KeyTaken(NotAllowed):
    """There is “{key}” already. Change that one, or call this one something else."""


def entries(page: PolicyPage, path: Path) -> tuple[str, ...] | None:
    """The keys of a table that holds, to which more can be added; None where there is no such table."""
    if page.policy is None or path[0] not in ("values", "bodies"):
        return None
    at: Any = page.policy.values if path[0] == "values" else page.policy.bodies
    for key in path[1:]:
        at = at.get(key) if isinstance(at, Mapping) else None
    return tuple(at) if isinstance(at, Mapping) else None


def added(path: Path, others: tuple[str, ...], name: str, said: Any) -> list[Edit]:
    """What has to be written so that a table says more. A name becomes a key that expressions can hold, but where those
    beside it are names as they are. Raises NoKey, KeyTaken."""
    as_they_are = any(other != slug(other) for other in others)
    key = " ".join(name.split()) if as_they_are else slug(name)
    if not key or len(key) > LONGEST_KEY:
        raise NoKey
    if key in others:
        raise KeyTaken(key=key)
    return [((*path, key), said)]
