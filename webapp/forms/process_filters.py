"""What the figures of a process are narrowed to, as their address says it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from webapp.forms.case_filters import number
from webapp.forms.fields import day_in
from workflows.inbox.process_figures import DATES, PERIODS, USUAL, FigureFilters

LONGEST, EARLIEST = 40, 1900


class Typed(NamedTuple):
    """The filters; the two days as they were typed, and what is wrong with them: the box, and a sentence."""

    filters: FigureFilters
    first: str = ""
    last: str = ""
    box: str = ""
    sentence: str = ""


def read(args: Mapping[str, str], today: date) -> Typed:
    """The filters of an address. What cannot be read narrows nothing; of days that were typed it is said."""
    period = args.get("period", USUAL)
    filters = FigureFilters(period if period in PERIODS else USUAL, number(args.get("release", "")) or None)
    if period != DATES:
        return Typed(filters)
    first, last = (args.get(box, "").strip()[:LONGEST] for box in ("from", "to"))
    if not first and not last:
        return Typed(filters)
    for box, typed in (("from", first), ("to", last)):
        if typed and ((day := day_in(typed)) is None or day.year < EARLIEST):
            return Typed(filters, first, last, box, f"“{typed}” is no date. Write, for example, 1 4 {today.year}.")
    begins, ends = day_in(first), day_in(last)
    if begins and begins > today:
        return Typed(filters, first, last, "from", "The period begins after today.")
    if begins and ends and begins > ends:
        return Typed(filters, first, last, "to", "The period ends before it begins.")
    return Typed(replace(filters, period=DATES, first=begins, last=ends), first, last)


def as_args(filters: FigureFilters) -> dict[str, str]:
    """The address that says these filters."""
    said = {
        "period": filters.period,
        "from": filters.first.isoformat() if filters.first else "",
        "to": filters.last.isoformat() if filters.last else "",
        "release": str(filters.release or ""),
    }
    return {key: value for key, value in said.items() if value}
