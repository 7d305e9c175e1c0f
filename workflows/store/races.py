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


class LostRace(Exception):
    """Somebody else changed the same case first."""


def is_race(fault: BaseException) -> bool:
    """Whether trying again on fresh rows may succeed. A broken check or reference is a fault, not a race."""
    if isinstance(fault, LostRace | StaleDataError):
        return True
    if not isinstance(fault, DBAPIError):
        return False
    state = getattr(fault.orig, "sqlstate", None)
    name = getattr(fault.orig, "sqlite_errorname", None) or ""
    return state in POSTGRES_RACES or name.startswith(SQLITE_RACES)
