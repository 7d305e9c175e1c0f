"""What the domain's tests are about: the shipped policies, and plans and rules in few words."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from workflows.domain.calendars import Calendar
from workflows.domain.deadlines import DeadlineRule, Effect, Kind, Length, Strength
from workflows.domain.plan import Activity, Plan
from workflows.domain.policy import Policy, read_policy

POLICIES = Path(__file__).resolve().parent.parent.parent / "bpmn" / "policies"
EASTER_2027 = frozenset({date(2027, 3, 26), date(2027, 3, 29)})
CALENDAR = Calendar(EASTER_2027 | {date(2027, 5, 3), date(2027, 5, 31)})
DR_SHAH, DR_ADEYEMI, DR_KOWALSKI, DR_MORGAN = 1, 2, 3, 4


def policy_files() -> dict[str, str]:
    """The texts of the shipped policies and of the list of clauses, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(POLICIES.iterdir())}


def policy(key: str) -> Policy:
    """A shipped policy."""
    return read_policy(key, policy_files())


def rule(kind: str = "after", length: str | None = "28 days", **changes: Any) -> DeadlineRule:
    """The 28 days of sign-off, or a rule like it."""
    facts: dict[str, Any] = {
        "key": "sign_off",
        "title": "Signatures under the job plan",
        "clause": "CPFT-7.5-a",
        "kind": Kind(kind),
        "start": "meeting_date",
        "length": Length.parse(length) if length else None,
        "until": None,
        "strength": Strength.MUST,
        "effect": Effect.LATE,
        "source": "cumbria",
        "start_words": "The job plan meeting was held on {date}.",
    }
    return DeadlineRule(**(facts | changes))


def activity(id: str, category: str = "dcc", pas: str = "1", **changes: Any) -> Activity:  # noqa: A002 - it is one
    """A line of the plan: a Monday morning clinic, or what the changes make of it."""
    facts: dict[str, Any] = {
        "title": f"Clinic {id}",
        "day": "monday",
        "start": "09:00",
        "end": "13:00",
        "place": "Carleton Clinic",
    }
    return Activity(id=id, category=category, pas=Fraction(pas), **(facts | changes))


def plan(*activities: Activity, **changes: Any) -> Plan:
    """A plan of these lines."""
    return Plan(activities=activities, **changes)
