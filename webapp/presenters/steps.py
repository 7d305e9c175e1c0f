"""Steps in words: the list, the head of a step's page, and what happens next."""

from datetime import datetime
from typing import Any, NamedTuple

from webapp.presenters import dues, words
from workflows.cases import Completed, NextStep
from workflows.domain.calendars import ONE_DAY, civil_day
from workflows.domain.roles import GROUP_ROLES
from workflows.domain.vocabulary import PROCESSES
from workflows.inbox.clauses import Clause
from workflows.inbox.step_list import Filters, MySteps, StepLine
from workflows.inbox.steps import StepPage


class Row(NamedTuple):
    """A step as its row says it."""

    id: int
    name: str
    about: str
    case: str
    due: str
    tag: dues.Tag | None
    notes: tuple[dues.Tag, ...]


def rows(lines: tuple[StepLine, ...], mine: MySteps) -> list[Row]:
    """The lines of a list in words."""
    return [_row(line, mine) for line in lines]


def _row(line: StepLine, mine: MySteps) -> Row:
    return Row(
        id=line.id,
        name=line.name,
        about=line.title,
        case=line.reference,
        due=words.day(line.due_on) if line.due_on else "No date set",
        tag=dues.left(line.due_on, mine.today) if line.due_on else None,
        notes=tuple(_notes(line)),
    )


def _notes(line: StepLine) -> list[dues.Tag]:
    found = []
    if line.on_behalf_of:
        found.append(dues.Tag(f"For {line.on_behalf_of}, as deputy", "purple"))
    if line.shared:
        found.append(dues.Tag("Shared with others", "aqua-green"))
    if line.claimed:
        found.append(dues.Tag("You have claimed it", "blue"))
    if line.drafted:
        found.append(dues.Tag("Draft saved", "grey"))
    return found


def summary(mine: MySteps, filters: Filters) -> str:
    """ "3 steps wait for you. 1 of them is late." or "2 of 3 steps shown"."""
    if filters != Filters():
        return f"{mine.found} of {words.count(mine.total, 'step')} shown"
    late = f" {mine.late} of them {'is' if mine.late == 1 else 'are'} late." if mine.late else ""
    return f"{words.count(mine.total, 'step').capitalize()} {'waits' if mine.total == 1 else 'wait'} for you.{late}"


def process_title(key: str) -> str:
    """What a process is called."""
    return PROCESSES.get(key, key.replace("_", " ").capitalize())


def clause(said: Clause) -> str:
    """A clause as people cite it, with what it asks for: "CPFT 7.8.3: A written referral ..."."""
    return f"{said.policy} {said.section.partition(';')[0]}: {said.requirement}"


def due_tag(page: StepPage, now: datetime) -> dues.Tag | None:
    """How near the last day is."""
    return dues.left(page.due_on, civil_day(now)) if page.due_on else None


def position(page: StepPage) -> str:
    """ "Step 4 of about 9 in “Sign-off”": some steps are only taken when they are needed."""
    return f"Step {page.number} of about {page.of} in “{process_title(page.process)}”"


def asked_as(page: StepPage) -> str:
    """Why it is the reader who is asked."""
    if not page.asked.own and not page.on_behalf_of:
        return f"You stand in for the {page.asked.title} of this case."
    if page.asked.role in GROUP_ROLES:
        return f"You are asked as a member of {page.asked.title}."
    return f"You are asked as {page.asked.title} of this case."


def why(page: StepPage) -> str:
    """What the clauses are that follow; nothing where there are none."""
    if not page.clauses:
        return ""
    return (
        "The policy says why:"
        if page.own_policy
        else "Your trust’s policy leaves this open. It follows what another says:"
    )


def case_line(page: StepPage) -> str:
    """What the case is about: "Individual job plan 2027/28, Crisis team, Mental Health"."""
    case = page.case
    parts = [f"{process_title(case.process)} {case.year}".strip(), case.team, case.care_group]
    return ", ".join(part for part in parts if part)


def finished(step: str, done: Completed) -> dict[str, Any]:
    """What is said when a step has been completed: for the head of the next page."""
    return {"heading": f"You have completed “{step}”", "words": next_words(done), "reference": done.reference}


def next_words(done: Completed) -> str:
    """What happens next and who does it."""
    if done.closed:
        return f"That was the last step: “{done.title}” is complete."
    if not done.next_steps:
        waits = f" It is now at “{done.stage}”." if done.stage else ""
        return f"The case goes on by itself.{waits}"
    told = [_next(step) for step in done.next_steps[:3]]
    more = len(done.next_steps) - len(told)
    others = f" and {words.count(more, 'more step')}" if more else ""
    return f"What happens next: {'; '.join(told)}{others}."


def _next(step: NextStep) -> str:
    who = words.listed(step.holders[:3], "or") if step.holders else "somebody who has yet to be named"
    more = f" or {words.count(len(step.holders) - 3, 'other')}" if len(step.holders) > 3 else ""
    due = f", by {words.day(civil_day(step.due_at) - ONE_DAY)}" if step.due_at else ""
    return f"“{step.name}” with {who}{more}{due}"
