"""A job plan as a whole: its sums, its sections, and what is kept of an older one."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from workflows.domain.plan.lines import CATEGORIES, SECTIONS, Activity, Share, pas_as_text
from workflows.domain.plan.reading import read_plan


@dataclass(frozen=True)
class Totals:
    """Programmed activities a week, exact: by category (every one of them) and overall."""

    by_category: Mapping[str, Fraction]
    overall: Fraction


@dataclass(frozen=True)
class Plan:
    """A job plan. `not_applicable` has the reason why a category stays empty; `base` is the main place of work.

    `spa_split` is for a doctor with several contract holders: what of the supporting activities each of them gets."""

    activities: tuple[Activity, ...] = ()
    not_applicable: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    effective_from: date | None = None
    base: str = ""
    notes: str = ""
    spa_split: tuple[Share, ...] = ()

    @classmethod
    def from_template(cls) -> "Plan":
        """The empty plan that a doctor starts from who has none in force."""
        return cls()

    @classmethod
    def from_json(cls, content: object) -> "Plan":
        """Read what `to_json` writes or a form sends. Raises BadValues, whose keys ("activities.2.pas", counted from
        0) and sentences ("Line 3, Ward round: …") name the row."""
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
        }

    def reopened(self) -> "Plan":
        """The plan as the draft of the next one: its start is open, and nothing has been agreed at a meeting yet."""
        lines = tuple(replace(activity, agreed=False) for activity in self.activities)
        return replace(self, activities=lines, effective_from=None)

    def with_evidence(self, given: Mapping[str, str]) -> "Plan":
        """The plan with evidence for some of its lines, by their ids."""
        lines = (replace(line, evidence=given.get(line.id) or line.evidence) for line in self.activities)
        return replace(self, activities=tuple(lines))

    def totals(self) -> Totals:
        """The sum of PAs."""
        sums = dict.fromkeys(CATEGORIES, Fraction(0))
        for activity in self.activities:
            sums[activity.category] += activity.pas
        return Totals(MappingProxyType(sums), sum(sums.values(), Fraction(0)))

    def sections(self) -> tuple[str, ...]:
        """The keys of the sections, in the order in which a plan is read."""
        return SECTIONS

    def section_hashes(self) -> dict[str, str]:
        """A hash of each section's content. The order of the lines is not content."""
        return {section: _hash(self._section(section)) for section in SECTIONS}

    def in_category(self, category: str) -> tuple[Activity, ...]:
        """The lines of one category."""
        return tuple(activity for activity in self.activities if activity.category == category)

    def _section(self, section: str) -> object:
        if section == "period":
            return [self.effective_from.isoformat() if self.effective_from else None, self.base]
        if section == "notes":
            return self.notes
        lines = sorted(self.in_category(section), key=lambda activity: activity.id)
        split = [[share.holder, str(share.pas), share.agreed_by] for share in self.spa_split]
        return [
            self.not_applicable.get(section, ""),
            [_signed(line) for line in lines],
            *([split] if section == "spa" and split else []),
        ]


def _signed(a: Activity) -> list[Any]:
    """A line as signatures cover it. What it rests on is added only where it is filled in: older ones keep standing."""
    return [a.id, a.title, a.day, a.start, a.end, a.place, str(a.pas), *([a.support] if a.support else [])]


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def missing_sections(plan: Plan) -> list[str]:
    """The categories that are neither filled in nor given a reason (CPFT-7.6.5-a)."""
    filled = {activity.category for activity in plan.activities}
    return [category for category in CATEGORIES if category not in filled and not plan.not_applicable.get(category)]


def keep_old(new: Plan, old: Plan, disputed: Iterable[str]) -> Plan:
    """The new plan with the disputed elements as they were: changed ones have their old value, added ones are left
    out, removed ones are kept (TCS-4-n). `disputed` are ids of activities, "effective_from", "base" or "notes"."""
    held_back = set(disputed)
    before = {activity.id: activity for activity in old.activities}
    after = {activity.id for activity in new.activities}
    lines = [before.get(a.id) if a.id in held_back else a for a in new.activities]
    lines += [activity for activity in old.activities if activity.id in held_back and activity.id not in after]
    activities = tuple(activity for activity in lines if activity is not None)
    return replace(
        new,
        activities=activities,
        not_applicable=_reasons_that_fit(activities, new, old),
        effective_from=(old if "effective_from" in held_back else new).effective_from,
        base=(old if "base" in held_back else new).base,
        notes=(old if "notes" in held_back else new).notes,
    )


def _reasons_that_fit(activities: tuple[Activity, ...], new: Plan, old: Plan) -> Mapping[str, str]:
    """A category that has got its old lines back applies again; one that lost its new ones has its old reason."""
    filled = {activity.category for activity in activities}
    filled_in_new = {activity.category for activity in new.activities}
    reasons = {category: reason for category, reason in new.not_applicable.items() if category not in filled}
    for category in filled_in_new - filled:
        if category in old.not_applicable:
            reasons[category] = old.not_applicable[category]
    return MappingProxyType(reasons)
