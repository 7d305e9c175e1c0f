"""The register of third panel members: who is listed, who is called next, how fairly, and when it is to be reviewed.

CPFT 7.8.10 to 7.8.12: the third member of a panel comes from a list that several bodies have approved; its use is
watched, and the list is reviewed regularly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from workflows.domain.calendars import add_months
from workflows.domain.people import covers

LISTED, NOT_YET, NO_LONGER = "listed", "not_yet", "no_longer"
"""How somebody stands on the register on a day."""

NOTICE = timedelta(days=30)
"""How long before a review of the register is due the Medical Directorate is told."""


class Absence(NamedTuple):
    """Days on which a member cannot be called, both ends included."""

    id: int
    starts_on: date
    ends_on: date


class Conflict(NamedTuple):
    """A standing conflict of interest in words; `care_group` is the name of the group that it rules out, or ""."""

    id: int
    words: str
    care_group_id: int | None
    care_group: str


@dataclass(frozen=True)
class Member:
    """Somebody on the register. `approvals` gives the day of each body's approval by the body's name."""

    id: int
    person_id: int
    name: str
    organisation: str
    specialties: str
    approvals: Mapping[str, date]
    starts_on: date
    ends_on: date | None
    """The term's last day."""
    taken_off_on: date | None
    """From this day on they are not listed."""
    taken_off_because: str
    left_on: date | None
    absences: tuple[Absence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def lacks(self, bodies: Iterable[str], day: date) -> list[str]:
        """The bodies whose approval is wanting on a day."""
        return [body for body in bodies if self.approvals.get(body, date.max) > day]

    def standing(self, bodies: Iterable[str], day: date) -> str:
        """LISTED only within the term, once every body has approved them, until they are taken off (CPFT 7.8.10)."""
        off = self.taken_off_on is not None and self.taken_off_on <= day
        if off or not covers(date.min, self.ends_on, day) or not covers(date.min, self.left_on, day):
            return NO_LONGER
        return NOT_YET if self.starts_on > day or self.lacks(bodies, day) else LISTED

    def away(self, day: date) -> Absence | None:
        """The absence that a day falls in."""
        return next((one for one in self.absences if covers(one.starts_on, one.ends_on, day)), None)

    def listed_since(self, bodies: Iterable[str]) -> date:
        """The first day on which term and approvals came together; what is wanting still counts for nothing here."""
        return max([self.starts_on, *(self.approvals[body] for body in bodies if body in self.approvals)])


@dataclass(frozen=True)
class Use:
    """How often somebody was called to panels, by what became of it, and when last: objections do not count as use."""

    proposed: int = 0
    """Called, and the hearing is still to come."""
    sat: int = 0
    objected: int = 0
    stood_down: int = 0
    last: datetime | None = None
    """When they were last called or sat."""

    @property
    def times(self) -> int:
        """How often they were used."""
        return self.proposed + self.sat


UNUSED = Use()


@dataclass(frozen=True)
class FairnessLine:
    """One member in the fairness report. `usual` is the median use of the others who are listed and have been at least
    as long; None where there are none, or for whoever is not listed."""

    member: Member
    use: Use
    usual: float | None
    repeatedly: bool


@dataclass(frozen=True)
class ReviewRule:
    """How often the register is reviewed. `verified` is False while no source was read for the interval."""

    months: int
    verified: bool


def listed(members: Iterable[Member], bodies: Sequence[str], day: date) -> list[Member]:
    """Those who are on the register on a day."""
    return [member for member in members if member.standing(bodies, day) == LISTED]


def to_propose(members: Iterable[Member], used: Mapping[int, Use], bodies: Sequence[str], day: date) -> list[Member]:
    """Who may be called for a day, in the order in which they are: never used, then least recently used, then by name.

    used: by the person's id, as whoever comes back to the register brings their use along.
    """
    available = [member for member in listed(members, bodies, day) if member.away(day) is None]

    def turn(member: Member) -> tuple[bool, float, str, int]:
        last = used.get(member.person_id, UNUSED).last
        return last is not None, last.timestamp() if last else 0, member.name.casefold(), member.id

    return sorted(available, key=turn)


def fairness(
    members: Iterable[Member], used: Mapping[int, Use], bodies: Sequence[str], day: date
) -> tuple[FairnessLine, ...]:
    """Everybody on the register, or once on it, by name: how often each was used (CPFT 7.8.11).

    Used repeatedly is whoever is listed, was used at least twice, and more than twice as often as is usual among the
    others who are listed and have been at least as long: who came later cannot have been called before.
    """
    everybody = sorted(members, key=lambda member: (member.name.casefold(), member.id))
    now = listed(everybody, bodies, day)
    return tuple(_line(member, now, used, bodies) for member in everybody)


def _line(member: Member, now: Sequence[Member], used: Mapping[int, Use], bodies: Sequence[str]) -> FairnessLine:
    use = used.get(member.person_id, UNUSED)
    since = member.listed_since(bodies)
    peers = [
        used.get(other.person_id, UNUSED).times
        for other in now
        if other.id != member.id and other.listed_since(bodies) <= since
    ]
    usual = median(peers) if member in now and peers else None
    return FairnessLine(member, use, usual, usual is not None and use.times >= 2 and use.times > 2 * usual)


def bodies_of(bodies: Mapping[str, Any]) -> tuple[str, ...]:
    """The bodies that approve a member, as a policy's [bodies] names them (TCS-4-f)."""
    return tuple(str(body) for body in bodies.get("panel_list", ()))


def review_rule(values: Mapping[str, Any]) -> ReviewRule | None:
    """How often a policy wants the register reviewed; None where it says nothing.

    Raises ValueError for an interval that is no whole number of months, or shorter than one.
    """
    said = values.get("panel_register")
    if not said:
        return None
    months = said.get("review_months")
    if not isinstance(months, int) or isinstance(months, bool) or months < 1:
        raise ValueError("values.panel_register.review_months must be a whole number of months, at least 1.")
    return ReviewRule(months, bool(said.get("verified", True)))


def review_due(rule: ReviewRule | None, *, reviewed_on: date | None, begun_on: date | None) -> date | None:
    """The day by which the register is to be reviewed (CPFT 7.8.12): so long after the last review, or after the first
    member was entered where there was none. None without a rule, or for a register that has not begun."""
    since = reviewed_on or begun_on
    return add_months(since, rule.months) if rule and since else None
