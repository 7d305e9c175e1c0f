"""Reading what a job plan holds beside its activities: rows of parts, statements, and how often a line happens."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from workflows.domain.errors import BadValues
from workflows.domain.fields import YEARS, Field, Json, check_values
from workflows.domain.plan.parts import PARTS

MOST_ROWS = 60
ID_LIMIT = 40
MOST_WEEKS = 52
MOST_TIMES = 366
MONTH_WEEKS = range(1, 6)


def read_rows(content: Mapping[str, Any], problems: dict[str, str]) -> Mapping[str, tuple[Mapping[str, Json], ...]]:
    """The rows of each part that has any. Rows in which nothing stands are left out."""
    read = {key: _rows(key, content[key], problems) for key in PARTS if content.get(key)}
    return MappingProxyType({key: rows for key, rows in read.items() if rows})


def _rows(part: str, rows: object, problems: dict[str, str]) -> tuple[Mapping[str, Json], ...]:
    if not isinstance(rows, list | tuple) or len(rows) > MOST_ROWS:
        problems[part] = f"{PARTS[part].title}: there can be {MOST_ROWS} rows at most."
        return ()
    read = [_row(part, number, row, problems) for number, row in enumerate(rows)]
    ids = [row["id"] for row in read if row]
    for number, row in enumerate(read):
        if row and ids.count(row["id"]) > 1:
            problems[f"{part}.{number}.id"] = f"{PARTS[part].title}: two rows have the same id."
    return tuple(row for row in read if row)


def _row(part: str, number: int, row: object, problems: dict[str, str]) -> Mapping[str, Json]:
    key, name = f"{part}.{number}", f"{PARTS[part].one.capitalize()} {number + 1}"
    given = dict(row) if isinstance(row, Mapping) else {}
    identity = given.pop("id", "")
    if not isinstance(identity, str) or not 0 < len(identity) <= ID_LIMIT:
        problems[f"{key}.id"] = f"{name}: it needs an id of {ID_LIMIT} characters at most."
    cells = read_cells(PARTS[part].columns, given, key, name, problems)
    return MappingProxyType({"id": identity, **cells}) if cells else {}


def read_cells(
    columns: Sequence[Field], given: object, key: str, name: str, problems: dict[str, str]
) -> Mapping[str, Json]:
    """The answers to columns, in their order; what is empty is left out. Yes and no may be written "yes" and "no"."""
    if not isinstance(given, Mapping):
        problems[key] = f"{name}: this cannot be read."
        return {}
    asked = {column.key: column for column in columns}
    unknown = sorted(str(each) for each in given if each not in asked)
    if unknown:
        problems[key] = f"{name}: “{unknown[0]}” is not asked for here."
        return {}
    values = {each: _plain(asked[each], value) for each, value in given.items()}
    try:
        read = check_values(columns, values)
    except BadValues as bad:
        problems |= {f"{key}.{column}": f"{name}: {sentence}" for column, sentence in bad.problems.items()}
        return {}
    return MappingProxyType({each: value for each, value in read.items() if value not in (None, "", [])})


def _plain(column: Field, value: object) -> object:
    return {"yes": True, "no": False}.get(value, value) if column.type == "yes_no" and isinstance(value, str) else value


def read_pattern(given: object, key: str, name: str, problems: dict[str, str]) -> Mapping[str, Json]:
    """How often a line happens, as workflows.domain.arithmetic.patterns reads it; empty for every week."""
    pattern = _pattern(given) if isinstance(given, Mapping) else None
    if pattern is None:
        problems[key] = (
            f"{name}: say how often as one of: every so many weeks, weeks of the month, times a year, or dates."
        )
        return {}
    return MappingProxyType(pattern)


def _pattern(given: Mapping[str, Any]) -> dict[str, Json] | None:
    """The pattern with its parts in one order; None for what is none."""
    keys = set(given)
    if keys == {"per_year"} and _whole(given["per_year"], MOST_TIMES):
        return {"per_year": given["per_year"]}
    if keys == {"month_weeks"} and isinstance(given["month_weeks"], list | tuple):
        chosen = [number for number in MONTH_WEEKS if number in given["month_weeks"]]
        return {"month_weeks": chosen} if chosen and len(chosen) == len(given["month_weeks"]) else None
    if keys == {"dates"} and isinstance(given["dates"], list | tuple) and 0 < len(given["dates"]) <= MOST_TIMES:
        return _dates(given["dates"])
    return _weeks(given) if keys else {}


def _weeks(given: Mapping[str, Any]) -> dict[str, Json] | None:
    """Week `week` of each `every_weeks`; every week is the empty pattern."""
    weeks, week = given.get("every_weeks"), given.get("week")
    if not set(given) <= {"every_weeks", "week"} or not _whole(weeks, MOST_WEEKS):
        return None
    if week is None:
        return {} if weeks == 1 else {"every_weeks": weeks}
    return {"every_weeks": weeks, "week": week} if _whole(week, weeks) else None


def _dates(given: Sequence[object]) -> dict[str, Json] | None:
    try:
        days = sorted({date.fromisoformat(str(each)) for each in given})
    except ValueError:
        return None
    return {"dates": [day.isoformat() for day in days]} if all(day.year in YEARS for day in days) else None


def _whole(value: object, most: object) -> bool:
    """Whether it is a whole number from 1 to `most`."""
    return isinstance(value, int) and not isinstance(value, bool) and isinstance(most, int) and 1 <= value <= most
