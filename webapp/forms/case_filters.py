"""What the list of cases is narrowed to, as its address says it."""

from collections.abc import Mapping
from typing import Any

from workflows.inbox.cases import CaseFilters

STATUSES = ("open", "closed")
LONGEST = 100


def read(args: Mapping[str, str]) -> CaseFilters:
    """The filters of an address; what cannot be read narrows nothing."""
    status = args.get("status", "open")
    return CaseFilters(
        words=args.get("q", "").strip()[:LONGEST],
        process=args.get("process", "")[:LONGEST],
        status="" if status == "any" else status if status in STATUSES else "open",
        care_group_id=number(args.get("care_group", "")) or None,
        team_id=number(args.get("team", "")) or None,
        late=args.get("late") == "yes",
    )


def as_args(filters: CaseFilters) -> dict[str, Any]:
    """The address that says these filters: those that narrow nothing are left out."""
    said = {
        "q": filters.words,
        "process": filters.process,
        "status": "" if filters.status == "open" else filters.status or "any",
        "care_group": str(filters.care_group_id or ""),
        "team": str(filters.team_id or ""),
        "late": "yes" if filters.late else "",
    }
    return {key: value for key, value in said.items() if value}


def number(text: str) -> int:
    """A small whole number of an address; 0 if it is none."""
    return int(text) if text.isdecimal() and len(text) <= 9 else 0
