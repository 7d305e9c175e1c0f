"""A rehearsal in words: what waits and for whom, what was done, and what happened."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from flask import url_for

from webapp.presenters import dues, words
from webapp.presenters.dues import Tag
from workflows.domain.calendars import ONE_DAY, civil_day
from workflows.inbox.history import Line
from workflows.inbox.letters import LetterLine
from workflows.inbox.progress import Marks
from workflows.rehearsal.pages import PlayPage, StartPage, StepLine
from workflows.studio.pages import Problem


class Done(NamedTuple):
    """What was done: as the move is called when it is taken back, and as the next page tells it."""

    move: str
    told: str


def done(who: str, said: Sequence[Any], endpoint: str) -> Done:
    """What somebody of the rehearsal has just done, from what the site would have told them."""
    for one in said:
        if isinstance(one, dict):
            move = str(one["heading"]).replace("You have", f"{who} has")
            return Done(move, f"{move}. {one['words']}")
        return Done(f"{who}: {str(one).partition('. ')[0].rstrip('.')}", f"{who}: {one}")
    return Done(f"{who} did something in “{endpoint.partition('.')[0].replace('_', ' ')}”", f"Done as {who}.")


class Way(NamedTuple):
    """A way to do a step: as whom, and where."""

    words: str
    href: str


class Row(NamedTuple):
    """A step that waits, as its row says it."""

    name: str
    role: str
    about: str
    who: str
    due: str
    tag: Tag | None
    ways: list[Way]


def rows(page: PlayPage) -> list[Row]:
    """What waits, what is due first first."""
    return [_row(page, line) for line in page.waiting]


def _row(page: PlayPage, line: StepLine) -> Row:
    due = civil_day(line.due_at) - ONE_DAY if line.due_at else None
    return Row(
        name=line.name,
        role=line.role,
        about=line.about,
        who=words.listed([name for _, name in line.people], "or") or "Nobody holds this role",
        due=words.day(due) if due else "No date set",
        tag=dues.left(due, civil_day(page.at)) if due else None,
        ways=_ways(page, line),
    )


def _ways(page: PlayPage, line: StepLine) -> list[Way]:
    if not line.people:
        person, name = line.assigner
        return [Way(f"Give it to somebody, as {name}", _step(page, person, line.id))]
    return [Way(f"Do this as {name}", _step(page, person, line.id)) for person, name in line.people]


def _step(page: PlayPage, person_id: int, step_id: int) -> str:
    return part(page.draft_id, page.id, page.version, person_id, f"steps/{step_id}")


def part(draft_id: int, rehearsal_id: int, version: int, person_id: int, page: str) -> str:
    """The address of a page of the site inside a rehearsal, as somebody there sees it after so many moves."""
    return url_for(
        "studio_rehearsal.act",
        draft_id=draft_id,
        rehearsal_id=rehearsal_id,
        version=version,
        person_id=person_id,
        page=page,
    )


def comes_later(page: PlayPage) -> str:
    """Where the process begins that was chosen, if it has not begun yet; "" otherwise."""
    begun = {marks.process for case in page.cases for marks in case.drawings if marks.waiting or marks.done}
    if page.process in begun or not page.cases:
        return ""
    leads = page.cases[0].head.process_title
    return f"You chose “{page.title}”. It begins on a way through “{leads}”: play on until then."


def nothing_waits(page: PlayPage) -> str:
    """Why nobody has anything to do."""
    if all(case.head.status == "closed" for case in page.cases):
        return "Every case of this rehearsal has come to its end."
    waits = [name for case in page.cases for name in case.waits_for]
    wait = f" The case waits for “{words.listed(waits)}”." if waits else ""
    return f"Nobody has anything to do.{wait} Move the clock, and see what happens."


class Event(NamedTuple):
    """Something that happened, and in which case."""

    at: datetime
    words: str
    case: str


def events(page: PlayPage) -> list[Event]:
    """All that has happened in all cases, newest first."""
    lines: list[tuple[Line, str]] = [(line, case.head.title) for case in page.cases for line in case.history]
    lines.sort(key=lambda pair: (pair[0].at, pair[0].number), reverse=True)
    return [Event(line.at, line.words, case if len(page.cases) > 1 else "") for line, case in lines]


class Drawn(NamedTuple):
    """A drawing of one of its cases."""

    reference: str
    title: str
    marks: Marks


def drawings(page: PlayPage) -> list[Drawn]:
    """What can be drawn of its cases: first that in which the next step waits, or else something."""
    found = [
        Drawn(
            case.head.reference, f"{marks.title} ({case.head.reference})" if len(page.cases) > 1 else marks.title, marks
        )
        for case in page.cases
        for marks in case.drawings
    ]
    first = [(line.reference, line.process) for line in page.waiting[:1]]
    return sorted(found, key=lambda one: ((one.reference, one.marks.process) not in first, not one.marks.waiting))


def letters(page: PlayPage) -> list[LetterLine]:
    """The letters of all its cases, newest first."""
    found = [letter for case in page.cases for letter in case.letters]
    return sorted(found, key=lambda one: (one.sent_at, one.id), reverse=True)


def moment(page: PlayPage) -> str:
    """What its clock says."""
    return words.moment(page.at)


def next_due(page: PlayPage) -> str:
    """The day on which the next thing falls due; "" where nothing does."""
    return words.day(civil_day(page.next_due) - ONE_DAY) if page.next_due else ""


class Faults(NamedTuple):
    """What is wrong with one file."""

    title: str
    problems: list[Problem]


def faults(page: StartPage) -> list[Faults]:
    """What has to be mended before the draft can be rehearsed, file by file."""
    found = groupby(page.problems, attrgetter("file"))
    return [Faults(page.titles.get(path, path), list(rows)) for path, rows in found]
