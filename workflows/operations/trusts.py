"""The trusts of an installation: which there are, and setting one up."""

import re

from workflows.domain.errors import Broken
from workflows.store import Session
from workflows.store import people as people_rows
from workflows.store.models import Trust

KEY = re.compile(r"[A-Z]{2,8}")


class NotAKey(Broken):
    """The key {key} cannot be used: it stands in every case reference, so take two to eight capital letters."""


class TrustThere(Broken):
    """There is a trust with the key {key} already."""


class NeedsAName(Broken):
    """A trust needs its name."""


def trust_ids(session: Session) -> list[int]:
    """Every trust of the installation, by key."""
    return [trust.id for trust in people_rows.trusts(session)]


def open_trust(session: Session, *, key: str, name: str, policy: str) -> Trust:
    """A trust without people or a release. Raises NotAKey, TrustThere, NeedsAName."""
    if not KEY.fullmatch(key):
        raise NotAKey(key=key)
    if not name.strip():
        raise NeedsAName
    if any(trust.key == key for trust in people_rows.trusts(session)):
        raise TrustThere(key=key)
    trust = Trust(key=key, name=name.strip(), policy=policy)
    session.add(trust)
    session.flush()
    return trust
