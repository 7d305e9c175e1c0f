"""What a department foresees of extra programmed activities in a year, set against what it has contracted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.extra_pa import NEEDS, ContractLine, contract_lines, in_period, limits, year_of
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.inbox.reach import reach
from workflows.inbox.starting import years
from workflows.inbox.teams import NoSuchTeam, NotYourTeam
from workflows.store import extra_pa as extra_rows
from workflows.store import posts as post_rows
from workflows.store import team_pages
from workflows.store.extra_pa import AgreedExtra

KEEPERS = frozenset({"party", "team", "amd", "directorate"})
"""The standings in a team of those who enter what it foresees (workflows.people.forecasting)."""


@dataclass(frozen=True)
class Need:
    """A line of what is foreseen: PAs in the year, and of a vacancy those a week of its post."""

    id: int
    kind: str
    words: str
    pas: Fraction
    post_pas: Fraction | None


@dataclass(frozen=True)
class Contracted:
    """An agreement with what of it falls into the year."""

    agreement: AgreedExtra
    in_year: Fraction


@dataclass(frozen=True)
class Doctor:
    """A doctor with extra activities, and what they are contracted for by clause, on the first day that counts."""

    name: str
    lines: tuple[ContractLine, ...]


@dataclass(frozen=True)
class Forecast:
    """A team's year. All sums are PAs in the whole year, exact."""

    team_id: int
    team: str
    year: str
    years: tuple[str, ...]
    needs: tuple[Need, ...]
    contracted: tuple[Contracted, ...]
    doctors: tuple[Doctor, ...]
    keeps: bool

    @property
    def by_kind(self) -> dict[str, Fraction]:
        """What is foreseen, by kind of need; kinds without any are 0."""
        return {kind: total(need.pas for need in self.needs if need.kind == kind) for kind in NEEDS}

    @property
    def foreseen(self) -> Fraction:
        """All that is foreseen."""
        return total(need.pas for need in self.needs)

    @property
    def agreed(self) -> Fraction:
        """All that is contracted."""
        return total(one.in_year for one in self.contracted)

    @property
    def lacking(self) -> Fraction:
        """What is foreseen and not contracted; less than 0 where more is contracted."""
        return self.foreseen - self.agreed


def total(numbers: Iterable[Fraction]) -> Fraction:
    """Their sum."""
    return sum(numbers, Fraction(0))


def forecast(session: Session, *, viewer: Viewer, team_id: int, year: str, now: datetime) -> Forecast:
    """What a team foresees for a planning year and what is contracted (BTH-App3.2-d). A year that is not offered is the
    one that runs. Raises NoSuchTeam, NotYourTeam."""
    team = team_pages.team(session, trust_id=viewer.trust_id, team_id=team_id)
    if team is None:
        raise NoSuchTeam
    over = reach(session, viewer=viewer, now=now).in_team(team.id, team.care_group_id)
    if not over:
        raise NotYourTeam(team=team.name)
    offered = years(civil_day(now))
    year = year if year in offered else offered[0]
    first, last = year_of(year)
    people = extra_rows.members(session, team_id=team.id, first=first, last=last)
    agreements = extra_rows.agreed_between(session, person_ids=people, first=first, last=last)
    return Forecast(
        team_id=team.id,
        team=team.name,
        year=year,
        years=offered,
        needs=tuple(
            Need(row.id, row.kind, row.words, Fraction(row.pas), extra_rows.exact(row.post_pas))
            for row in extra_rows.needs(session, team_id=team.id, year=year)
        ),
        contracted=tuple(Contracted(one, in_period(one, first, last)) for one in agreements),
        doctors=_doctors(session, viewer, agreements, first),
        keeps=_keeps(over, viewer),
    )


def _keeps(over: frozenset[str], viewer: Viewer) -> bool:
    """Whether the page offers to enter anything; the verb looks again."""
    return bool(over & KEEPERS) and viewer.roles != frozenset({Role.NURSING_QUALITY_MANAGER})


def _doctors(session: Session, viewer: Viewer, agreements: Iterable[AgreedExtra], first: date) -> tuple[Doctor, ...]:
    """Whoever has agreed to something, by name: standard activities and agreements under their clauses, never mixed."""
    full_time = limits(releases.published(session, trust_id=viewer.trust_id).policy.values).full_time_pas
    by_person: dict[int, list[AgreedExtra]] = {}
    for one in agreements:
        by_person.setdefault(one.person_id, []).append(one)
    found = []
    for person_id, own in by_person.items():
        contract = post_rows.contract_of(session, person_id=person_id, on=max(first, own[0].starts_on))
        if contract is not None:
            lines = [(one.reference, one.pas, one.basis) for one in own]
            standard = Fraction(contract.programmed_activities)
            found.append(Doctor(own[0].name, contract_lines(standard, lines, full_time)))
    return tuple(sorted(found, key=lambda doctor: doctor.name))
