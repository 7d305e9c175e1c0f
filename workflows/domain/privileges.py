"""Practising privileges that doctors hold at outside organisations: the register, and what is asked once a year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflows.domain.calendars import add_months, in_words
from workflows.domain.plan import Plan

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Privilege:
    """A privilege as a plan in force declares it (BTH-App2-b). `row` is the id of its row in the plan."""

    row: str
    organisation: str
    contact: str
    director: str
    role: str
    outpatients: str
    inpatients: str
    """Since when, in words; "yes" where no day is given, "" for none."""
    unusual: str
    """What the doctor does there and not regularly in the NHS; "" for nothing."""


def privileges(plan: Plan) -> Iterator[Privilege]:
    """The privileges that a plan declares."""
    for row in plan.entries("privileges"):
        yield Privilege(
            row=str(row["id"]),
            organisation=str(row.get("organisation", "An organisation without a name")),
            contact=str(row.get("contact", "")),
            director=str(row.get("director", "")),
            role=str(row.get("role", "")),
            outpatients=_since(row, "outpatients"),
            inpatients=_since(row, "inpatients"),
            unusual=str(row.get("unusual_details") or "yes") if row.get("unusual") else "",
        )


def _since(row: Mapping[str, Any], kind: str) -> str:
    if not row.get(kind):
        return ""
    day = row.get(f"{kind}_since")
    return f"since {in_words(date.fromisoformat(str(day)))}" if day else "yes"


def asked_in(begun: date, today: date) -> date:
    """The day from which this year's information is asked for: that on which the plan came into force, or its last
    anniversary (BTH-App2-e)."""
    years = today.year - begun.year
    this_year = add_months(begun, MONTHS_A_YEAR * years)
    return this_year if this_year <= today else add_months(begun, MONTHS_A_YEAR * (years - 1))


def reminder(privilege: Privilege) -> str:
    """What the doctor is asked to do about a privilege (BTH-App2-e)."""
    return (
        f"Your job plan declares practising privileges at {privilege.organisation}. Give your appraiser quality and "
        "governance information about your work there, and bring your e-portfolio up to date."
    )
