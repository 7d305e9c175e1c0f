"""The board of disputes as a workbook."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from webapp.presenters import disputes, words
from workflows.inbox.dispute_board import Dispute

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS: Sequence[tuple[str, int]] = (
    ("Reference", 16),
    ("Dispute", 48),
    ("Doctor", 24),
    ("Team", 28),
    ("Care group", 24),
    ("Stage", 16),
    ("Waits for", 32),
    ("Who has it", 32),
    ("Limit", 28),
    ("Due", 18),
    ("Days left", 10),
    ("Next date", 18),
    ("What is on it", 28),
    ("What waits for it", 48),
)
"""The headings with their widths in characters."""
SIGNS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | date | None


def workbook(found: Iterable[Dispute], *, narrowed: str, now: datetime, today: date) -> bytes:
    """All these disputes in one sheet. Text is never read as a formula, not even where somebody edits it: what begins
    like one carries Excel's own mark for text. Dates are dates, and days are numbers."""
    kept = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(kept, options) as book:
        book.set_properties({"title": "Disputes", "created": now.replace(tzinfo=None)})
        sheet = book.add_worksheet("Disputes")
        bold, plain = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        marked = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        days = book.add_format({"num_format": "d mmmm yyyy", "align": "left", "valign": "top"})
        sheet.write_string(0, 0, f"Disputes on {words.short_day(today)}: {narrowed}", bold)
        for column, (heading, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, heading, bold)
        last = 1
        for last, one in enumerate(found, start=2):
            for column, value in enumerate(cells(one, today)):
                _write(sheet, last, column, value, (plain, marked, days))
        sheet.freeze_panes(2, 1)
        sheet.autofilter(1, 0, last, len(COLUMNS) - 1)
    return kept.getvalue()


def cells(one: Dispute, today: date) -> tuple[Cell, ...]:
    """A line, a value for each heading."""
    due, following = one.due, one.next_date(today)
    running = due is not None and not due.stopped
    return (
        one.reference,
        one.title,
        one.doctor,
        one.team,
        one.care_group,
        disputes.stage(one.stage),
        disputes.step(one),
        disputes.holders(one),
        (f"{due.title} (clock stopped)" if due.stopped else due.title) if due else "",
        due.due_on if due and running else None,
        (due.due_on - today).days if due and running else None,
        following[0] if following else None,
        following[1] if following else "",
        "; ".join(one.blocked),
    )


def _write(sheet: Any, row: int, column: int, value: Cell, formats: tuple[Any, Any, Any]) -> None:
    plain, marked, days = formats
    if isinstance(value, str):
        sheet.write_string(row, column, value, marked if value.startswith(SIGNS_OF_FORMULAS) else plain)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, days)
    elif value is not None:
        sheet.write_number(row, column, value, plain)
