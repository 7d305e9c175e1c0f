"""What a job plan comes to, in words: its totals beside the contract, their working, its year, and what is found."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

from webapp.presenters import words
from webapp.presenters.dues import Tag
from webapp.presenters.plan_findings import by_rule
from workflows.domain.arithmetic.timetable import Valued
from workflows.domain.arithmetic.working import PER_CENT, Figure, Working, plainly
from workflows.domain.plan import CATEGORIES, PARTS, Activity, Finding, Severity
from workflows.domain.plan.on_call import rota_of
from workflows.inbox.plan_figures import PlanFigures, Reckoned

UNITS: Mapping[str, str] = MappingProxyType({PER_CENT: "%"})
READABLE = 999
"""The largest denominator that is written beside a decimal."""
BAR = 100
"""How high the highest week stands in the picture of the year."""


class Line(NamedTuple):
    """A line of the plan with how its PAs come about."""

    title: str
    when: str
    pas: str
    working: tuple[str, ...]
    rota: int | None
    """The rota from which it comes."""


class Row(NamedTuple):
    """A category in figures: PAs and hours, a week and a year."""

    title: str
    pas: str
    hours: str
    pas_a_year: str
    hours_a_year: str
    lines: tuple[Line, ...] = ()


class Said(NamedTuple):
    """A figure about the plan as a whole, with its working; `note` has to be seen."""

    title: str
    figure: str
    working: tuple[str, ...]
    note: str = ""


class Month(NamedTuple):
    """A month of the year with its weeks."""

    title: str
    pas: str
    weeks: tuple[str, ...]


class Bar(NamedTuple):
    """A week in the picture of the year: `place` counts from 0, `height` is out of BAR."""

    place: int
    height: int
    words: str


class Found(NamedTuple):
    """Something that a rule finds, and where to mend it."""

    sentence: str
    anchor: str


class OfRule(NamedTuple):
    """What one rule finds, wherever that is in the plan."""

    title: str
    found: tuple[Found, ...]
    more: str
    """What settles it, and the clauses."""


class Group(NamedTuple):
    """Findings that mean the same: "Cannot be agreed like this"."""

    title: str
    tag: Tag
    rules: tuple[OfRule, ...]

    @property
    def places(self) -> int:
        """How many there are of all its rules."""
        return sum(len(one.found) for one in self.rules)


GROUPS: Mapping[Severity, tuple[str, Tag]] = MappingProxyType(
    {
        Severity.ERROR: ("Has to be mended before the plan can be agreed", Tag("To mend", "red")),
        Severity.WARNING: ("To be settled, or to be given a reason", Tag("Look again", "orange")),
        Severity.NOTE: ("To know", Tag("Note", "grey")),
    }
)


def rows(worked: PlanFigures) -> list[Row]:
    """The categories that have lines."""
    return [
        _row(title, worked.reckoned.figures.by_category[key], _lines(worked, key))
        for key, title in CATEGORIES.items()
        if worked.reckoned and worked.plan.in_category(key)
    ]


def overall(worked: PlanFigures) -> Row | None:
    """The last row of the table; None without terms to reckon by."""
    return _row("Altogether", worked.reckoned.figures.overall) if worked.reckoned else None


def _plain(value: Fraction) -> str:
    """A figure with its fraction, as long as that can be read: the file of a command has it exactly."""
    return plainly(value) if value.denominator <= READABLE else words.figure(value)


def _row(title: str, value: Valued, lines: tuple[Line, ...] = ()) -> Row:
    return Row(
        title=title,
        pas=_plain(value.pas_a_week),
        hours=_plain(value.hours_a_week),
        pas_a_year=_plain(value.pas_a_year),
        hours_a_year=_plain(value.hours_a_year),
        lines=lines,
    )


def _lines(worked: PlanFigures, category: str) -> tuple[Line, ...]:
    values = worked.reckoned.figures.lines if worked.reckoned else {}
    return tuple(_line(line, values[line.id]) for line in worked.plan.in_category(category))


def _line(line: Activity, value: Valued) -> Line:
    when = line.in_words().rpartition(" (")[0]
    return Line(line.title, when, _plain(value.pas_a_week), _working(value.working), rota_of(line.id))


def _working(lines: Iterable[Working]) -> tuple[str, ...]:
    return tuple(f"{line.words} = {_plain(line.value)} {UNITS.get(line.unit, line.unit)}" for line in lines)


def wholes(worked: PlanFigures) -> list[Said]:
    """The figures about the plan as a whole, without those that say nothing here."""
    found = worked.reckoned
    if found is None:
        return []
    values, terms = found.figures, found.terms
    said = [_against_contract(worked, found), _said("Pensionable PAs a week", found.pensionable)]
    if values.additional.pas_a_week:
        words_ = "All PAs less the additional ones"
        working = (f"{words_}: {_plain(values.overall.pas_a_week)} – {_plain(values.additional.pas_a_week)}",)
        said.insert(1, Said("Standard PAs a week", _plain(values.standard.pas_a_week), working))
        said.insert(2, Said("Additional PAs a week", _plain(values.additional.pas_a_week), ()))
    elif found.over.value:
        note = f"More than {_plain(terms.full_time_pas)} PAs need an agreement on additional PAs."
        said.insert(1, _said("Above a whole-time contract", found.over)._replace(note=note))
    said.append(_said("Hours a week, with private and other work", found.hours))
    if found.out_of_hours.value:
        share = _said("Share of the hours out of hours", found.out_of_hours)
        said.append(share._replace(figure=f"{words.figure(found.out_of_hours.value)} %"))
    return said


def _said(title: str, figure: Figure) -> Said:
    return Said(title, _plain(figure.value), _working(figure.working), figure.note)


def _against_contract(worked: PlanFigures, found: Reckoned) -> Said:
    """The PAs of the plan beside those of the contract, part-time too (CPFT-7.1-d)."""
    full = _plain(found.terms.full_time_pas)
    if worked.contracted is None:
        return Said("Contracted PAs a week", full, ("Payroll names none: this is a whole-time contract",))
    share = Fraction(worked.contracted) / found.terms.full_time_pas
    working = () if share == 1 else (f"{_plain(worked.contracted)} of {full} PA: part-time, pro rata",)
    return Said("Contracted PAs a week", _plain(worked.contracted), working)


# ------------------------------------------------------------------------------------------------------------- the year


def year_words(worked: PlanFigures, found: Reckoned) -> str:
    """What the year comes to, in a sentence; and which year it is, while the plan has no start."""
    year = found.year
    first = words.short_day(year.weeks[0].starts)
    which = "" if worked.plan.effective_from else f"The plan has no start yet: this is the year from {first}. "
    away = year.weeks_in_year - year.weeks_in_attendance
    weeks = f"{_plain(away)} of {_plain(year.weeks_in_year)} weeks"
    return (
        f"{which}The lines put {_plain(year.planned)} PAs into the year. In {weeks} the doctor is away, and what goes "
        f"by weeks or months does not happen: {_plain(year.annual)} PAs a year count."
    )


def months(found: Reckoned) -> list[Month]:
    """The year by months, each with the weeks that begin in it."""
    all_of = found.year.months
    ends = [month.starts for month in all_of[1:]]
    return [
        Month(
            title=f"{month.starts:%B %Y}",
            pas=words.figure(month.pas),
            weeks=tuple(
                f"{_short(week.starts)}: {words.figure(week.pas)}"
                for week in found.year.weeks
                if month.starts <= week.starts and (end is None or week.starts < end)
            ),
        )
        for month, end in zip(all_of, [*ends, None], strict=True)
    ]


def bars(found: Reckoned) -> list[Bar]:
    """The weeks as a picture."""
    weeks = found.year.weeks
    highest = max((week.pas for week in weeks), default=Fraction(0)) or Fraction(1)
    return [
        Bar(place, round(BAR * week.pas / highest), f"Week from {_short(week.starts)}: {words.figure(week.pas)} PAs")
        for place, week in enumerate(weeks)
    ]


def picture_words(found: Reckoned) -> str:
    """What the picture shows, for whoever does not see it."""
    pas = [week.pas for week in found.year.weeks if week.pas] or [Fraction(0)]
    if min(pas) == max(pas):
        return f"The weeks of the year: {words.figure(pas[0])} PAs in each."
    return f"The weeks of the year: from {words.figure(min(pas))} to {words.figure(max(pas))} PAs."


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


# ------------------------------------------------------------------------------------------- what is found, and where


def groups(worked: PlanFigures, extra: Any) -> list[Group]:
    """What the rules find and nobody has given a reason for, rule by rule, what matters most first."""
    still = [each for each in worked.findings if not each.reason]
    return [
        Group(title, tag, tuple(_of_rule(found, extra) for found in by_rule(of_severity)))
        for severity, (title, tag) in GROUPS.items()
        if (of_severity := [each for each in still if each.severity == severity])
    ]


def _of_rule(findings: Sequence[Finding], extra: Any) -> OfRule:
    first = findings[0]
    settle = f"To settle it: {first.settle}" if first.settle else ""
    more = ". ".join(part for part in (settle, words.listed(list(first.clauses))) if part)
    return OfRule(first.title, tuple(Found(each.sentence, anchor(each, extra)) for each in findings), more)


def anchor(finding: Finding, extra: Any) -> str:
    """The box that a finding is about, else the part of the plan where it belongs."""
    head, _, rest = finding.key.partition(".")
    if head == "statements" and rest in extra.statements:
        return f"#{extra.statements[rest].id}"
    if head == "not_applicable":
        return f"#{rest}-reason"
    column = "_".join(finding.key.split(".")[2:]) if finding.line else ""
    for each in (*extra.kinds, *extra.parts):
        for row in each.rows:
            if finding.line and row["id"].data == finding.line:
                return f"#{row[column if column in row else next(name for name in row.values() if name != 'id')].id}"
    return f"#{'kind' if finding.section in CATEGORIES else 'part'}-{finding.section}"


def unread(worked: PlanFigures, extra: Any) -> list[tuple[str, str]]:
    """What could not be reckoned with: sentences, each with the place of its box."""
    return [
        (sentence, f"#{extra.place_of(key)}")
        for key, sentence in worked.unread.items()
        if key.partition(".")[0] in {"activities", *PARTS, "plan"}
    ]
