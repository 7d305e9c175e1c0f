"""What the board of disputes is narrowed to, as its address says it."""

from collections.abc import Mapping
from typing import Any

from webapp.forms.case_filters import LONGEST, number
from workflows.domain.vocabulary import DISPUTE_STAGES
from workflows.inbox.dispute_board import BoardFilters


def read(args: Mapping[str, str]) -> BoardFilters:
    """The filters of an address; what cannot be read narrows nothing."""
    stage = args.get("stage", "")
    return BoardFilters(
        words=args.get("q", "").strip()[:LONGEST],
        stage=stage if stage in DISPUTE_STAGES else "",
        care_group_id=number(args.get("care_group", "")) or None,
        late=args.get("late") == "yes",
        mine=args.get("mine") == "yes",
    )


def as_args(filters: BoardFilters) -> dict[str, Any]:
    """The address that says these filters: those that narrow nothing are left out."""
    said = {
        "q": filters.words,
        "stage": filters.stage,
        "care_group": str(filters.care_group_id or ""),
        "late": "yes" if filters.late else "",
        "mine": "yes" if filters.mine else "",
    }
    return {key: value for key, value in said.items() if value}
