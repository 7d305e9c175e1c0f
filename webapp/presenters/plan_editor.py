"""The plan editor in words: what each part says so far, and what is missing."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from webapp.presenters import words
from webapp.presenters.plan_words import changes_between
from workflows.domain.plan import Finding, Plan
from workflows.inbox.panels import PlanPanel

AT_MOST = 5
"""Rows, or missing parts, that a summary names."""


class Section(NamedTuple):
    """A part of the plan in the list of its contents."""

    title: str
    anchor: str
    said: str
    missing: bool


def contents(extra: Any) -> list[Section]:
    """Every part of the plan with what it says so far."""
    kinds = [
        Section(kind.title, f"kind-{kind.key}", _kind_so_far(kind), not kind.rows and not kind.reason.data)
        for kind in extra.kinds
    ]
    parts = [
        Section(part.title, f"part-{part.key}", _part_so_far(part), not part.rows and not part.reason.data)
        for part in extra.parts
    ]
    statements = Section("Statements", "part-statements", stated(extra.statements), not _made(extra.statements))
    return [Section("Period, contract and place", "part-period", "", missing=False), *kinds, *parts, statements]


def missing_so_far(sections: Iterable[Section]) -> str:
    """ "Parts of this plan: nothing is said yet about research and leave"."""
    missing = [words.lower_first(one.title) for one in sections if one.missing]
    if not missing:
        return "Parts of this plan: each of them says something"
    more = [*missing[:AT_MOST], f"{len(missing) - AT_MOST} more"] if len(missing) > AT_MOST + 1 else missing
    return f"Parts of this plan: nothing is said yet about {words.listed(more)}"


def _kind_so_far(kind: Any) -> str:
    if kind.rows:
        return f"{words.count(len(kind.rows), 'line')}, {words.figure(kind.total)} PAs"
    return "does not apply" if kind.reason.data else "nothing said yet"


def _part_so_far(part: Any) -> str:
    return counted(part) if part.rows else "nothing, with a reason" if part.reason.data else "nothing said yet"


def counted(part: Any) -> str:
    """ "2 objectives"; empty where there are none."""
    return words.count(len(part.rows), part.one, _many(part.one)) if part.rows else ""


def _many(one: str) -> str:
    return f"{one[:-1]}ies" if one.endswith("y") else one if one == "leave" else f"{one}s"


def article(one: str) -> str:
    """ "a duty", "an objective"; leave is added by its kind."""
    if one == "leave":
        return "a kind of leave"
    return f"{'an' if one[0] in 'aeiou' else 'a'} {one}"


def rows_so_far(part: Any) -> str:
    """What the rows are called: "Audit of falls; Memory clinic"."""
    named = [part.called(row) for row in part.rows]
    more = [f"{len(named) - AT_MOST} more"] if len(named) > AT_MOST else []
    return "; ".join([*named[:AT_MOST], *more])


def part_open(part: Any) -> bool:
    """Whether the rows have to be looked at: one is new, or something is wrong."""
    return any(row.is_blank(("id",)) or row.errors for row in part.rows)


def cells_so_far(row: Any, names: Iterable[str]) -> str:
    """How much of what is folded has been said of a row."""
    said = [row[name].label.text.partition(":")[0].rstrip("?") for name in names if row[name].data]
    return words.listed([words.lower_first(one) for one in said[:AT_MOST]]) or "nothing said yet"


def shape_so_far(row: Any) -> str:
    """What a line is, beside its day and times: "every 2 weeks, additional PA"."""
    often = _often(row)
    hours = f"{row['hours'].raw} hours a week" if row["hours"].data is not None else ""
    chosen = [_label(row[name]) for name in ("subcategory", "core", "premium") if name in row and row[name].data]
    extra = _label(row["extra"]).partition(":")[0].lower() if row["extra"].data else ""
    more = sum(1 for box in row if "-more_" in box.name and box.data)
    return ", ".join(
        part
        for part in (*chosen[:1], often, hours, *chosen[1:], f"{extra} PA" if extra else "", _details(more))
        if part
    )


def _often(row: Any) -> str:
    chosen, which = row["often"].data, row["which"].data or ""
    said = {
        "weeks": f"week {which}" if "of" in which else f"every {which} weeks",
        "months": f"{which} of the month",
        "year": f"{which} times a year",
        "dates": f"on {which}",
    }
    return said.get(chosen, "every week")


def _details(more: int) -> str:
    return words.count(more, "detail") if more else ""


def _label(box: Any) -> str:
    return next((one.label for one in box.offered if one.value == box.data), str(box.data))


def worked(row: Any, pas: Fraction | None) -> str:
    """What a line comes to by its times, or by what else it says, beside what was typed; empty where there is nothing
    to say."""
    typed, timed = row["pas"].data, row["start"].data or row["hours"].data
    if pas is None:
        return ""
    if typed is None:
        return f"{_pas(pas)}, from {'its times' if timed else 'what it says'}"
    return "" if Fraction(typed) == pas else f"By {'its times' if timed else 'what it says'} it would be {_pas(pas)}"


def premium(hours: tuple[Fraction, Fraction] | None) -> str:
    """What to know of a line in premium time, before its box asks why (BTH-3.4.3-b, BTH-3.4.3-c); empty for others."""
    if hours is None:
        return ""
    late, all_of_them = hours
    return (
        f"{'All' if late == all_of_them else 'Part'} of this is premium time: evening, night, weekend or public "
        "holiday. It counts for more where both sides agreed to it, and as plain time by the doctor’s own choice."
    )


def _pas(pas: Fraction) -> str:
    return "1 PA" if pas == 1 else f"{words.figure(pas)} PAs"


def stated(statements: Any) -> str:
    """ "4 of 19 made"."""
    return f"{_made(statements)} of {len(statements.drawn)} made"


def still_to_state(statements: Any) -> str:
    """What the folded statements hold."""
    said = [field.label.text for field in statements if field.data not in (None, "")]
    if not said:
        return "Make them"
    return (
        "Said so far: "
        + "; ".join(words.lower_first(one.rstrip("?")) for one in said[:AT_MOST])
        + (f"; {len(said) - AT_MOST} more" if len(said) > AT_MOST else "")
    )


def _made(statements: Any) -> int:
    return sum(1 for field in statements if field.data not in (None, ""))


def reasons_given(asked: Sequence[tuple[Finding, Any]]) -> str:
    """ "2 of 5 given"."""
    return f"{sum(1 for _, box in asked if box.data)} of {len(asked)} given"


def what_needs_reasons(asked: Sequence[tuple[Finding, Any]]) -> str:
    """The rules about which nothing has been said: "No evidence yet; Locally defined teaching roles"."""
    titles = list(dict.fromkeys(finding.title for finding, box in asked if not box.data))
    more = [f"{len(titles) - AT_MOST} more"] if len(titles) > AT_MOST else []
    return "; ".join([*titles[:AT_MOST], *more]) or "All have a reason"


def is_new(extra: Any) -> bool:
    """Whether nothing has been written yet."""
    return not any(len(kind.rows) or kind.reason.data for kind in extra.kinds)


def fingerprint(panel: PlanPanel) -> str:
    """Which draft stands in the plan now."""
    return panel.draft.plan.fingerprint() if panel.draft else ""


def changed_meanwhile(panel: PlanPanel, extra: Any) -> bool:
    """Whether the draft is another one than that which the form was made from."""
    return bool(extra.made_from) and extra.made_from != fingerprint(panel)


def against_theirs(panel: PlanPanel, plan: Plan | None) -> list[tuple[str, list[str]]]:
    """What sending the form would change in the draft as it stands now, by section."""
    return changes_between(panel.draft.plan, plan) if panel.draft and plan else []
