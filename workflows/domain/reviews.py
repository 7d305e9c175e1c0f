"""Reviews of job plans: what is looked back at, what is agreed, and when the next one falls due."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from workflows.domain.errors import BadValues
from workflows.domain.fields import LONG_TEXT_LIMIT, Json
from workflows.domain.plan import Activity, Plan

SPA, OBJECTIVES, ACTIONS = "spa_reviewed", "objective_progress", "review_actions"
ROWS = (SPA, OBJECTIVES, ACTIONS)
"""The lists that the record of a review holds beside its five headings."""

SHOWN_BY: Mapping[str, str] = MappingProxyType({"appraisal": "Appraisal", "revalidation": "Revalidation"})
"""What shows that core supporting activities were done (BTH-3.4.5.2.1-f)."""

CORE = "core"
MOST_ACTIONS = 50

Problems = dict[str, str]


def supporting(plan: Plan) -> tuple[Activity, ...]:
    """The supporting activities of a plan: each appears at the next review (CPFT-7.2.1-j)."""
    return plan.in_category("spa")


def objectives(plan: Plan) -> tuple[Mapping[str, Any], ...]:
    """The objectives of a plan, each with its id."""
    return plan.entries("objectives")


def check_record(
    given: Mapping[str, Json], *, before: Plan, owners: Collection[int], today: date
) -> dict[str, list[dict[str, Json]]]:
    """The rows of a review's record, cleaned, by list.

    before: the plan that is looked back at; every supporting activity and every objective of it needs an entry, and
    core activities the appraisal or revalidation that shows them. owners: who may take on an action, which has a day
    that is not past. Raises BadValues, with keys such as "spa_reviewed.0.progress", counted from 0.
    """
    problems: Problems = {}
    sent = {
        SPA: _by_id(given.get(SPA), "activity"),
        OBJECTIVES: _by_id(given.get(OBJECTIVES), "objective"),
    }
    rows = {
        SPA: [
            _spa(line, sent[SPA].get(line.id, {}), f"{SPA}.{number}", problems, today)
            for number, line in enumerate(supporting(before))
        ],
        OBJECTIVES: [
            _objective(row, sent[OBJECTIVES].get(str(row["id"]), {}), f"{OBJECTIVES}.{number}", problems)
            for number, row in enumerate(objectives(before))
        ],
        ACTIONS: _actions(given.get(ACTIONS), owners, problems, today),
    }
    if problems:
        raise BadValues(problems)
    return rows


def _by_id(rows: object, key: str) -> dict[str, Mapping[str, Any]]:
    return {str(row.get(key)): row for row in _rows(rows)}


def _rows(rows: object) -> list[Mapping[str, Any]]:
    whole = isinstance(rows, Sequence) and not isinstance(rows, str)
    return [row for row in rows if isinstance(row, Mapping)] if whole else []  # type: ignore[attr-defined]


def _spa(line: Activity, row: Mapping[str, Any], key: str, problems: Problems, today: date) -> dict[str, Json]:
    core = line.core == CORE
    said: dict[str, Json] = {
        "activity": line.id,
        "title": line.title,
        "core": core,
        "progress": _text(row, "progress", key, problems, f"“{line.title}”: say what came of it in the year."),
    }
    shown = {part: str(row.get(part) or "").strip() for part in ("shown_by", "shown_on", "shown_where")}
    if core:
        wrong: Mapping[str, tuple[bool, str]] = {
            "shown_by": (shown["shown_by"] not in SHOWN_BY, "say whether an appraisal or the revalidation shows it."),
            "shown_on": (not _past(shown["shown_on"], today), "give the day on which that was completed."),
            "shown_where": (not shown["shown_where"], "say where it is kept, or give its link."),
        }
        problems |= {f"{key}.{part}": f"“{line.title}”: {words}" for part, (bad, words) in wrong.items() if bad}
    return {**said, **shown}


def _objective(row: Mapping[str, Any], sent: Mapping[str, Any], key: str, problems: Problems) -> dict[str, Json]:
    title = str(row.get("objective") or "")
    return {
        "objective": row["id"],
        "title": title,
        "progress": _text(sent, "progress", key, problems, f"“{title}”: say how far it was met."),
        "beyond_control": str(sent.get("beyond_control") or "").strip(),
    }


def _actions(rows: object, owners: Collection[int], problems: Problems, today: date) -> list[dict[str, Json]]:
    kept: list[dict[str, Json]] = []
    for number, row in enumerate(_rows(rows)[:MOST_ACTIONS]):
        key, owner, due = f"{ACTIONS}.{number}", row.get("owner"), str(row.get("due_on") or "")
        words = _text(row, "action", key, problems, f"Action {number + 1}: say what is to be done.")
        taken = int(str(owner)) if str(owner).isdecimal() else 0
        if taken not in owners:
            problems[f"{key}.owner"] = f"Action {number + 1}: choose who will do it."
        if not _day(due, lambda day: day >= today):
            problems[f"{key}.due_on"] = f"Action {number + 1}: give the day by which it is done, from today on."
        kept.append({"action": words, "owner": taken, "due_on": due})
    return kept


def _text(row: Mapping[str, Any], part: str, key: str, problems: Problems, sentence: str) -> str:
    text = str(row.get(part) or "").strip()
    if not text or len(text) > LONG_TEXT_LIMIT or "\0" in text:
        problems[f"{key}.{part}"] = sentence
    return text


def _past(text: str, today: date) -> bool:
    return _day(text, lambda day: day <= today)


def _day(text: str, fits: Callable[[date], bool]) -> bool:
    try:
        return fits(date.fromisoformat(text))
    except ValueError:
        return False
