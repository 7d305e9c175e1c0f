"""What a finding is, and how a rule says that it has found something."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.around import Around
from workflows.domain.plan.lines import Activity

WHOLE = "plan"
"""Where a finding stands that is about the plan as a whole."""


class Severity(StrEnum):
    """What a finding means."""

    ERROR = "error"
    """The plan cannot be agreed like this."""
    WARNING = "warning"
    """It stands open until it is settled or a reason is given."""
    NOTE = "note"
    """To be seen; nobody has to do anything."""


class Found(NamedTuple):
    """What a rule finds at a place of the plan."""

    key: str
    """Where: "activities.2.evidence", counted from 0, "statements.private_work", "not_applicable.leave" or "plan"."""
    about: str
    """The id of the line or row; "" for a finding about the plan."""
    sentence: str
    severity: str = ""
    """Where it is not the rule's."""
    clauses: tuple[str, ...] = ()
    """Likewise."""
    other: str = ""
    """The id of the other line or row, where it is about two."""


Finder = Callable[[Plan, Around], Iterator[Found]]


@dataclass(frozen=True)
class Rule:
    """A rule on job plans: a title, how much it means, a phrase on what settles it, and what finds it."""

    title: str
    severity: Severity
    settle: str
    find: Finder
    section: str
    """Where in the plan to look for a finding that is about the plan as a whole."""


def rule(title: str, severity: Severity, settle: str, *, section: str = "period") -> Callable[[Finder], Rule]:
    """Make a rule of the function below. Its name is the key by which policies name the rule."""
    return lambda find: Rule(title, severity, settle, find, section)


@dataclass(frozen=True)
class Finding:
    """Something in a plan that does not fit a rule of the policy yet."""

    rule: str
    title: str
    severity: Severity
    clauses: tuple[str, ...]
    key: str
    """Where it stands: "activities.2.evidence", counted from 0, "statements.private_work" or "plan"."""
    section: str
    """The section of the plan that it belongs to."""
    line: str
    """The id of the activity or row; "" for a finding about the plan."""
    other: str
    """The id of the other activity or row, where it is about two."""
    sentence: str
    settle: str
    """What would settle it."""
    reason: str = ""
    """Why it stays as it is, as somebody wrote into the plan."""

    @property
    def stable(self) -> str:
        """What its reason is kept under, wherever in the plan it stands: "evidence:clinic"."""
        return stable(self.rule, self.line, self.key)

    @property
    def open(self) -> bool:
        """Whether something has to be done about it: mend it, or give a reason."""
        return self.severity is Severity.ERROR or (self.severity is Severity.WARNING and not self.reason)


def stable(rule_key: str, about: str, key: str) -> str:
    """The rule with what it is about: a line or row by its id, else the place."""
    return f"{rule_key}:{about or key}"


def lines(plan: Plan, category: str = "", *kinds: str) -> Iterator[tuple[str, Activity]]:
    """The lines with their places ("activities.2"): those of a category, and of some types, or all."""
    for number, line in enumerate(plan.activities):
        if (not category or line.category == category) and (not kinds or line.subcategory in kinds):
            yield f"activities.{number}", line


def rows(plan: Plan, part: str, *kinds: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of a part with their places ("outside.0"): those of some kinds, or all."""
    for number, row in enumerate(plan.entries(part)):
        if not kinds or row.get("kind") in kinds:
            yield f"{part}.{number}", row


def named(line: Activity) -> str:
    """How a sentence calls a line."""
    return f"“{line.title}”"


def called(row: Mapping[str, Any], column: str, otherwise: str) -> str:
    """How a sentence calls a row, by one of its columns."""
    return f"“{row[column]}”" if row.get(column) else otherwise


def day_of(value: object) -> date | None:
    """A date as plans hold it."""
    return date.fromisoformat(str(value)) if value else None


def number_of(value: object) -> Fraction:
    """A number as plans hold it; nothing is 0."""
    return Fraction(str(value)) if value not in (None, "") else Fraction(0)


def shortly(value: Fraction) -> str:
    """A figure as a sentence needs it, to three places: "0.582"; its working has it exactly."""
    return f"{float(round(value, 3)):.3f}".rstrip("0").rstrip(".")
