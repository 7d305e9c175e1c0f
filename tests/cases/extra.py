"""Agreements on extra programmed activities, up to the point from which a test goes on."""

from datetime import date
from typing import Any

from tests.cases.walk import Walk

ASKED: dict[str, Any] = {
    "extra_kind": "additional",
    "extra_work": "A weekly memory clinic in Penrith",
    "extra_purpose": "The waiting list has doubled",
    "extra_expectations": "Ten first appointments a week, and letters within five days",
    "extra_basis": "regular",
    "extra_pas": 1,
    "extra_from": "2027-06-07",
    "extra_until": "2028-03-31",
    "extra_outside_work": False,
    "allowance_considered": True,
    "allowance_reason": "It is a clinic of its own, not a responsibility",
}
"""A request of 1 March 2027 that keeps the three months of notice."""
ADDRESS = "Carleton Clinic\nCumwhinton Drive\nCarlisle\nCA1 3SX"


def asked(walk: Walk, *, by: str = "manager", **changes: Any) -> str:
    """Somebody has asked: the AMD decides next."""
    house = walk.house
    who = getattr(house, by)
    reference = walk.start(who, "additional_pa", kind="extra_pa", subject=house.doctor.id, team=house.team.id)
    walk.do(who, "request_extra", reference, **{**ASKED, **changes})
    return reference


def offered(walk: Walk, **changes: Any) -> str:
    """The AMD has agreed and issued the letter: the doctor answers next."""
    reference = asked(walk, **changes)
    walk.do(walk.house.amd, "decide_extra", reference, extra_decision="agree", extra_decision_reason="We need it")
    walk.do(walk.house.amd, "issue_extra", reference, extra_address=ADDRESS)
    return reference


def accepted(walk: Walk, **changes: Any) -> str:
    """The doctor has accepted it today."""
    reference = offered(walk, **changes)
    accept(walk, reference)
    return reference


def accept(walk: Walk, reference: str, **more: Any) -> None:
    """The doctor accepts."""
    walk.do(walk.house.doctor, "answer_extra", reference, extra_accepted="accept", extra_accepted_on=walk.today, **more)


def day(words: str) -> date:
    """A day as tests write it."""
    return date.fromisoformat(words)
