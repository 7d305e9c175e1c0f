"""A list of people as a file: its columns, how it is read line by line, and how it is written.

The columns are those that an extract of the payroll system (ESR) has, in words. A line is a person with at most one
contract and one post; somebody with several of either stands on several lines.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from workflows.domain.errors import NotAllowed
from workflows.domain.fields import YEARS
from workflows.domain.people import CONTRACT_KINDS, GRADES
from workflows.domain.roles import Role

LARGEST = 1_500_000
"""Bytes."""
MOST_LINES = 20_000
LONGEST_CELL = 300
MOST_PROBLEMS = 200
"""How many problems are told of at once: a file with more has one fault many times over."""

FORMULA = "=+-@\t\r"
"""A cell that begins with one of these is a formula to a spreadsheet."""

PERSON, CONTRACT, POST = "person", "contract", "post"


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it belongs to, and what is to be written in it."""

    key: str
    heading: str
    of: str
    words: str
    needed: bool = False
    """A file without it is refused."""


COLUMNS: tuple[Column, ...] = (
    Column(
        "employee_number", "Employee Number", PERSON, "As payroll numbers its people; empty for those without.", True
    ),
    Column("name", "Name", PERSON, "With a title, as everybody is to read it.", True),
    Column("email", "E-mail Address", PERSON, "The address at work.", True),
    Column("registration", "Registration Number", PERSON, "GMC or GDC number of whoever is licensed to practise."),
    Column("not_medical", "Not Medical", PERSON, "Yes for whoever is not medically qualified, otherwise No or empty."),
    Column("left_on", "Leaving Date", PERSON, "The last day at the trust; empty for whoever stays."),
    Column("kind", "Contract Kind", CONTRACT, "One of: {kinds}."),
    Column("grade", "Grade", CONTRACT, "One of: {grades}."),
    Column("pas", "PAs", CONTRACT, "Contracted programmed activities a week, such as 10 or 7.5."),
    Column("payroll_number", "Payroll Number", CONTRACT, "The number of the assignment."),
    Column("contract_start", "Contract Start", CONTRACT, "The first day."),
    Column("contract_end", "Contract End", CONTRACT, "The last day; empty where none is set."),
    Column("care_group", "Care Group", POST, "The name; a new one is added."),
    Column("team", "Team", POST, "The name; a new one is added to the care group of the same line."),
    Column("role", "Role", POST, "What your trust calls the role, such as: {titles}."),
    Column("post_start", "Post Start", POST, "The first day."),
    Column("post_end", "Post End", POST, "The last day; empty where none is set."),
)
"""In the order of an export. Dates are 2027-04-01, 01/04/2027 or 01-Apr-2027."""
BY_KEY: Mapping[str, Column] = MappingProxyType({column.key: column for column in COLUMNS})
OTHER_HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "fullname": "name",
        "email": "email",
        "workemail": "email",
        "gmcnumber": "registration",
        "gmcnumberorgdcnumber": "registration",
        "professionalregistrationnumber": "registration",
        "terminationdate": "left_on",
        "contracttype": "kind",
        "programmedactivities": "pas",
        "assignmentnumber": "payroll_number",
        "contractstartdate": "contract_start",
        "contractenddate": "contract_end",
        "poststartdate": "post_start",
        "postenddate": "post_end",
    }
)
"""Headings that other extracts use, without spaces and signs."""


class Unreadable(NotAllowed):
    """This file cannot be read as a list of people. {why}"""


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong: the line of the file, counted from 1, the column's heading ("" for the whole line), a sentence."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Line:
    """A line that could be read: values by key, of those columns that the file has. An empty cell is None."""

    number: int
    values: Mapping[str, Any] = field(default_factory=dict)

    def get(self, key: str) -> Any:
        """The value of a column; None where the cell is empty or the file has no such column."""
        return self.values.get(key)

    def says(self, of: str) -> bool:
        """Whether anything stands in the columns of a contract, or of a post."""
        return any(self.values.get(column.key) is not None for column in COLUMNS if column.of == of)


def text_of(data: bytes) -> str:
    """The text of an uploaded file: UTF-8 with or without its mark, else Windows-1252. Raises Unreadable."""
    if not data.strip():
        raise Unreadable(why="It is empty.")
    if len(data) > LARGEST:
        raise Unreadable(why=f"It is larger than {LARGEST / 1_000_000:.1f} MB. Split it into several.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        raise Unreadable(why="Save it as CSV (comma separated, UTF-8) and not as a workbook or Unicode text.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(why="Save it as CSV (comma separated, UTF-8).")


def read(text: str, titles: Mapping[str, str]) -> tuple[list[Line], list[Problem]]:
    """The lines of a file and what is wrong with it. `titles` are what the trust calls each role.

    Raises Unreadable where there is no table at all.
    """
    rows = _rows(text)
    headings = rows[0][1]
    keys, problems = _keys(headings)
    if problems:
        return [], problems
    reader = _Reader(titles)
    lines: list[Line] = []
    for number, cells in rows[1:]:
        if len(cells) > len(keys) and any(cell.strip() for cell in cells[len(keys) :]):
            problems.append(
                Problem(number, "", f"This line has {len(cells)} cells, and there are {len(keys)} columns.")
            )
            continue
        values = {}
        for key, cell in zip(keys, [*cells, *[""] * (len(keys) - len(cells))], strict=False):
            try:
                values[key] = reader.read(key, cell)
            except ValueError as wrong:
                problems.append(Problem(number, BY_KEY[key].heading, str(wrong)))
        lines.append(Line(number, values))
        if len(problems) >= MOST_PROBLEMS:
            break
    return lines, problems


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with the number of its line. Raises Unreadable."""
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append((reader.line_num - sum(cell.count("\n") for cell in row), row))
            if len(found) > MOST_LINES + 1:
                raise Unreadable(why=f"It has more than {MOST_LINES:,} lines. Split it into several.")
    except csv.Error as error:
        raise Unreadable(why=f"Line {reader.line_num} is not CSV: {error}.") from None
    if not found or first.count(separator) == 0:
        raise Unreadable(why="Its first line must name the columns.")
    return found


def _keys(headings: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """Which column each heading is, and what is wrong with them."""
    known = {_plain(column.heading): column.key for column in COLUMNS} | dict(OTHER_HEADINGS)
    known |= {_plain(column.key): column.key for column in COLUMNS}
    while headings and not headings[-1].strip():
        headings = headings[:-1]
    keys, problems = [], []
    for heading in headings:
        key = known.get(_plain(heading), "")
        shown = heading.strip()[:60]
        if not key:
            problems.append(Problem(1, shown, "There is no such column. Take it out, or give it one of the headings."))
        elif key in keys:
            problems.append(Problem(1, shown, "This column is there twice."))
        keys.append(key)
    missing = [column.heading for column in COLUMNS if column.needed and column.key not in keys]
    problems += [Problem(1, heading, "This column is missing.") for heading in missing]
    return keys, problems


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.lower())


DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%b-%Y", "%d.%m.%Y", "%d %B %Y")


class _Reader:
    """Reads cells. What cannot be read is a ValueError whose words follow nothing: they are a sentence."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self.roles = {role.value: role.value for role in Role} | {
            title.casefold(): key for key, title in unmistakable(titles).items()
        }
        self.kinds = {key: key for key in CONTRACT_KINDS}
        self.kinds |= {title.casefold(): key for key, title in CONTRACT_KINDS.items()}
        self.grades = {grade.casefold(): grade for grade in GRADES}
        self.by_key: Mapping[str, Callable[[str], Any]] = {
            "not_medical": self._yes_no,
            "left_on": self._day,
            "contract_start": self._day,
            "contract_end": self._day,
            "post_start": self._day,
            "post_end": self._day,
            "kind": lambda said: self._one_of(self.kinds, said, CONTRACT_KINDS.values()),
            "grade": lambda said: self._one_of(self.grades, said, GRADES),
            "role": lambda said: self._one_of(self.roles, said, titles.values()),
            "pas": self._pas,
        }

    def read(self, key: str, cell: str) -> Any:
        """The value of a cell; None for an empty one."""
        said = cell.strip(" \u00a0\r\n")
        if not said:
            return None
        if len(said) > LONGEST_CELL:
            raise ValueError(f"This is longer than {LONGEST_CELL} characters.")
        said = plain(said)
        if any(not sign.isprintable() for sign in said):
            raise ValueError("This has a sign that cannot be kept, such as a line break.")
        return self.by_key.get(key, str)(said)

    @staticmethod
    def _day(said: str) -> date:
        for form in DATES:
            try:
                found = datetime.strptime(said, form).date()  # noqa: DTZ007 - a civil day has no zone
            except ValueError:
                continue
            if found.year in YEARS:
                return found
        raise ValueError(f"“{said[:40]}” is not a date. Write it as 2027-04-01 or 01/04/2027.")

    @staticmethod
    def _pas(said: str) -> Decimal:
        try:
            found = Decimal(said)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or not 0 < found <= 20 or found != found.quantize(Decimal("0.001")):
            raise ValueError(f"“{said[:40]}” is not a number of PAs, such as 10 or 7.5; 20 is the most.")
        return found

    @staticmethod
    def _yes_no(said: str) -> bool:
        meant = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
        if said.casefold() not in meant:
            raise ValueError(f"“{said[:40]}” is neither Yes nor No.")
        return meant[said.casefold()]

    @staticmethod
    def _one_of(known: Mapping[str, str], said: str, titles: Iterable[str]) -> str:
        if said.casefold() not in known:
            raise ValueError(f"“{said[:60]}” is not known. It is one of: {', '.join(titles)}.")
        return known[said.casefold()]


MEANT = re.compile(rf"'*[{re.escape(FORMULA)}]")


def plain(said: str) -> str:
    """A cell as it is meant: without the apostrophe that keeps a spreadsheet from reckoning. Raises ValueError for one
    that a spreadsheet would take for a formula."""
    if not MEANT.match(said):
        return said
    if not said.startswith("'"):
        raise ValueError(f"A cell must not begin with {said[0]!r}: a spreadsheet would take it for a formula.")
    return said[1:]


def safe(value: object) -> str:
    """A value as a cell that no spreadsheet takes for a formula, and that is read back as it was."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    said = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{said}" if MEANT.match(said) else said


def unmistakable(titles: Mapping[str, str]) -> dict[str, str]:
    """The titles that are those of one role alone, by role."""
    said = [title.casefold() for title in titles.values()]
    return {key: title for key, title in titles.items() if said.count(title.casefold()) == 1}


def write(lines: Iterable[Mapping[str, object]]) -> str:
    """The text of a file with all columns and these lines."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.heading for column in COLUMNS])
    for line in lines:
        writer.writerow([safe(line.get(column.key)) for column in COLUMNS])
    return out.getvalue()
