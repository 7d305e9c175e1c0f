"""Teams in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from markupsafe import Markup

from webapp.presenters import dues, words
from webapp.presenters.cases import holder, process_title
from webapp.presenters.charts import Bar, stacked_bars
from workflows.domain.arithmetic.on_call_supplement import spoken
from workflows.domain.plan import CATEGORIES
from workflows.inbox.plans import Answer
from workflows.inbox.team_figures import Carries, TeamRota, ToCome
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
    return [
        (key, SHORT[key]) for key in CATEGORIES if any(one.by_category[key] for one in page.figures.carries.values())
    ]


def category(key: str) -> str:
    """A category in full."""
    return CATEGORIES.get(key, key)


def contract(member: Member) -> str:
    """ "Consultant, 10 PAs"."""
    contracted = f"{words.figure(member.contracted)} PAs" if member.contracted is not None else ""
    return ", ".join(part for part in (member.grade, contracted) if part) or "No contract on record"


def on_call(carries: Carries) -> str:
    """On-call as the plan names it: "Medical rota: 1 in 8, category A"; what is not on a rota by its title."""
    rotas = [_rota(row) for row in carries.rotas]
    return "; ".join(rotas or carries.on_call) or "–"


def _rota(row: Mapping[str, Any]) -> str:
    often = f"1 in {words.figure(row['frequency'])}" if row.get("frequency") else ""
    category = f"category {row['category']}" if row.get("category") else ""
    said = ", ".join(part for part in (often, category) if part)
    name = str(row.get("rota", "On-call"))
    return f"{name}: {said}" if said else name


def leads(carries: Carries) -> str:
    """Lead roles as the plan names them."""
    return "; ".join(carries.leads) or "–"


def often(rota: TeamRota) -> str:
    """ "1 in 8", or that nobody is on it."""
    return f"1 in {spoken(rota.frequency)}" if rota.frequency and rota.doctors else "Nobody is on it"


PARTS = (("DCC", {"dcc"}), ("SPA", {"spa"}), ("On-call", {"on_call"}))
"""The parts of a bar; what is none of these is “Other”."""


def chart(page: TeamPage) -> Markup:
    """The PAs of each member as bars, with a line at what the contract says."""
    members = [(one, one.carries) for one in page.members if one.carries]
    bars = [Bar(one.name, _parts(carries), one.contracted) for one, carries in members]
    text = "; ".join(f"{one.name} {words.figure(carries.total)}" for one, carries in members)
    said = f"PAs a week in all: {text}. The line across a bar is the contract. The table that follows has every figure."
    return stacked_bars("pas", "PAs a week of each doctor", said, [*(name for name, _ in PARTS), "Other"], bars)


def _parts(carries: Carries) -> tuple[Fraction, ...]:
    parts = [sum((carries.by_category[key] for key in keys), Fraction(0)) for _, keys in PARTS]
    return (*parts, carries.total - sum(parts, Fraction(0)))


class Split(NamedTuple):
    """A part-timer in a row."""

    name: str
    dcc: str
    dcc_pro_rata: str
    spa: str
    spa_pro_rata: str
    workload: str
    working: list[str]


def part_timers(page: TeamPage) -> list[Split]:
    """Those who work part-time, their plans beside the pro rata figures (BTH-3.4.6-a, BTH-3.4.6-d)."""
    found = [(one.name, one.carries.part_time) for one in page.members if one.carries and one.carries.part_time]
    return [
        Split(
            name,
            pas(split.dcc),
            pas(split.dcc_pro_rata),
            pas(split.spa),
            pas(split.spa_pro_rata),
            f"{words.figure(split.workload)}%",
            [f"{line.words}: {words.figure(line.value)}" for line in split.working],
        )
        for name, split in found
    ]


def version(coming: ToCome) -> str:
    """ "Dr Finn Doyle: version 2, a draft"."""
    state = f"agreed, from {words.short_day(coming.starts)}" if coming.starts else "a draft"
    return f"{coming.doctor}: version {coming.number}, {state}"


KINDS = (
    ("Held by nobody", {"requirement_without_lead", "held_by_nobody", "rota_without_doctors"}),
    ("Less than a service needs", {"service_need"}),
    ("Lead roles that several hold", {"lead_held_twice"}),
)


class Look(NamedTuple):
    """What the team should look at, of a kind. Each line: the sentence, its clauses, and "new" or "" by a proposal."""

    title: str
    lines: list[tuple[str, str, str]]


def to_look_at(page: TeamPage) -> list[Look]:
    """The findings of the team, those that a proposal would mend said as such."""
    figures = page.figures
    found = []
    for title, rules in KINDS:
        lines = [
            (gap.sentence, words.listed(list(gap.clauses)), "" if gap in figures.gaps_now else "New")
            for gap in figures.gaps
            if gap.rule in rules
        ]
        mended = [gap for gap in figures.gaps_now if gap not in figures.gaps and gap.rule in rules]
        lines += [(gap.sentence, words.listed(list(gap.clauses)), "Would be mended") for gap in mended]
        found.append(Look(title, lines))
    return [look for look in found if look.lines]


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
    """A service in a row: PAs a week now, as proposed and the difference, its need and what is lacking to that."""

    title: str
    names: str
    now: str
    proposed: str
    change: str
    need: str
    short: str


def services(page: TeamPage) -> list[Capacity]:
    """The team's services, and their sum at the end."""
    served = page.figures.services
    rows = [
        _capacity(one.title, words.listed(list(one.names)) or "Nobody", one.now, one.proposed, one.need)
        for one in served
    ]
    if not rows:
        return []
    proposed = [one.proposed for one in served if one.proposed is not None]
    now = sum((one.now for one in served), Fraction(0))
    return [*rows, _capacity("All services", "", now, sum(proposed, Fraction(0)) if proposed else None, None)]


def _capacity(title: str, names: str, now: Fraction, proposed: Fraction | None, need: Fraction | None) -> Capacity:
    change = (proposed or Fraction(0)) - now
    said = "no change" if not change else f"{words.figure(abs(change))} {'more' if change > 0 else 'fewer'}"
    return Capacity(
        title,
        names,
        pas(now),
        "" if proposed is None else pas(proposed),
        "" if proposed is None else said,
        "" if need is None else words.figure(need),
        "" if need is None else _enough(need, now, proposed),
    )


def _enough(need: Fraction, now: Fraction, proposed: Fraction | None) -> str:
    """ "1 short", "1 short now, enough as proposed"."""
    first, then = (
        f"{words.figure(need - has)} short" if need > has else "enough"
        for has in (now, now if proposed is None else proposed)
    )
    return first if first == then else f"{first} now, {then} as proposed"


def names(shared: Sequence[str]) -> str:
    """Several names."""
    return words.listed(shared)
