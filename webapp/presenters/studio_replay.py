"""The replay of closed cases in words."""

from typing import NamedTuple

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.domain.vocabulary import PROCESSES
from workflows.studio.replaying import Replayed, Report

TAGS = {
    "same": Tag("The same way", "green"),
    "elsewhere": Tag("Elsewhere", "orange"),
    "not_replayed": Tag("Not replayed", "grey"),
}


class Row(NamedTuple):
    """What would have come of one case."""

    reference: str
    title: str
    process: str
    tag: Tag
    said: tuple[str, ...]


def summary(report: Report) -> str:
    """ "The 12 newest of 40 closed cases were replayed over this draft: 10 …"."""
    counts, number = report.counts, len(report.cases)
    if not number:
        return "No case of your trust is closed yet, so there is nothing to replay."
    which = f"{words.count(number, 'closed case').capitalize()} {'was' if number == 1 else 'were'}"
    if report.of > number:
        which = f"The {number:,} newest of {report.of:,} closed cases were"
    parts = [
        f"{counts['same']:,} would have gone the same way",
        f"{counts['elsewhere']:,} elsewhere",
        f"{counts['not_replayed']:,} could not be replayed",
        f"{counts['other_days']:,} would have had a deadline on another day",
    ]
    return f"{which} replayed over this draft: {words.listed(parts)}."


def rows(report: Report) -> list[Row]:
    """The cases of which there is something to say."""
    return [_row(case) for case in report.cases if _said(case)]


def _row(case: Replayed) -> Row:
    process = PROCESSES.get(case.process, case.process)
    return Row(case.reference, case.title, process, TAGS[case.outcome], _said(case))


def _said(case: Replayed) -> tuple[str, ...]:
    found = []
    if case.would:
        found.append(f"Where {case.then}, {case.would}.")
    if case.because:
        found.append(case.because)
    if case.new_steps:
        found.append(f"New: {words.listed([f'“{step}”' for step in case.new_steps])}.")
    for day in case.other_days:
        now = words.short_day(day.now) if day.now else "no day"
        found.append(f"{day.title}: {words.short_day(day.then)} then, {now} with this draft.")
    return tuple(found)
