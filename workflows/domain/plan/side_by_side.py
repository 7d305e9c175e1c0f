"""Versions of a job plan beside each other: every line and entry as each of them has it, and what it comes to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from workflows.domain.calendars import in_words
from workflows.domain.fields import Field, Json
from workflows.domain.plan.comparing import compare, row_title, shown
from workflows.domain.plan.content import Plan
from workflows.domain.plan.lines import CATEGORIES, SECTIONS, Activity, pas_as_text
from workflows.domain.plan.parts import PARTS, STATEMENTS, Part
from workflows.domain.plan.working_out import Figures

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
    """A plan to be laid beside others, and its figures; None where nobody knows the terms of its contract."""

    plan: Plan
    figures: Figures | None = None


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
        return any(line.differs for line in self.lines) or any(entry.differs for entry in self.entries)


Said = Mapping[tuple[str, str], str]
"""A sentence by section and element."""


def side_by_side(columns: Sequence[Column]) -> SideBySide:
    """Lay plans of one doctor beside each other: lines, rows and statements by their ids.

    The PAs are those that a plan itself holds, so that its sums are those of `Plan.totals`."""
    plans = [column.plan for column in columns]
    said = [_sentences(plans[0], plan) for plan in plans[1:]]
    nothing = tuple(Amount(NONE, NONE if column.figures else None) for column in columns)
    amounts = [_amounts(column) for column in columns]
    lines = tuple(line for category in CATEGORIES for line in _lines(category, plans, amounts, nothing, said))
    sums = dict.fromkeys(CATEGORIES, nothing)
    for line in lines:
        sums[line.category] = _added(sums[line.category], line.amounts)
    overall = nothing
    for each in sums.values():
        overall = _added(overall, each)
    entries = tuple(entry for section in SECTIONS for entry in _entries(section, plans, said))
    return SideBySide(MappingProxyType(sums), overall, lines, entries)


def _added(one: Sequence[Amount], other: Sequence[Amount]) -> tuple[Amount, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _sentences(first: Plan, other: Plan) -> Said:
    return {(each.section, each.element_id): each.sentence for each in compare(first, other)}


def _amounts(column: Column) -> Mapping[str, Amount]:
    """What each line of a plan comes to, by its id."""
    valued = column.figures.lines if column.figures else None
    return {
        line.id: Amount(line.pas, valued[line.id].hours_a_week if valued is not None else None)
        for line in column.plan.activities
    }


def _lines(
    category: str,
    plans: Sequence[Plan],
    amounts: Sequence[Mapping[str, Amount]],
    nothing: Sequence[Amount],
    said: Sequence[Said],
) -> Iterator[Line]:
    held = [{line.id: line for line in plan.in_category(category)} for plan in plans]
    for identity in dict.fromkeys(identity for lines in held for identity in lines):
        cells = tuple(lines.get(identity) for lines in held)
        come_to = tuple(
            own[identity] if cell else none for cell, own, none in zip(cells, amounts, nothing, strict=True)
        )
        title = next(cell.title for cell in reversed(cells) if cell)
        yield Line(category, identity, title, cells, come_to, _of(said, category, identity))


def _of(said: Sequence[Said], section: str, element: str) -> tuple[str, ...]:
    return tuple(each.get((section, element), "") for each in said)


def _entries(section: str, plans: Sequence[Plan], said: Sequence[Said]) -> Iterator[Entry]:
    """What stands in a section beside its lines; what no plan says is left out."""
    for identity, title, cells in _cells(section, plans):
        if any(cells):
            yield Entry(section, identity, title, cells, _of(said, section, identity))


Cells = tuple[Pairs, ...]


def _cells(section: str, plans: Sequence[Plan]) -> Iterator[tuple[str, str, Cells]]:
    if section == "period":
        yield from ((key, title, _single(_head(plan, key) for plan in plans)) for key, title in HEAD.items())
    elif section == "notes":
        yield "notes", "Notes", _single(plan.notes for plan in plans)
    elif section == "statements":
        for question in STATEMENTS:
            answers = (shown(question, plan.said(question.key)) for plan in plans)
            yield question.key, question.label, _single(answers)
    else:
        yield section, "Does not apply", _single(plan.not_applicable.get(section, "") for plan in plans)
        yield from _rows(PARTS[section], plans) if section in PARTS else ()
    if section == "spa":
        yield "spa_split", "Split between employers", tuple(_split(plan) for plan in plans)


def _single(texts: Iterable[str]) -> Cells:
    return tuple((("", text),) if text else () for text in texts)


def _head(plan: Plan, key: str) -> str:
    value = getattr(plan, key)
    return in_words(value) if isinstance(value, date) else value or ""


def _split(plan: Plan) -> Pairs:
    return tuple((share.holder, f"{pas_as_text(share.pas)} PA") for share in plan.spa_split)


def _rows(part: Part, plans: Sequence[Plan]) -> Iterator[tuple[str, str, Cells]]:
    held = [{str(row["id"]): row for row in plan.entries(part.key)} for plan in plans]
    for identity in dict.fromkeys(identity for rows in held for identity in rows):
        there = [rows[identity] for rows in held if identity in rows]
        columns = _telling(part.columns, there, everywhere=len(there) == len(plans))
        cells = tuple(_pairs(columns, rows[identity]) if identity in rows else () for rows in held)
        yield identity, row_title(part, there[-1]), cells


def _telling(columns: Sequence[Field], rows: Sequence[Mapping[str, Json]], *, everywhere: bool) -> Sequence[Field]:
    """The columns that tell versions of a row apart; all of them where it is new or gone, or the same everywhere."""
    differing = [column for column in columns if any(row.get(column.key) != rows[0].get(column.key) for row in rows)]
    return differing if differing and everywhere else columns


def _pairs(columns: Iterable[Field], row: Mapping[str, Json]) -> Pairs:
    return tuple((column.label.rstrip("?"), text) for column in columns if (text := shown(column, row.get(column.key))))
