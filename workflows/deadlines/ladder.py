"""The ladder of a deadline: reminders to those who hold its steps, escalations to the roles that the policy names."""

from collections.abc import Iterable
from itertools import chain

from workflows.domain.calendars import civil_day, in_full
from workflows.domain.deadlines import HOLDERS, Effect
from workflows.engine import ledger
from workflows.engine.holders import unique
from workflows.engine.moves import Move
from workflows.engine.notices import tell
from workflows.store.models import Deadline, Step


def climb(move: Move, row: Deadline, *, rung: int) -> None:
    """Send what a rung of the ladder says. Rungs are counted from 1."""
    rule = ledger.rule_of(move, row)
    what = rule.ladder[rung - 1]
    people = recipients(move, row, what.to)
    days = (row.due_on - civil_day(move.now)).days
    if what.do == "remind":
        comes = rule.effect is Effect.COME
        subject = f"{rule.title}: {when(days).removeprefix('due ') if comes else when(days)}"
        words = f"{move.case.title}. The day is {in_full(row.due_on)}." if comes else reminder(move, row)
        send(move, row, people, kind="reminder", subject=subject, words=words)
        ledger.note(move, row, "reminder_sent", rung=rung, to=people)
    else:
        subject = f"{move.case.title}: {rule.title[:1].lower()}{rule.title[1:]}, {when(days)}"
        send(move, row, people, kind="escalation", subject=subject, words=escalation(move, row))
        ledger.note(move, row, "escalated", rung=rung, to=people)


def day_missed(move: Move, row: Deadline) -> None:
    """Tell the holders that the day has passed and that it still has to be done."""
    rule = ledger.rule_of(move, row)
    words = f"{waiting(move, row)} It was due by the end of {in_full(row.due_on)} and still has to be done."
    send(move, row, recipients(move, row, (HOLDERS,)), kind="missed", subject=f"{rule.title}: late", words=words)


def when(days: int) -> str:
    """How far off a day is: "due in 3 days", "due today", "2 days late"."""
    if days > 0:
        return f"due in {days} {'day' if days == 1 else 'days'}"
    return "due today" if days == 0 else f"{-days} {'day' if days == -1 else 'days'} late"


def steps_of(move: Move, row: Deadline) -> list[Step]:
    """The open steps that a deadline waits for: those drawn with it, else all of the case."""
    steps = list(move.waiting or ())
    return [step for step in steps if step.deadline == row.name] or steps


def recipients(move: Move, row: Deadline, to: Iterable[str]) -> list[int]:
    """The people whom a rung names: the holders of the waiting steps, or whoever holds a role for the case.

    A step in the queue counts the Medical Directorate as its holders: somebody there has to find one.
    """
    people: list[int] = []
    for name in to:
        if name == HOLDERS:
            steps = steps_of(move, row)
            held = move.waiting or {}
            people += [person for step in steps for person in ([step.holder_id] if step.holder_id else held[step])]
            people += move.bench.told(dict.fromkeys(step.queue for step in steps if step.queue))
        else:
            people += move.bench.told([name])
    return unique(people)


def reminder(move: Move, row: Deadline) -> str:
    """What the holders are told."""
    return f"{waiting(move, row)} It is due by the end of {in_full(row.due_on)}."


def waiting(move: Move, row: Deadline) -> str:
    """The case, and what in it the deadline waits for: whoever has several cases must see which one is meant."""
    names = "; ".join(dict.fromkeys(step.name for step in steps_of(move, row)))
    return f"{move.case.title}. Waiting: {names}."


def escalation(move: Move, row: Deadline) -> str:
    """What those are told to whom a late deadline is escalated: what waits, and for whom."""
    held = {step: (move.waiting or {})[step] for step in steps_of(move, row)}
    names = move.names_of(chain.from_iterable(held.values()))
    lines = [
        f"{step.name}: {', '.join(names[person] for person in people) or 'nobody holds it'}"
        for step, people in held.items()
    ]
    return f"It was due by the end of {in_full(row.due_on)} and still waits. {'. '.join(lines)}."


def send(move: Move, row: Deadline, people: Iterable[int], *, kind: str, subject: str, words: str) -> None:
    """A notice to each of them; the key keeps a second clock from sending it again."""
    key = f"{row.id}:{kind}:{civil_day(move.now)}"
    tell(move, people, key=key, kind=kind, subject=subject, words=words, deadline_id=row.id)
