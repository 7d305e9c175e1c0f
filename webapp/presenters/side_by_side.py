"""Versions of a job plan side by side, in words."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from webapp.presenters import plans, words
from workflows.domain.plan import CATEGORIES, DAYS, SECTIONS, Activity, pattern_in_words, section_title
from workflows.domain.plan.side_by_side import Amount, Column, Entry, Line, Pairs, SideBySide, side_by_side
from workflows.inbox.comparing import ComparePage, Positions
from workflows.inbox.panels import PlanPanel
from workflows.inbox.plans import VersionLink

NOT_THERE = "Not in this plan"
NOTHING = "Nothing"


class Cell(NamedTuple):
    """What one plan says. `change` is how that differs from the first one, "" where it does not."""

    said: tuple[tuple[str, str], ...]
    """Labels, which may be "", each with words."""
    amount: str
    change: str


class Row(NamedTuple):
    """A line or an entry, as each plan has it."""

    title: str
    cells: tuple[Cell, ...]


class Group(NamedTuple):
    """The rows of a section."""

    title: str
    rows: tuple[Row, ...]


class View(NamedTuple):
    """All that is laid side by side."""

    headings: tuple[str, ...]
    sums: tuple[Row, ...]
    """By category, and overall at the end."""
    groups: tuple[Group, ...]
    differs: bool
    alike: str
    """How much says the same in every plan and is left out: "12 entries"; "" for nothing."""


def of_page(page: ComparePage, *, everything: bool) -> View:
    """The versions of a page."""
    return view(page.beside, tuple(heading(link) for link in page.columns), everything=everything)


def of_panel(panel: PlanPanel) -> View | None:
    """The draft beside the plan agreed last; None where there is none."""
    if panel.agreed is None or panel.draft is None:
        return None
    plans_of = (panel.agreed.plan, panel.draft.plan)
    columns = [Column(plan, panel.basis.figures(plan) if panel.basis else None) for plan in plans_of]
    return view(side_by_side(columns), (f"Version {panel.agreed.number}, agreed last", "The draft"))


SIDES = ("As it is now", "As the doctor wants it", "As the manager wants it")


def of_positions(page: Positions) -> View:
    """What each side of a dispute makes of the plan."""
    return view(page.beside, SIDES)


def heading(link: VersionLink) -> str:
    """ "Version 2, in force since 1 April 2027"."""
    return f"Version {link.number}, {plans.version(link)}"


def view(beside: SideBySide, headings: tuple[str, ...], *, everything: bool = False) -> View:
    """What differs, and where `everything` is wanted also what is the same."""
    held = {key: amounts for key, amounts in beside.by_category.items() if any(each.pas for each in amounts)}
    sums = [_sum(CATEGORIES[key], amounts) for key, amounts in held.items()]
    groups = [_group(section, beside, everything=everything) for section in SECTIONS]
    alike = len(beside.lines) + len(beside.entries) - sum(len(group.rows) for group in groups)
    return View(
        headings=headings,
        sums=(*sums, _sum("All activities", beside.overall)),
        groups=tuple(group for group in groups if group.rows),
        differs=beside.differs,
        alike=words.count(alike, "entry", "entries") if alike else "",
    )


def _sum(title: str, amounts: Sequence[Amount]) -> Row:
    first = amounts[0]
    cells = (Cell((), amount(each), "" if each is first else change(each - first)) for each in amounts)
    return Row(title, tuple(cells))


def amount(of: Amount) -> str:
    """ "1.25 PA (5 h)"."""
    said = f"{words.figure(of.pas)} PA"
    return said if of.hours is None else f"{said} ({words.figure(of.hours)} h)"


def change(of: Amount) -> str:
    """ "+0.5 PA, −2 h"; "" where nothing changes."""
    parts = [(of.pas, "PA"), (of.hours or Fraction(0), "h")]
    return ", ".join(f"{'+' if by > 0 else '−'}{words.figure(abs(by))} {unit}" for by, unit in parts if by)


def _group(section: str, beside: SideBySide, *, everything: bool) -> Group:
    lines = [line for line in beside.lines if line.category == section]
    entries = [entry for entry in beside.entries if entry.section == section]
    shown = [_line(line) for line in lines if everything or line.differs]
    shown += [_entry(entry) for entry in entries if everything or entry.differs]
    return Group(section_title(section), tuple(shown))


def _line(line: Line) -> Row:
    first = line.cells[0]
    cells = [
        Cell(
            said=((("", when(cell)),) if cell else (("", NOT_THERE),)),
            amount=amount(each) if cell else "",
            change=changed(first, cell, sentence) if sentence else "",
        )
        for cell, each, sentence in zip(line.cells, line.amounts, ("", *line.sentences), strict=True)
    ]
    return Row(line.title, tuple(cells))


def when(line: Activity) -> str:
    """ "Monday 09:00 to 13:00, every 2nd week, Penrith"."""
    parts = [DAYS[line.day], plans.hours(line)]
    often = pattern_in_words(line.pattern) if line.pattern else ""
    return ", ".join(part for part in (" ".join(one for one in parts if one), often, line.place) if part)


def changed(first: Activity | None, now: Activity | None, sentence: str) -> str:
    """How a line differs from the first plan's: "New", "Taken out", else what of it changed."""
    if first is None or now is None:
        return "New" if now else "Taken out"
    return _upper(sentence.removeprefix(f"“{first.title}” changed: ").removesuffix("."))


def _entry(entry: Entry) -> Row:
    first = entry.cells[0]
    cells = [
        Cell(said=cell or (("", NOTHING),), amount="", change=_changed(first, cell) if sentence else "")
        for cell, sentence in zip(entry.cells, ("", *entry.sentences), strict=True)
    ]
    return Row(entry.title, tuple(cells))


def _changed(first: Pairs, now: Pairs) -> str:
    return "Changed" if first and now else "New" if now else "Taken out"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
