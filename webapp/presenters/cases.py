"""The list of cases in words."""

from typing import NamedTuple

from webapp.presenters import dues, words
from workflows.domain.vocabulary import PROCESSES
from workflows.inbox.cases import CaseLine, CaseList, NextStep


class Row(NamedTuple):
    """A case as its row says it."""

    reference: str
    title: str
    about: str
    stage: str
    holder: str
    mine: bool
    due: str
    tag: dues.Tag | None


def process_title(key: str) -> str:
    """What a process is called."""
    return PROCESSES.get(key, key.replace("_", " ").capitalize())


def processes(found: CaseList) -> list[tuple[str, str]]:
    """The processes to choose from, by key."""
    return [(key, process_title(key)) for key in found.processes]


def rows(found: CaseList) -> list[Row]:
    """The lines of the list in words."""
    return [_row(line, found) for line in found.lines]


def _row(line: CaseLine, found: CaseList) -> Row:
    places = [place for place in (line.team, line.care_group) if place]
    closed = line.status == "closed"
    if closed:
        due, tag = (f"Closed on {words.short_day(line.closed_on)}" if line.closed_on else "Closed"), None
    else:
        due = words.day(line.due_on) if line.due_on else "No date set"
        tag = dues.left(line.due_on, found.today) if line.due_on else None
    return Row(
        reference=line.reference,
        title=line.title,
        about=", ".join([f"{process_title(line.process)} {line.year}".strip(), *places]),
        stage="Closed" if closed else stage(line),
        holder="" if closed else words.listed(list(dict.fromkeys(holder(step) for step in line.steps))[:3]),
        mine=any(step.mine for step in line.steps),
        due=due,
        tag=tag,
    )


def stage(line: CaseLine) -> str:
    """What the case waits for: its steps, else what its drawing calls the wait."""
    names = list(dict.fromkeys(step.name for step in line.steps))
    if not names:
        return line.stage or "Moving on by itself"
    more = len(names) - 2
    return "; ".join(names[:2]) + (f" and {more} more" if more > 0 else "")


def holder(step: NextStep) -> str:
    """Who has a step: one or two names, the number of a group, or that it lies in the queue."""
    if step.queue:
        return "nobody yet: it waits to be assigned"
    if len(step.holders) > 2:
        return f"{len(step.holders)} people, any of whom may do it"
    return words.listed(step.holders, last="or") or "nobody yet"


def summary(found: CaseList) -> str:
    """ "42 cases, 3 of them late"."""
    late = f", {found.late} of them late" if found.late else ""
    return f"{words.count(found.total, 'case')}{late}".capitalize()
