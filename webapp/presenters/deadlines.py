"""Deadlines in words."""

from datetime import timedelta

from markupsafe import Markup

from webapp.presenters import dues, words
from workflows.inbox.clauses import Clause
from workflows.inbox.deadlines import DeadlineLine, DeadlinePage, Rung

EFFECTS = {
    "lapse": "The right to do it ends with that day. A request that comes later is admitted only by the role that the "
    "process names, with a reason on record.",
    "late": "It is shown as late and stays to be done; nothing is lost.",
    "come": "Nothing is late: with that day happens what the process draws for it.",
    "escalate": "It is shown as late, stays to be done, and those above are told as listed here.",
}
DEEDS = {"due": "The day itself", "remind": "Reminder", "escalate": "Escalation"}


def tag(line: DeadlineLine) -> dues.Tag:
    """The state of a deadline: how near it is while it runs, how it ended afterwards."""
    if line.status == "met":
        return dues.Tag("Met", "green")
    if line.status == "lapsed":
        return dues.Tag("Lapsed", "grey")
    if line.status == "cancelled":
        return dues.Tag("No longer needed", "grey")
    if line.ended_on:
        late = (line.ended_on - line.due_on).days
        return dues.Tag(f"Done {words.count(late, 'day')} late", "orange")
    if line.paused:
        return dues.Tag("Clock stopped", "blue")
    return dues.left(line.due_on, line.today)


def due(line: DeadlineLine) -> str:
    """The due day; of a window, both its days."""
    if line.opens_on:
        return f"{words.short_day(line.opens_on)} to {words.day(line.due_on)}"
    return words.day(line.due_on)


def strength(line: DeadlineLine) -> str:
    """How strongly the policy words it."""
    return "The policy says that it must be done by then." if line.strength == "must" else "The policy says “normally”."


def effect(page: DeadlinePage) -> str:
    """What the passing of the date means."""
    return EFFECTS[page.effect]


def source(page: DeadlinePage) -> str:
    """Who says so."""
    if page.source == "national":
        doubt = "" if page.verified else " It has not been checked again in its source."
        return f"This is a national rule: the trust’s own policy leaves it unsaid.{doubt}"
    return "This is the trust’s own policy."


def clause(said: Clause) -> Markup:
    """A clause as an inset: where it stands, and what it asks for in our words."""
    place = f"{said.policy} {said.section}, {said.heading} ({said.id})"
    return Markup("<p class='app-quiet'>{}</p><p>{}.</p>").format(place, said.requirement.rstrip("."))


def deed(rung: Rung) -> str:
    """ "Reminder to whoever has the step", "Escalation to the Medical Director"."""
    to = words.listed(["whoever has the step" if one == "holders" else one for one in rung.to])
    return f"{DEEDS[rung.kind]} to {to}" if to else DEEDS[rung.kind]


def when(rung: Rung) -> str:
    """When it happened, or when it will. The end of a day is the day's, not the next one's midnight."""
    if rung.kind == "due":
        return f"The end of {words.day(rung.at - timedelta(seconds=1))}"
    if rung.state == "fired" and rung.fired_at:
        return words.moment(rung.fired_at)
    return words.moment(rung.at)


def rung_tag(rung: Rung) -> dues.Tag:
    """Whether it has happened."""
    if rung.state == "fired":
        return dues.Tag("Done" if rung.kind == "due" else "Sent", "green")
    if rung.state == "overtaken":
        return dues.Tag("Overtaken by a later one", "grey")
    return dues.Tag("To come", "white")
