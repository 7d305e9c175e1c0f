"""Teams in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from webapp.presenters import dues, words
from webapp.presenters.cases import holder, process_title
from workflows.domain.plan import CATEGORIES
from workflows.inbox.plans import Answer
from workflows.inbox.teams import CaseState, Member, TeamPage

SHORT = {
    "dcc": "DCC",
    "spa": "SPA",
    "research": "Research",
    "additional_nhs": "Additional NHS",
    "external": "External",
    "academic": "Academic",
    "managerial": "Managerial",
    "on_call": "On-call",
}


class Stage(NamedTuple):
    """Where somebody's case is, as their row says it."""

    reference: str
    words: str
    holder: str
    tag: dues.Tag | None


def stage(state: CaseState, page: TeamPage) -> Stage:
    """A case in a cell: its step, who has it, how near its deadline is."""
    names = list(dict.fromkeys(step.name for step in state.steps))
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return Stage(
        reference=state.reference,
        words=("; ".join(names[:2]) + more) or state.stage or process_title(state.process),
        holder=words.listed(list(dict.fromkeys(holder(step) for step in state.steps))[:2]),
        tag=dues.left(state.due_on, page.today) if state.due_on else None,
    )


def pas(value: Fraction | None) -> str:
    """PAs as a plan writes them; a dash for none."""
    return words.figure(value) if value else "–"


def columns(page: TeamPage) -> list[tuple[str, str]]:
    """The categories that anybody in the team has, with their short names."""
    return [(key, SHORT[key]) for key in CATEGORIES if any(one.by_category.get(key) for one in page.members)]


def category(key: str) -> str:
    """A category in full."""
    return CATEGORIES.get(key, key)


def contract(member: Member) -> str:
    """ "Consultant, 10 PAs"."""
    contracted = f"{words.figure(member.contracted)} PAs" if member.contracted is not None else ""
    return ", ".join(part for part in (member.grade, contracted) if part) or "No contract on record"


def on_call(member: Member) -> str:
    """On-call and lead duties as the plan names them."""
    return "; ".join([*member.on_call, *member.leads])


def progress(page: TeamPage) -> str:
    """ "3 of 8 doctors have a plan in force."."""
    have = "has" if page.planned == 1 else "have"
    return f"{page.planned} of {words.count(len(page.members), 'doctor')} {have} a plan in force."


def answer(said: Answer) -> str:
    """What the team answered."""
    if isinstance(said.value, bool):
        return "Yes" if said.value else "No"
    if said.type == "date":
        return words.day(date.fromisoformat(str(said.value)))
    if isinstance(said.value, list):
        return words.listed([str(one) for one in said.value])
    return str(said.value)


def there(row: Mapping[str, Any]) -> str:
    """Whether somebody was at the session."""
    if row.get("present"):
        return "Took part"
    return f"Absent: {row['reason']}" if row.get("reason") else "Absent"


class Capacity(NamedTuple):
    """A service in a row: PAs a week now, as proposed, and the difference."""

    title: str
    names: str
    now: str
    proposed: str
    change: str


def services(page: TeamPage) -> list[Capacity]:
    """The team's services, and their sum at the end."""
    rows = [
        _capacity(one.title, words.listed(list(one.names)) or "Nobody", one.now, one.proposed) for one in page.services
    ]
    if not rows:
        return []
    proposed = [one.proposed for one in page.services if one.proposed is not None]
    now = sum((one.now for one in page.services), Fraction(0))
    return [*rows, _capacity("All services", "", now, sum(proposed, Fraction(0)) if proposed else None)]


def _capacity(title: str, names: str, now: Fraction, proposed: Fraction | None) -> Capacity:
    change = (proposed or Fraction(0)) - now
    if proposed is None:
        return Capacity(title, names, pas(now), "", "")
    said = "no change" if not change else f"{words.figure(abs(change))} {'more' if change > 0 else 'fewer'}"
    return Capacity(title, names, pas(now), pas(proposed), said)


def names(shared: Sequence[str]) -> str:
    """Several names."""
    return words.listed(shared)
