"""A dispute in plain words, for whoever it is about: where it is, what happens next, by when, what they can do."""

from typing import NamedTuple

from webapp.presenters import case_pages, disputes, words
from workflows.domain.vocabulary import DISPUTE_STAGES, OUTCOMES
from workflows.inbox.case_pages import CasePage
from workflows.inbox.waiting import Waiting

ORDINALS = ("first", "second", "third")


class Line(NamedTuple):
    """A question with the sentences that answer it; the step that the reader can do at once, if there is one."""

    asked: str
    said: tuple[str, ...]
    step_id: int | None = None
    step: str = ""


def lines(page: CasePage) -> list[Line]:
    """The panel of a dispute; nothing for another case, or one that was withdrawn."""
    if page.dispute is None or page.head.withdrawn:
        return []
    if page.head.status == "closed":
        return _ended(page)
    found = [
        Line("Where is it?", tuple(_where(page))),
        Line("Who has it now?", tuple(_who(page)) or _nobody(page)),
        Line("By when?", tuple(_when(page))),
        Line("What comes next?", _next(page)),
        _do(page),
    ]
    return [one for one in found if one.said]


def _where(page: CasePage) -> list[str]:
    stage = page.dispute.stage if page.dispute else DISPUTE_STAGES[0]
    place = ORDINALS[DISPUTE_STAGES.index(stage)]
    names = words.listed([disputes.stage(key).lower() for key in DISPUTE_STAGES], last="and, if it comes to that,")
    found = [f"{disputes.stage(stage)}, the {place} of three stages: {names}."]
    if page.dispute and page.dispute.blocked:
        waits = words.listed(page.dispute.blocked)
        found.append(f"Until it ends this stays as it was: {waits}. All the rest of the job plan goes on.")
    return found


def _who(page: CasePage) -> list[str]:
    """Each waiting step with whoever has it; the reader, where it is theirs alone, is "you"."""
    own = {one.step_id for one in page.waiting if one.mine and len(one.holders) == 1 and not one.on_behalf_of}
    alone = {one.step_id for one in page.waiting if not one.for_each} & own
    return [f"{one.name}: {'you' if one.step_id in alone else one.who}." for one in case_pages.now(page)]


def _nobody(page: CasePage) -> tuple[str, ...]:
    return tuple(f"{wait}: nobody has to do anything for that." for wait in page.waits_for)


def _when(page: CasePage) -> list[str]:
    running = [one for one in page.deadlines if one.status in {"open", "missed"} and one.ended_on is None]
    found = []
    for one in sorted(running, key=lambda line: line.due_on):
        how_far = "its clock is stopped" if one.paused else words.distance(one.due_on, page.today)
        found.append(f"{one.title}: by the end of {words.day(one.due_on)} ({how_far}).")
    found += [
        f"{one.what}: {one.when}{f', {one.place}' if one.place else ''}."
        for one in page.meetings
        if one.on >= page.today
    ]
    return found or ["No date is set at the moment."]


def _next(page: CasePage) -> tuple[str, ...]:
    after = dict.fromkeys(one.after for one in case_pages.now(page) if one.after)
    return tuple(f"{one[:1].upper()}{one[1:]}." for one in after)


def _do(page: CasePage) -> Line:
    """What the reader can do: their step, with what happens if they let the day pass; otherwise to wait."""
    asked = "What can you do?"
    mine = [one for one in page.waiting if one.mine]
    more = ("You can add documents and comments below at any time.",) if page.papers.may_add else ()
    ends = ("The two sides can settle it at any time, and the doctor can withdraw it.",) if page.ending else ()
    if not mine:
        return Line(asked, ("Nothing has to be done by you now. You are told as soon as it has.", *more, *ends))
    first = mine[0]
    return Line(asked, (*(_own(one, page) for one in mine), *more, *ends), first.step_id, first.name)


def _own(one: Waiting, page: CasePage) -> str:
    what = f"{one.name}{f', for {one.on_behalf_of}' if one.on_behalf_of else ''}"
    if one.due_on is None:
        return f"{what}. There is no fixed day for it."
    lapses = any(line.id == one.deadline_id and line.lapses for line in page.deadlines)
    after = " The right to do it ends with that day." if lapses and one.due_on >= page.today else ""
    return f"{what}: by the end of {words.day(one.due_on)}.{after}"


def _ended(page: CasePage) -> list[Line]:
    on = f"It ended on {words.day(page.head.closed_at)}" if page.head.closed_at else "It has ended"
    outcome = page.dispute.outcome if page.dispute else ""
    how = f"{on}: {OUTCOMES.get(outcome, outcome)}." if outcome else f"{on}."
    return [
        Line("How did it end?", (how, "What was decided is applied to the job plan by the case that waited for it."))
    ]
