"""Reading a job plan from JSON or a form: every fault is a sentence that names the row."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from workflows.domain.errors import BadValues
from workflows.domain.fields import LONG_TEXT_LIMIT, TEXT_LIMIT, YEARS
from workflows.domain.plan.lines import CATEGORIES, DAYS, OFFERED, SHAPE, SUPPORT, TEACHING, Activity, Share
from workflows.domain.plan.parts import MORE, PARTS, STATEMENTS
from workflows.domain.plan.reading_parts import read_cells, read_pattern, read_rows
from workflows.domain.plan.recorded import fault as recorded_fault

MOST_LINES = 200
MOST_PAS = 20
"""More than any doctor works in a week: a slip of the keyboard."""
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
PAS = re.compile(r"\d{1,3}(\.\d{1,6})?|\d{1,9}/[1-9]\d{0,8}")
HEADER = ("effective_to", "payroll_number", "contract")
"""What the head of a plan says besides its start and place."""
KNOWN = frozenset(
    {"activities", "not_applicable", "effective_from", "base", "notes", "spa_split", "statements", "reasons"}
    | {*HEADER, *PARTS}
)
ACTIVITY_PARTS = frozenset({"id", "category", "title", "day", "start", "end", "place", "pas", *SUPPORT, *SHAPE})
HOURS = re.compile(r"\d{1,3}(\.\d{1,4})?|\d{1,4}/[1-9]\d{0,3}")
MOST_HOURS = 168
SUPPORT_LIMIT = 2_000
MOST_SHARES = 10


def read_plan(content: object) -> dict[str, Any]:
    """The values of a Plan by name. Raises BadValues."""
    if not isinstance(content, Mapping):
        raise BadValues({"plan": "A job plan has to be a table of its parts."})
    problems = {str(key): f"“{key}” is not a part of a job plan." for key in content if key not in KNOWN}
    activities = _activities(content.get("activities") or [], problems)
    values: dict[str, Any] = {
        "activities": activities,
        "not_applicable": _reasons(content.get("not_applicable") or {}, activities, problems),
        "effective_from": _date(content.get("effective_from"), "effective_from", "starts", problems),
        "effective_to": _date(content.get("effective_to"), "effective_to", "ends", problems),
        "payroll_number": _text(content.get("payroll_number"), "payroll_number", "The payroll number", problems),
        "contract": _text(content.get("contract"), "contract", "The contract", problems),
        "rows": read_rows(content, problems),
        "statements": read_cells(STATEMENTS, content.get("statements") or {}, "statements", "Statements", problems),
        "reasons": _said_reasons(content.get("reasons") or {}, problems),
        "base": _text(content.get("base"), "base", "The main place of work", problems),
        "notes": _text(content.get("notes"), "notes", "The notes", problems, LONG_TEXT_LIMIT),
        "spa_split": _shares(content.get("spa_split") or [], problems),
    }
    starts, ends = values["effective_from"], values["effective_to"]
    if starts and ends and ends < starts:
        problems["effective_to"] = "The day on which the plan ends must not be before its start."
    if problems:
        raise BadValues(problems)
    return values


def _said_reasons(given: object, problems: dict[str, str]) -> Mapping[str, str]:
    """Why findings stay as they are, by their keys; empty ones are left out."""
    if not isinstance(given, Mapping) or len(given) > MOST_LINES:
        problems["reasons"] = "The reasons have to be a table."
        return {}
    read = {
        str(key): _text(value, f"reasons.{key}", "The reason", problems, SUPPORT_LIMIT) for key, value in given.items()
    }
    return MappingProxyType({key: read[key] for key in sorted(read) if read[key]})


def _activities(rows: object, problems: dict[str, str]) -> tuple[Activity, ...]:
    if not isinstance(rows, list | tuple):
        problems["activities"] = "The activities have to be a list."
        return ()
    if len(rows) > MOST_LINES:
        problems["activities"] = f"A job plan can have {MOST_LINES} lines at most."
        return ()
    read = [_activity(number, row, problems) for number, row in enumerate(rows)]
    seen: set[str] = set()
    for number, activity in enumerate(read):
        if activity is not None and activity.id in seen:
            problems[f"activities.{number}.id"] = f"{_row(number, activity.title)}: another line has the same id."
        seen |= {activity.id} if activity else set()
    return tuple(activity for activity in read if activity is not None)


def _row(number: int, title: object) -> str:
    return f"Line {number + 1}, {title}" if isinstance(title, str) and title.strip() else f"Line {number + 1}"


def _activity(number: int, row: object, problems: dict[str, str]) -> Activity | None:
    key = f"activities.{number}"
    if not isinstance(row, Mapping) or not set(row) <= ACTIVITY_PARTS:
        problems[key] = f"{_row(number, '')}: this is not a line of a job plan."
        return None
    found: dict[str, str] = {}
    name = _row(number, row.get("title"))
    texts: dict[str, Any] = {
        part: _text(row.get(part), f"{key}.{part}", f"{name}: the {part}", found)
        for part in ("id", "category", "title", "day", "start", "end", "place")
    }
    support: dict[str, Any] = {
        part: _text(row.get(part), f"{key}.{part}", f"{name}: the {words}", found, SUPPORT_LIMIT)
        for part, words in SUPPORT.items()
        if part != "agreed"
    }
    if support["teaching"] not in TEACHING:
        found[f"{key}.teaching"] = f"{name}: choose what kind of teaching it is."
    shape = _shape(row, key, name, found)
    sentences = {part: f"{name}: {fault}" for part, fault in _faults(texts)}
    pas = read_pas(row.get("pas") or ("0" if shape["by_times"] else None))
    if pas is None:
        sentences["pas"] = f"{name}: the PAs must be a number from 0 to {MOST_PAS}, such as 1.25."
    found |= {f"{key}.{part}": sentence for part, sentence in sentences.items() if f"{key}.{part}" not in found}
    problems |= found
    if found or pas is None:
        return None
    return Activity(**texts, pas=pas, **support, agreed=row.get("agreed") in (True, "yes"), **shape)


def _shape(row: Mapping[str, Any], key: str, name: str, found: dict[str, str]) -> dict[str, Any]:
    """What makes the line what it is, beside its day and times."""
    texts = {
        part: _text(row.get(part), f"{key}.{part}", f"{name}: the {words}", found)
        for part, words in SHAPE.items()
        if part not in {"pattern", "by_times", "more"}
    }
    for part, offered in OFFERED.items():
        if texts[part] and texts[part] not in offered:
            found[f"{key}.{part}"] = f"{name}: choose one of the answers for “{SHAPE[part]}”."
    if texts["hours"] and (not HOURS.fullmatch(texts["hours"]) or Fraction(texts["hours"]) > MOST_HOURS):
        found[f"{key}.hours"] = f"{name}: the hours must be a number from 0 to {MOST_HOURS}, such as 2.5."
    more = read_cells(MORE, row.get("more") or {}, f"{key}.more", name, found)
    if wrong := recorded_fault(more):
        found[f"{key}.more.{wrong[0]}"] = f"{name}: {wrong[1]}"
    return {
        **texts,
        "pattern": read_pattern(row.get("pattern") or {}, f"{key}.pattern", name, found),
        "by_times": row.get("by_times") in (True, "yes"),
        "more": more,
    }


def _shares(rows: object, problems: dict[str, str]) -> tuple[Share, ...]:
    """What each contract holder gets of the supporting activities."""
    if not isinstance(rows, list | tuple) or len(rows) > MOST_SHARES:
        problems["spa_split"] = f"The supporting activities can be split between {MOST_SHARES} employers at most."
        return ()
    shares = []
    for number, row in enumerate(rows):
        key, given = f"spa_split.{number}", row if isinstance(row, Mapping) else {}
        name = f"Employer {number + 1}"
        holder = _text(given.get("holder"), f"{key}.holder", f"{name}: the name", problems)
        agreed_by = _text(given.get("agreed_by"), f"{key}.agreed_by", f"{name}: who agreed", problems)
        pas = read_pas(given.get("pas"))
        if not holder and f"{key}.holder" not in problems:
            problems[f"{key}.holder"] = f"{name}: say which employer it is."
        if pas is None:
            problems[f"{key}.pas"] = f"{name}: the PAs must be a number from 0 to {MOST_PAS}, such as 1.25."
        shares.append(Share(holder, pas or Fraction(0), agreed_by))
    return tuple(shares)


def _faults(line: Mapping[str, str]) -> list[tuple[str, str]]:
    """The parts of a line that are wrong, and why."""
    found = []
    if not line["id"] or len(line["id"]) > 40:
        found.append(("id", "it needs an id of 40 characters at most."))
    if line["category"] not in CATEGORIES:
        found.append(("category", "choose what kind of activity it is."))
    if not line["title"]:
        found.append(("title", "say what the activity is."))
    if line["day"] not in DAYS:
        found.append(("day", "choose a day of the week, or no fixed day."))
    found += [
        (part, f"the time must be like 09:30{'; midnight is 00:00' if line[part].startswith('24') else ''}.")
        for part in ("start", "end")
        if line[part] and not CLOCK.fullmatch(line[part])
    ]
    if bool(line["start"]) != bool(line["end"]):
        found.append(("start" if line["end"] else "end", "give both the start and the end, or neither."))
    if line["start"] and line["start"] == line["end"] and line["category"] != "on_call":
        found.append(("end", "it ends at the time at which it starts."))
    return found


def read_pas(value: object) -> Fraction | None:
    """PAs a week, exact; None for what is no number from 0 to MOST_PAS."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal | Fraction):
        return None
    try:
        text = str(value).strip() if not isinstance(value, float) else f"{Decimal(str(value)):f}"
    except (InvalidOperation, ValueError):
        return None
    if not PAS.fullmatch(text):
        return None
    pas = Fraction(text)
    return pas if pas <= MOST_PAS else None


def _reasons(reasons: object, activities: tuple[Activity, ...], problems: dict[str, str]) -> Mapping[str, str]:
    if not isinstance(reasons, Mapping):
        problems["not_applicable"] = "The reasons why categories do not apply have to be a table."
        return {}
    read: dict[str, str] = {}
    for category in reasons:
        key = f"not_applicable.{category}"
        if category not in CATEGORIES and category not in PARTS:
            problems[key] = f"“{category}” is not a category of activities."
            continue
        title = CATEGORIES.get(category) or PARTS[category].title
        reason = _text(reasons[category], key, f"{title}: the reason", problems)
        if reason and any(activity.category == category for activity in activities):
            problems[key] = f"{title}: there are lines in it, so it does apply."
        if reason:
            read[category] = reason
    return MappingProxyType(read)


def _date(value: object, key: str, does: str, problems: dict[str, str]) -> date | None:
    if value in (None, ""):
        return None
    try:
        day = value if type(value) is date else date.fromisoformat(str(value))
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        problems[key] = f"The day on which the plan {does} must be a real date."
        return None
    return day


def _text(value: object, key: str, name: str, problems: dict[str, str], limit: int = TEXT_LIMIT) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or "\0" in value or any("\ud800" <= each <= "\udfff" for each in value):
        problems[key] = f"{name} must be text."
        return ""
    value = value.replace("\r\n", "\n").strip()
    if len(value) > limit:
        problems[key] = f"{name} must be {limit:,} characters or fewer."
    return value
