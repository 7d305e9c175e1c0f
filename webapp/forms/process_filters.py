"""What the figures of a process are narrowed to, as their address says it."""

from collections.abc import Mapping

from webapp.forms.case_filters import number
from workflows.inbox.process_figures import PERIODS, USUAL, FigureFilters


def read(args: Mapping[str, str]) -> FigureFilters:
    """The filters of an address; what cannot be read narrows nothing."""
    period = args.get("period", USUAL)
    return FigureFilters(period if period in PERIODS else USUAL, number(args.get("release", "")) or None)


def as_args(filters: FigureFilters) -> dict[str, str]:
    """The address that says these filters."""
    said = {"period": filters.period, "release": str(filters.release or "")}
    return {key: value for key, value in said.items() if value}
