"""A job plan in words and figures."""

from collections.abc import Iterable, Mapping
from datetime import time
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from webapp.presenters import plan_parts, side_by_side, words
from webapp.presenters.dues import Tag
from workflows.domain.people import CONTRACT_KINDS
from workflows.domain.plan import (
    CATEGORIES,
    DAYS,
    SUPPORT,
    TEACHING,
    Activity,
    Plan,
    compare,
    section_title,
)
from workflows.domain.plan.oddities import oddity, oddity_of
from workflows.inbox.panels import ContractInBrief, PlanPanel, Version

CONTRACTS = CONTRACT_KINDS
at_head, parts, statements = plan_parts.at_head, plan_parts.parts, plan_parts.statements


class Line(NamedTuple):
    """An activity as a table shows it."""

    title: str
    when: str
    place: str
    pas: str
    rests: tuple[str, ...] = ()
    """What it rests on, a phrase each."""
    look_again: str = ""
    """What looks like a slip in it."""


class Kind(NamedTuple):
    """A kind of activity with its lines, or why there are none."""

    title: str
    lines: tuple[Line, ...]
    total: str
    reason: str


def kinds(plan: Plan) -> list[Kind]:
    """The plan, kind by kind."""
    totals = plan.totals().by_category
    return [
        Kind(
            title=title,
            lines=tuple(line(activity) for activity in plan.in_category(key)),
            total=words.figure(totals[key]),
            reason=plan.not_applicable.get(key, ""),
        )
        for key, title in CATEGORIES.items()
    ]


def line(activity: Activity) -> Line:
    """One line of the plan."""
    return Line(
        title=activity.title,
        when=when(activity),
        place=activity.place or "–",
        pas=words.figure(activity.pas),
        rests=(*plan_parts.shape(activity), *plan_parts.details(activity), *rests(activity)),
        look_again=oddity(activity),
    )


def look_again(row: Any, category: str) -> str:
    """What looks like a slip in a line of the editor, as far as its times can be read."""
    start, end = row["start"].data, row["end"].data
    if not isinstance(start, time) or not isinstance(end, time):
        return ""
    return oddity_of(f"{start:%H:%M}", f"{end:%H:%M}", category)


def rests(activity: Activity) -> list[str]:
    """What the line rests on: "Evidence: clinic list of May"."""
    said = [f"{SUPPORT[part].capitalize()}: {activity.support[part]}" for part in TEXTS if part in activity.support]
    if activity.teaching:
        said.append(TEACHING[activity.teaching])
    if activity.agreed:
        said.append(SUPPORT["agreed"].capitalize())
    return said


TEXTS = ("details", "evidence", "need", "division", "hr")


def rests_so_far(row: Any, parts: Iterable[str]) -> str:
    """What has been said about a line in the editor: "evidence, organisational need"."""
    said = [SUPPORT[part] for part in parts if row[part].data]
    return ", ".join(said) or "nothing said yet"


def rests_open(row: Any, parts: Iterable[str]) -> bool:
    """Whether something in there has to be looked at."""
    return any(row[part].errors for part in parts)


def taught(row: Mapping[str, Any]) -> str:
    """A session with teaching in it: "Tuesday clinic: 25% teaching, workload 12, weighted 9. Funded by …"."""
    said = f"{row['session']}: {row['share']}% teaching, workload {row['workload']}, weighted {row['weighted']}"
    more = [f"Funding: {row['funding']}" if row["funding"] else "", row["adjustment"]]
    return ". ".join([said, *(part for part in more if part)]) + "."


def when(activity: Activity) -> str:
    """ "Monday, 09:00 to 13:00"."""
    hours = f"{activity.start} to {activity.end}" if activity.start else ""
    return ", ".join(part for part in (DAYS[activity.day], hours) if part)


def balance(total: Fraction, contract: ContractInBrief | None) -> Tag | None:
    """How the planned PAs stand to the contracted ones (CPFT-7.1-d); None without a contract."""
    if contract is None:
        return None
    gap = total - Fraction(contract.pas)
    if gap == 0:
        return Tag("As contracted", "green")
    return Tag(f"{words.figure(abs(gap))} {'more than' if gap > 0 else 'less than'} contracted", "orange")


def changes(panel: PlanPanel, plan: Plan | None = None) -> list[tuple[str, list[str]]]:
    """What differs from the plan agreed last, by section; empty when there is none to compare with."""
    new = plan or (panel.draft.plan if panel.draft else None)
    if new is None or panel.agreed is None:
        return []
    return changes_between(panel.agreed.plan, new)


def changes_between(old: Plan, new: Plan) -> list[tuple[str, list[str]]]:
    """What differs between two plans, by section."""
    found: dict[str, list[str]] = {}
    for difference in compare(old, new):
        found.setdefault(section_title(difference.section), []).append(difference.sentence)
    return list(found.items())


def beside(panel: PlanPanel) -> side_by_side.View | None:
    """The draft beside the plan agreed last, in PAs and hours; None where there is none."""
    return side_by_side.of_panel(panel)


def agreed_last(version: Version) -> str:
    """ "the plan in force (version 2)", "the plan agreed from 1 April 2027 (version 3)"."""
    waits = version.effective_from if version.status == "agreed" else None
    state = f"agreed from {words.day(waits)}" if waits else "in force"
    return f"the plan {state} (version {version.number})"


def gives_way(panel: PlanPanel) -> str:
    """What signing this plan does to one that is agreed and waits for its first day; empty where none does."""
    agreed = panel.agreed
    if agreed is None or agreed.status != "agreed" or agreed.effective_from is None:
        return ""
    day = words.day(agreed.effective_from)
    return (
        f"Version {agreed.number} is agreed already and comes into force on {day}. If this plan starts on that day or "
        f"before, it takes the place of version {agreed.number}; if it starts later, it follows it."
    )


def returned(panel: PlanPanel) -> list[tuple[str, str]]:
    """Why the plan came back, section by section."""
    return [(section_title(section), reason) for section, reason in panel.returned.items()]


def contract_kind(contract: ContractInBrief) -> str:
    """What kind of contract it is."""
    return CONTRACTS.get(contract.kind, contract.kind.replace("_", " ").capitalize())


def said_as_text(value: object) -> str:
    """An answer as text."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float | Decimal | Fraction):
        return words.figure(Fraction(value))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return words.listed([str(one) for one in value])
    return words.day(value) if hasattr(value, "year") else str(value)  # type: ignore[arg-type]  # a date has a year
