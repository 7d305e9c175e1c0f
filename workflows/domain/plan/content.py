"""A job plan as a whole: its sums, its sections, and what is kept of an older one."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

from workflows.domain.arithmetic.working import added
from workflows.domain.plan.lines import CATEGORIES, SECTIONS, Activity, Share, pas_as_text
from workflows.domain.plan.parts import DECLARED_ANEW, PARTS
from workflows.domain.plan.reading import HEADER, read_plan

T = TypeVar("T")

LATELY = 64
"""How many plans a process keeps that it has read lately; each takes some 100 kB."""


@dataclass(frozen=True)
class Totals:
    """Programmed activities a week, exact: by category (every one of them) and overall."""

    by_category: Mapping[str, Fraction]
    overall: Fraction


@dataclass(frozen=True)
class Plan:
    """A job plan. `not_applicable` has the reason why a category or a part stays empty; `base` is the main place of
    work; `contract` a key of the policy's contracts, under whose terms its PAs are reckoned.

    `spa_split` is for a doctor with several contract holders: what of the supporting activities each of them gets.
    `rows` are those of the parts, each with its id; `statements` the answers to parts.STATEMENTS; `reasons` say, by the
    key of a finding, why it stays as it is."""

    activities: tuple[Activity, ...] = ()
    not_applicable: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    effective_from: date | None = None
    base: str = ""
    notes: str = ""
    spa_split: tuple[Share, ...] = ()
    effective_to: date | None = None
    payroll_number: str = ""
    contract: str = ""
    rows: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    statements: Mapping[str, Any] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_template(cls) -> "Plan":
        """The empty plan that a doctor starts from who has none in force."""
        return cls()

    @classmethod
    def from_json(cls, content: object) -> "Plan":
        """Read what `to_json` writes or a form sends. Raises BadValues, whose keys ("activities.2.pas", counted from
        0) and sentences ("Line 3, Ward round: …") name the row.

        What was read lately is not read again: a plan never changes, and one request may need it several times."""
        try:
            return _read(json.dumps(content))
        except (TypeError, ValueError, RecursionError):  # it holds what is no JSON: its faults are told in sentences
            return cls(**read_plan(content))

    def to_json(self) -> dict[str, Any]:
        """The plan as JSON; PAs are texts that hold them exactly ("1.25", "1/3"). What is optional and empty is not in
        it, as in plans that were stored before there was such a thing."""
        split = [{**vars(share), "pas": pas_as_text(share.pas)} for share in self.spa_split]
        return {
            "activities": [activity.to_json() for activity in self.activities],
            "not_applicable": dict(self.not_applicable),
            "effective_from": self.effective_from.isoformat() if self.effective_from else None,
            "base": self.base,
            "notes": self.notes,
            **({"spa_split": split} if split else {}),
            **self._header(),
            **{part: [dict(row) for row in rows] for part, rows in self.rows.items() if rows},
            **({"statements": dict(self.statements)} if self.statements else {}),
            **({"reasons": dict(self.reasons)} if self.reasons else {}),
        }

    def _header(self) -> dict[str, str]:
        """What else the head of the plan says, as texts; empty parts are left out."""
        ends = self.effective_to.isoformat() if self.effective_to else ""
        said = {"effective_to": ends, "payroll_number": self.payroll_number, "contract": self.contract}
        return {key: said[key] for key in HEADER if said[key]}

    def entries(self, part: str) -> tuple[Mapping[str, Any], ...]:
        """The rows of a part."""
        return self.rows.get(part, ())

    def said(self, statement: str) -> Any:
        """The answer to a statement; None where nothing has been said."""
        return self.statements.get(statement)

    def reopened(self) -> "Plan":
        """The plan as the draft of the next one: its start is open, nothing has been agreed at a meeting yet, and what
        is declared at each review is declared anew (BTH-App2-a)."""
        lines = tuple(replace(activity, agreed=False) for activity in self.activities)
        said = {key: value for key, value in self.statements.items() if key not in DECLARED_ANEW}
        return replace(self, activities=lines, effective_from=None, effective_to=None, statements=said, reasons={})

    def with_evidence(self, given: Mapping[str, str]) -> "Plan":
        """The plan with evidence for some of its lines, by their ids."""
        lines = (replace(line, evidence=given.get(line.id) or line.evidence) for line in self.activities)
        return replace(self, activities=tuple(lines))

    def totals(self) -> Totals:
        """The sum of PAs."""
        sums = {category: added(line.pas for line in self.in_category(category)) for category in CATEGORIES}
        return Totals(MappingProxyType(sums), added(sums.values()))

    def sections(self) -> tuple[str, ...]:
        """The keys of the sections, in the order in which a plan is read."""
        return SECTIONS

    def section_hashes(self) -> dict[str, str]:
        """A hash of each section's content. The order of the lines is not content."""
        return {section: _hash(self._section(section)) for section in SECTIONS}

    def fingerprint(self) -> str:
        """A short text that is another one for any other content: what a page was made from."""
        return _hash(self.section_hashes())[:16]

    def in_category(self, category: str) -> tuple[Activity, ...]:
        """The lines of one category."""
        return tuple(activity for activity in self.activities if activity.category == category)

    def _section(self, section: str) -> object:
        if section == "period":
            starts = self.effective_from.isoformat() if self.effective_from else None
            return [starts, self.base, *([header] if (header := self._header()) else [])]
        if section == "notes":
            return self.notes
        if section == "statements":
            return dict(self.statements)
        if section in PARTS:
            rows = sorted(([row["id"], dict(row)] for row in self.entries(section)), key=lambda row: row[0])
            return [self.not_applicable.get(section, ""), rows]
        lines = sorted(self.in_category(section), key=lambda activity: activity.id)
        split = [[share.holder, str(share.pas), share.agreed_by] for share in self.spa_split]
        return [
            self.not_applicable.get(section, ""),
            [_signed(line) for line in lines],
            *([split] if section == "spa" and split else []),
        ]


def _signed(a: Activity) -> list[Any]:
    """A line as signatures cover it. What is optional is added only where it is filled in: older ones keep standing."""
    optional = {**a.support, **a.shape}
    return [a.id, a.title, a.day, a.start, a.end, a.place, str(a.pas), *([optional] if optional else [])]


@lru_cache(maxsize=LATELY)
def _read(content: str) -> Plan:
    return Plan(**read_plan(json.loads(content)))


def _hash(content: object) -> str:
    # Keys keep their order: signatures that were given before this one stand on it.
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def missing_sections(plan: Plan, parts: Collection[str] = ()) -> list[str]:
    """The categories, and of the parts those that the policy wants, that are neither filled in nor given a reason
    (CPFT-7.6.5-a)."""
    filled = {activity.category for activity in plan.activities} | {part for part in parts if plan.entries(part)}
    wanted = (*CATEGORIES, *(part for part in PARTS if part in parts))
    return [section for section in wanted if section not in filled and not plan.not_applicable.get(section)]


def keep_old(new: Plan, old: Plan, disputed: Iterable[str]) -> Plan:
    """The new plan with the disputed elements as they were: changed ones have their old value, added ones are left
    out, removed ones are kept (TCS-4-n). `disputed` are ids of activities or of rows, "effective_from", "base" or
    "notes"."""
    held_back = set(disputed)
    activities = _held_back(new.activities, old.activities, held_back, lambda activity: activity.id)
    rows = {
        part: _held_back(new.entries(part), old.entries(part), held_back, lambda row: str(row["id"])) for part in PARTS
    }
    return replace(
        new,
        activities=activities,
        rows=MappingProxyType({part: kept for part, kept in rows.items() if kept}),
        not_applicable=_reasons_that_fit(activities, new, old),
        effective_from=(old if "effective_from" in held_back else new).effective_from,
        base=(old if "base" in held_back else new).base,
        notes=(old if "notes" in held_back else new).notes,
    )


def _held_back(new: Sequence[T], old: Sequence[T], held: Collection[str], id_of: Callable[[T], str]) -> tuple[T, ...]:
    """The new ones, those that are held back as they were of old."""
    before = {id_of(one): one for one in old}
    after = {id_of(one) for one in new}
    kept = [before.get(id_of(one)) if id_of(one) in held else one for one in new]
    kept += [one for one in old if id_of(one) in held and id_of(one) not in after]
    return tuple(one for one in kept if one is not None)


def _reasons_that_fit(activities: tuple[Activity, ...], new: Plan, old: Plan) -> Mapping[str, str]:
    """A category that has got its old lines back applies again; one that lost its new ones has its old reason."""
    filled = {activity.category for activity in activities}
    filled_in_new = {activity.category for activity in new.activities}
    reasons = {category: reason for category, reason in new.not_applicable.items() if category not in filled}
    for category in filled_in_new - filled:
        if category in old.not_applicable:
            reasons[category] = old.not_applicable[category]
    return MappingProxyType(reasons)
