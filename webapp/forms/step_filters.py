"""What the list of steps is narrowed to, as its address says it."""

from collections.abc import Mapping
from typing import Any

from workflows.inbox.step_list import Filters

LONGEST = 100


def read(args: Mapping[str, str]) -> Filters:
    """The filters of an address."""
    return Filters(
        process=args.get("process", "")[:LONGEST],
        late=args.get("late") == "yes",
        text=args.get("q", "").strip()[:LONGEST],
    )


def as_args(filters: Filters) -> dict[str, Any]:
    """The address that says these filters: those that narrow nothing are left out."""
    said = {"q": filters.text, "process": filters.process, "late": "yes" if filters.late else ""}
    return {key: value for key, value in said.items() if value}
