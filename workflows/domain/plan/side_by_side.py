"""Versions of a job plan beside each other: every line and entry as each of them has it, and what it comes to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from workflows.domain.arithmetic.terms import Terms
from workflows.domain.calendars import in_words
from workflows.domain.fields import Field, Json
from workflows.domain.plan.comparing import compare, row_title, shown
from workflows.domain.plan.content import Plan
from workflows.domain.plan.lines import CATEGORIES, SECTIONS, Activity, pas_as_text
from workflows.domain.plan.parts import PARTS, STATEMENTS
from workflows.domain.plan.working_out import figures

NONE = Fraction(0)
HEAD: Mapping[str, str] = MappingProxyType(
    {
        "effective_from": "Start",
        "effective_to": "End",
        "base": "Main place of work",
        "payroll_number": "Payroll number",
        "contract": "Contract",
    }
)
"""What the head of a plan says, with its titles."""
Pairs = tuple[tuple[str, str], ...]
"""Labels, each with what is said under it; the label of a single value is ""."""


@dataclass(frozen=True)
class Column:
    """A plan to be laid beside others, and the terms by which its hours are reckoned; None where nobody knows them."""

    plan: Plan
    terms: Terms | None = None


@dataclass(frozen=True)
class Amount:
    """PAs and hours a week, exact; the hours are None where the terms of the contract are not known."""

    pas: Fraction
    hours: Fraction | None

    def __add__(self, other: "Amount") -> "Amount":
        """Both together."""
        return Amount(self.pas + other.pas, _both(self.hours, other.hours, 1))

    def __sub__(self, other: "Amount") -> "Amount":
        """How much more this is."""
        return Amount(self.pas - other.pas, _both(self.hours, other.hours, -1))


def _both(one: Fraction | None, other: Fraction | None, sign: int) -> Fraction | None:
    return None if one is None or other is None else one + sign * other


@dataclass(frozen=True)
class Line:
    """A line of a category by its id, in each plan or None; one that changed its category stands in both."""

    category: str
    id: str
    title: str
    cells: tuple[Activity | None, ...]
    amounts: tuple[Amount, ...]
    """Nothing where it is not there."""
    sentences: tuple[str, ...]
    """What each further plan says otherwise than the first; "" where it says the same."""

    @property
    def differs(self) -> bool:
        """Whether any plan says it otherwise."""
        return any(self.sentences)


@dataclass(frozen=True)
class Entry:
    """What the plans say beside their lines: of the head, of a row, of a statement, of why a section stays empty."""

    section: str
    id: str
    title: str
    cells: tuple[Pairs, ...]
    """Empty where it is not there. Of a row that differs, only what differs in it."""
    sentences: tuple[str, ...]
    """As those of a line."""

    @property
    def differs(self) -> bool:
        """Whether any plan says it otherwise."""
        return any(self.sentences)


@dataclass(frozen=True)
class SideBySide:
    """Two plans or more, the first being that from which the others differ."""

    by_category: Mapping[str, tuple[Amount, ...]]
    """Every category."""
    overall: tuple[Amount, ...]
    lines: tuple[Line, ...]
    """By category, those of the first plan first."""
    entries: tuple[Entry, ...]
    """By section."""

    @property
    def differs(self) -> bool:
        """Whether any plan says anything otherwise than the first."""
        return any(one.differs for one in (*self.lines, *self.entries))


Said = Mapping[tuple[str, str], str]
"""A sentence by section and element."""


def side_by_side(columns: Sequence[Column]) -> SideBySide:
    """Lay plans of one doctor beside each other (CPFT-7.8.3, TCS-4-n): lines, rows and statements by their ids.

    The PAs are those that the plan itself holds, so that its totals are those of `Plan.totals`."""
    plans = [column.plan for column in columns]
    said = [_sentences(plans[0], plan) for plan in plans[1:]]
    hours = [_hours(column) for column in columns]
    lines = tuple(line for category in CATEGORIES for line in _lines(category, plans, hours, said))
    nothing = tuple(Amount(NONE, None if column.terms is None else NONE) for column in columns)
    sums = dict.fromkeys(CATEGORIES, nothing)
    for line in lines:
        sums[line.category] = _added(sums[line.category], line.amounts)
    overall = nothing
    for amounts in sums.values():
        overall = _added(overall, amounts)
    entries = tuple(entry for section in SECTIONS for entry in _entries(section, plans, said))
    return SideBySide(MappingProxyType(sums), overall, lines, entries)


def _added(one: tuple[Amount, ...], other: tuple[Amount, ...]) -> tuple[Amount, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _sentences(first: Plan, other: Plan) -> Said:
    return {(each.section, each.element_id): each.sentence for each in compare(first, other)}


def _hours(column: Column) -> Mapping[str, Fraction | None]:
    """Hours a week of each line, by its id."""
    if column.terms is None:
        return dict.fromkeys((line.id for line in column.plan.activities), None)
    return {key: each.hours_a_week for key, each in figures(column.plan, column.terms).lines.items()}


def _lines(
    category: str, plans: Sequence[Plan], hours: Sequence[Mapping[str, Fraction | None]], said: Sequence[Said]
) -> Iterator[Line]:
    held = [{line.id: line for line in plan.in_category(category)} for plan in plans]
    for identity in dict.fromkeys(identity for lines in held for identity in lines):
        cells = tuple(lines.get(identity) for lines in held)
        amounts = tuple(
            Amount(cell.pas if cell else NONE, hour[identity] if cell else (NONE if plan_knows(hour) else None))
            for cell, hour in zip(cells, hours, strict=True)
        )
        title = next(cell.title for cell in reversed(cells) if cell)
        yield Line(category, identity, title, cells, amounts, _of(said, category, identity))
