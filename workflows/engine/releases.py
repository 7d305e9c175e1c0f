"""A release as the engine runs it: its policy and its diagrams, read once and kept by release."""

from dataclasses import dataclass
from functools import lru_cache

from workflows.domain.errors import Unsound
from workflows.domain.policy import Policy, read_policy
from workflows.engine.diagrams import Diagrams, load
from workflows.store import Session
from workflows.store import releases as release_rows


class NoRelease(Unsound):
    """This trust has not published a process definition yet."""


@dataclass(frozen=True)
class Loaded:
    """A release, ready to run."""

    id: int
    number: int
    trust_id: int
    policy: Policy
    diagrams: Diagrams


def of(session: Session, *, release_id: int) -> Loaded:
    """The release that a case pins. Its files are read from the store once a process."""
    key = (str(session.get_bind().url), release_id)
    if key not in _kept:
        row = release_rows.by_id(session, release_id=release_id)
        if row is None:
            raise NoRelease
        files = release_rows.files(session, release_id=release_id)
        _kept[key] = Loaded(
            id=row.id,
            number=row.number,
            trust_id=row.trust_id,
            policy=policy_of(row.content_hash, row.policy, tuple(sorted(policy_files(files).items()))),
            diagrams=load(files, row.content_hash),
        )
    return _kept[key]


_kept: dict[tuple[str, int], Loaded] = {}


def published(session: Session, *, trust_id: int) -> Loaded:
    """The release that a case starting now pins."""
    row = release_rows.published(session, trust_id=trust_id)
    if row is None:
        raise NoRelease
    return of(session, release_id=row.id)


def policy_files(files: dict[str, str]) -> dict[str, str]:
    """The policy texts among a release's files, by their name without folder and ending."""
    return {
        path.removeprefix("policies/").removesuffix(".toml"): text
        for path, text in files.items()
        if path.startswith("policies/") and path.endswith(".toml")
    }


@lru_cache(maxsize=64)
def policy_of(content_hash: str, key: str, texts: tuple[tuple[str, str], ...]) -> Policy:  # noqa: ARG001 - part of the key
    """The policy of a release, parsed once for all releases with the same content."""
    return read_policy(key, dict(texts))
