"""Telling a lost race from a fault: after a race, the front door runs the whole verb again on fresh rows."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

POSTGRES_RACES = frozenset(
    {
        "23505",  # unique_violation: somebody else wrote that row first
        "40001",  # serialization_failure
        "40P01",  # deadlock_detected
        "55P03",  # lock_not_available
    }
)
SQLITE_RACES = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")


NO_ROOM = "53100"
"""PostgreSQL's disk_full."""


class LostRace(Exception):
    """Somebody else changed the same case first."""


def is_race(fault: BaseException) -> bool:
    """Whether trying again on fresh rows may succeed. A broken check or reference is a fault, not a race."""
    if isinstance(fault, LostRace | StaleDataError):
        return True
    state, name = _named(fault)
    return state in POSTGRES_RACES or name.startswith(SQLITE_RACES)


def is_full(fault: BaseException) -> bool:
    """Whether the database has no room left on its disk."""
    return _named(fault) in {(NO_ROOM, ""), ("", "SQLITE_FULL")}


def _named(fault: BaseException) -> tuple[str, str]:
    """What PostgreSQL calls a fault of the database, and what SQLite calls it; "" where it is none of theirs."""
    if not isinstance(fault, DBAPIError):
        return "", ""
    return getattr(fault.orig, "sqlstate", None) or "", getattr(fault.orig, "sqlite_errorname", None) or ""
