"""Limits on trying: how often somebody may try to sign in, or ask for a password, before they have to wait.

By the address typed, known or not, and by the network that it comes from; a whole hospital may share one network, so
that limit is wide.
"""

import ipaddress
import math
from datetime import datetime, timedelta
from typing import NamedTuple

from workflows.domain.errors import Broken
from workflows.store import Session
from workflows.store import attempts as attempt_rows


class Limit(NamedTuple):
    """At most so many in so long."""

    times: int
    within: timedelta


QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
LIMITS: dict[str, tuple[Limit, Limit]] = {
    "sign_in": (Limit(10, QUARTER), Limit(200, QUARTER)),
    "password": (Limit(3, HOUR), Limit(60, HOUR)),
    "link": (Limit(20, QUARTER), Limit(60, QUARTER)),
    "calendar": (Limit(20, QUARTER), Limit(600, QUARTER)),
}
"""What is limited: by whom it is about, and by network. `link` is the opening of a link to a new password, `calendar`
the reading of a secret calendar: those of many people may come from one network."""
LONGEST = max(limit.within for pair in LIMITS.values() for limit in pair)


class TooManyTries(Broken):
    """There were too many attempts. To keep accounts safe, please wait {wait} and try again."""


class Tried(NamedTuple):
    """An attempt that was counted: what it was about, and its rows."""

    key: str
    rows: tuple[int, ...]


def count(session: Session, *, what: str, about: str, network: str, now: datetime) -> Tried:
    """Count an attempt before it is made: so many at once are not let through. Raises TooManyTries."""
    keys = (f"{what}:about:{about.strip().lower()}", f"{what}:network:{network_of(network)}")
    waits = [_wait(session, key, limit, now) for key, limit in zip(keys, LIMITS[what], strict=True)]
    if any(waits):
        raise TooManyTries(wait=in_minutes(max(waits)))
    rows = tuple(attempt_rows.add(session, key=key, now=now) for key in keys)
    return Tried(keys[0], rows)


def forgive(session: Session, *, tried: Tried) -> None:
    """It was the owner: nothing of what was tried before counts against them."""
    attempt_rows.forget(session, ids=tried.rows, key=tried.key)


def network_of(address: str) -> str:
    """What counts as one network: an IPv4 address, or the half of an IPv6 address that a household is given."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 6:
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def in_minutes(wait: timedelta) -> str:
    """ "1 minute", "14 minutes"."""
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    return f"{minutes} {'minute' if minutes == 1 else 'minutes'}"


def prune(session: Session, *, now: datetime) -> int:
    """Attempts that count no more are forgotten; returns how many."""
    return attempt_rows.prune(session, before=now - LONGEST)


def _wait(session: Session, key: str, limit: Limit, now: datetime) -> timedelta:
    """How long until another attempt is let through; nothing where one is now."""
    times = attempt_rows.since(session, key=key, after=now - limit.within)
    return times[-limit.times] + limit.within - now if len(times) >= limit.times else timedelta()
