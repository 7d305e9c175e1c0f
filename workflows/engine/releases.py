"""A release as the engine runs it: its policy and its diagrams, read once and kept by release."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from workflows.domain.errors import Unsound
from workflows.domain.letters import ENDING, FOLDER, Letter, read_letter
from workflows.domain.policy import Policy, read_policy
from workflows.engine.diagrams import Diagrams, load
from workflows.store import Session
from workflows.store import releases as release_rows


class NoRelease(Unsound):
    """This trust has not published a process definition yet."""


class NoLetter(Unsound):
    """There is no letter “{key}” in the release of this case."""


@dataclass(frozen=True)
class Loaded:
    """A release, ready to run."""

    id: int
    number: int
    trust_id: int
    policy: Policy
    diagrams: Diagrams
    files: Mapping[str, str] = field(repr=False)

    def xml(self, process: str) -> str:
        """The diagram of a process as it was published. Raises NoDiagram."""
        return self.files[self.diagrams.drawing(process).path]

    def has_letter(self, key: str) -> bool:
        """Whether the release has such a letter: those of before there were letters have none."""
        return f"{FOLDER}{key}{ENDING}" in self.files

    def letter(self, key: str) -> Letter:
        """A letter as it was published. Raises NoLetter."""
        if not self.has_letter(key):
            raise NoLetter(key=key)
        return read_letter(self.files[f"{FOLDER}{key}{ENDING}"])


def of(session: Session, *, release_id: int) -> Loaded:
    """The release that a case pins. Its files are read from the store once a process."""
    kept = _kept.setdefault(session.get_bind().engine, {})
    if release_id not in kept:
        row = release_rows.by_id(session, release_id=release_id)
        if row is None:
            raise NoRelease
        files = release_rows.files(session, release_id=release_id)
        kept[release_id] = Loaded(
            id=row.id,
            number=row.number,
            trust_id=row.trust_id,
            policy=policy_of(row.content_hash, row.policy, tuple(sorted(policy_files(files).items()))),
            diagrams=load(files, row.content_hash),
            files=files,
        )
    return kept[release_id]


_kept: WeakKeyDictionary[Any, dict[int, Loaded]] = WeakKeyDictionary()
"""By database."""


def forget() -> None:
    """Forget every release that was read: for a database that has been emptied or put back."""
    _kept.clear()


def published(session: Session, *, trust_id: int) -> Loaded:
    """The release that a case starting now pins."""
    row = release_rows.published(session, trust_id=trust_id)
    if row is None:
        raise NoRelease
    return of(session, release_id=row.id)


def policy_files(files: Mapping[str, str]) -> dict[str, str]:
    """The policy texts among a release's files."""
    return {path: text for path, text in files.items() if path.startswith("policies/")}


@lru_cache(maxsize=64)
def policy_of(content_hash: str, key: str, texts: tuple[tuple[str, str], ...]) -> Policy:  # noqa: ARG001 - part of the key
    """The policy of a release, parsed once for all releases with the same content."""
    return read_policy(key, dict(texts))
