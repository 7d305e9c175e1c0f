"""On-call rotas as pages show them: the list, and one rota with its figures, members and diaries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from workflows import releases
from workflows.calculating import rules
from workflows.calculating.diaries import availability_on, diary_weeks, verified
from workflows.domain import rotas as rota_rules
from workflows.domain.arithmetic import on_call_supplement as supplements
from workflows.domain.arithmetic.on_call_supplement import Supplement, Turn
from workflows.domain.arithmetic.working import Working
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.plan import Plan
from workflows.domain.plan.on_call import rotas_in
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.inbox.reach import Reach, reach
from workflows.on_call import MAY_AGREE, MAY_KEEP
from workflows.on_call.keeping import NotYourRota as NotYoursToKeep
from workflows.store import people as people_rows
from workflows.store import rotas as rota_rows
from workflows.store import team_pages
from workflows.store.models import Contract, Rota, RotaDiary, RotaMember

READERS = frozenset(
    {
        Role.PRACTITIONER, Role.CLINICAL_MANAGER, Role.SERVICE_MANAGER, Role.NURSING_QUALITY_MANAGER, Role.AMD,
        Role.MEDICAL_DIRECTOR, Role.MEDICAL_DIRECTORATE, Role.HR_WORKFORCE, Role.FINANCE,
    }
)  # fmt: skip
"""Who is shown the way to the rotas: whoever plans, and whoever reads plans in force."""


class NoSuchRota(NotFound):
    """There is no such rota in your trust."""


class NotYourRota(NotAllowed):
    """The rotas of {team} are open to its doctors and managers, to {hr_workforce} and {finance}, and to the
    {medical_directorate}."""


class NobodysKeeper(NotAllowed):
    """The rotas of a team are added by its {clinical_manager}, or by the {medical_directorate} team."""


@dataclass(frozen=True)
class Line:
    """A rota in the list. `diary` is the one that is kept, or waits to be agreed."""

    id: int
    name: str
    team: str
    care_group: str
    doctors: int
    frequency: Fraction | None
    category: str
    predictable: Fraction | None
    unpredictable: Fraction | None
    diary: "DiaryLine | None"
    closed_on: date | None
    own: bool
    """Whether the viewer is on it today."""


@dataclass(frozen=True)
class DiaryLine:
    """A diary of a rota; its PAs are None until they are agreed."""

    id: int
    starts_on: date
    ends_on: date
    met_on: date | None
    applies_from: date | None
    predictable: Fraction | None
    unpredictable: Fraction | None
    doctors: int | None
    note: str
    agreed_by: str
    working: tuple[Working, ...]
    over: bool

    @property
    def agreed(self) -> bool:
        """Whether its average has been agreed."""
        return self.applies_from is not None


@dataclass(frozen=True)
class Listing:
    """The rotas that the viewer may look at. `teams` are those for which they may add one: id and name."""

    lines: tuple[Line, ...]
    teams: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class MemberLine:
    """A doctor on a rota, now or at another time."""

    id: int
    person_id: int
    name: str
    grade: str
    starts_on: date
    ends_on: date | None
    equal_share: bool
    today: bool
    supplement: Supplement | None
    """By all rotas that they are on; None where they have no contract, or are not on this one today."""
    others: tuple[str, ...]
    """The names of the other rotas that they are on today."""


@dataclass(frozen=True)
class RotaPage:
    """A rota with its figures. `with_cover` is how often a turn comes with prospective cover, for comparison alone."""

    id: int
    team_id: int
    line: Line
    stated: str
    reason: str
    routine_emergencies: bool
    members: tuple[MemberLine, ...]
    diaries: tuple[DiaryLine, ...]
    in_force: DiaryLine | None
    with_cover: Fraction | None
    today: date
    keeps: bool
    agrees: bool
    weeks: int
    """How long a diary is kept where nothing else is said."""
    verified: bool
    """Whether days of leave and the length of a diary are figures of the trust's own policy."""

    @property
    def changes(self) -> bool:
        """Whether the viewer may change anything of it."""
        return self.keeps and self.line.closed_on is None


def rota_list(session: Session, *, viewer: Viewer, now: datetime) -> Listing:
    """The rotas of the teams that the viewer may open, and those that they are on, by team and name."""
    sees, today = reach(session, viewer=viewer, now=now), civil_day(now)
    open_teams = _open_teams(session, sees)
    rotas = rota_rows.of_teams(session, trust_id=viewer.trust_id, team_ids=open_teams, person_ids=sees.people)
    names = people_rows.names(session, person_ids=[one.agreed_by_id for rota in rotas for one in rota.diaries])
    lines = tuple(_line(rota, viewer, today, names) for rota in rotas)
    return Listing(lines, _teams_kept(session, sees))


def rota_page(session: Session, *, viewer: Viewer, rota_id: int, now: datetime) -> RotaPage:
    """One rota. Raises NoSuchRota, NotYourRota."""
    rota = rota_rows.by_id(session, trust_id=viewer.trust_id, rota_id=rota_id)
    return page_of(session, viewer, rota, now)


def to_open(session: Session, *, viewer: Viewer, plan: Plan, now: datetime) -> frozenset[int]:
    """Those of the rotas in a plan that the viewer may open."""
    if not (wanted := rotas_in(plan)):
        return frozenset()
    sees = reach(session, viewer=viewer, now=now)
    found = (rota_rows.by_id(session, trust_id=viewer.trust_id, rota_id=rota_id) for rota_id in wanted)
    return frozenset(rota.id for rota in found if rota is not None and _opens(sees, rota))


def _opens(sees: Reach, rota: Rota) -> bool:
    on_it = any(member.person_id in sees.people for member in rota.members)
    return on_it or sees.reads_team(rota.team_id, rota.team.care_group_id)


def to_keep(session: Session, *, viewer: Viewer, rota_id: int, now: datetime) -> RotaPage:
    """One rota, for somebody who keeps it. Raises NoSuchRota, NotYourRota, NotYoursToKeep."""
    return _kept(rota_page(session, viewer=viewer, rota_id=rota_id, now=now))


def to_keep_of_member(session: Session, *, viewer: Viewer, rota_member_id: int, now: datetime) -> RotaPage:
    """The rota that somebody's place is on, for somebody who keeps it. Raises what `to_keep` raises."""
    rota = rota_rows.of_member(session, trust_id=viewer.trust_id, rota_member_id=rota_member_id)
    return _kept(page_of(session, viewer, rota, now))


def teams_to_keep(session: Session, *, viewer: Viewer, now: datetime) -> tuple[tuple[int, str], ...]:
    """Id and name of the teams for which the viewer may add rotas. Raises NobodysKeeper where there are none."""
    found = _teams_kept(session, reach(session, viewer=viewer, now=now))
    if not found:
        raise NobodysKeeper
    return found


def doctors(session: Session, *, viewer: Viewer, now: datetime) -> list[tuple[int, str]]:
    """Id and name of the trust's doctors, to be put on a rota."""
    return rota_rows.doctors(session, trust_id=viewer.trust_id, on=civil_day(now))


def how_often(rota: Rota, on: date) -> Fraction | None:
    """How often its doctors are on call on a day, 1 in so many."""
    return rota_rules.often(rota_rules.on_it(rota.members, on), rota.frequency)


def working_of(diary: RotaDiary) -> tuple[Working, ...]:
    """The working as it was agreed."""
    return tuple(Working(words, Fraction(value), unit) for words, value, unit in diary.working or ())


def _open_teams(session: Session, sees: Reach) -> list[int] | None:
    """The teams whose pages are open to somebody; None for those of the whole trust."""
    if sees.reads_plans:
        return None
    among = sees.sight.managed | sees.teams({Role.PRACTITIONER})
    return [row.id for row in team_pages.teams(session, trust_id=sees.trust_id, led=sees.sight.led, among=among)]


def _teams_kept(session: Session, sees: Reach) -> tuple[tuple[int, str], ...]:
    """The teams for which somebody may add rotas."""
    if any(post.role == Role.MEDICAL_DIRECTORATE for post in sees.held):
        rows = team_pages.teams(session, trust_id=sees.trust_id, led=None, among=())
    else:
        rows = team_pages.teams(session, trust_id=sees.trust_id, led=(), among=sees.teams({Role.CLINICAL_MANAGER}))
    return tuple((row.id, row.team) for row in rows)


def _holds(sees: Reach, rota: Rota, roles: Iterable[Role]) -> bool:
    over_all = {Role.MEDICAL_DIRECTORATE}
    return any(
        post.role in set(roles) and (post.role in over_all or _over(rota, post.team_id, post.care_group_id))
        for post in sees.held
    )


def _over(rota: Rota, team_id: int | None, care_group_id: int | None) -> bool:
    return team_id == rota.team_id if team_id else care_group_id == rota.team.care_group_id


def page_of(session: Session, viewer: Viewer, rota: Rota | None, now: datetime) -> RotaPage:
    """The page of a rota that was found already, or not. Raises NoSuchRota, NotYourRota."""
    if rota is None:
        raise NoSuchRota
    sees, today = reach(session, viewer=viewer, now=now), civil_day(now)
    if not _opens(sees, rota):
        raise NotYourRota(team=rota.team.name)
    names = people_rows.names(session, person_ids=[one.agreed_by_id for one in rota.diaries])
    release = releases.published(session, trust_id=viewer.trust_id)
    values, line = release.policy.values, _line(rota, viewer, today, names)
    diaries = tuple(_diary(one, today, names) for one in reversed(rota.diaries))
    agreed = rota_rules.in_force(rota.diaries, today)
    available = availability_on(values, today)
    return RotaPage(
        id=rota.id,
        team_id=rota.team_id,
        line=line,
        stated=rota.frequency,
        reason=rota.category_reason,
        routine_emergencies=rota.routine_emergencies,
        members=_members(session, rota, rules.of(release), today),
        diaries=diaries,
        in_force=next((one for one in diaries if agreed and one.id == agreed.id), None),
        with_cover=supplements.with_cover(line.frequency, available) if line.frequency else None,
        today=today,
        keeps=_holds(sees, rota, MAY_KEEP),
        agrees=_holds(sees, rota, MAY_AGREE),
        weeks=diary_weeks(values),
        verified=verified(values),
    )


def _kept(page: RotaPage) -> RotaPage:
    if not page.keeps:
        raise NotYoursToKeep(team=page.line.team)
    return page


def _line(rota: Rota, viewer: Viewer, today: date, names: Mapping[int, str]) -> Line:
    members = rota_rules.on_it(rota.members, today)
    agreed = rota_rules.in_force(rota.diaries, today)
    waiting = [one for one in rota.diaries if one.agreed_at is None]
    return Line(
        id=rota.id,
        name=rota.name,
        team=rota.team.name,
        care_group=rota.team.care_group.name,
        doctors=len(members),
        frequency=how_often(rota, today),
        category=rota.category,
        predictable=rota_rules.read_pas(agreed.predictable_pas) if agreed else None,
        unpredictable=rota_rules.read_pas(agreed.unpredictable_pas) if agreed else None,
        diary=_diary(waiting[0], today, names) if waiting else None,
        closed_on=rota.closed_on,
        own=any(one.person_id == viewer.person_id for one in members),
    )


def _diary(row: RotaDiary, today: date, names: Mapping[int, str]) -> DiaryLine:
    return DiaryLine(
        id=row.id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        met_on=row.met_on,
        applies_from=row.applies_from,
        predictable=rota_rules.read_pas(row.predictable_pas),
        unpredictable=rota_rules.read_pas(row.unpredictable_pas),
        doctors=row.doctors,
        note=row.note,
        agreed_by=names.get(row.agreed_by_id or 0, ""),
        working=working_of(row),
        over=today > row.ends_on,
    )


def supplement_of(by: rules.Rules, contract: Contract, rotas: Sequence[Rota], on: date) -> Supplement:
    """The supplement of whoever has that contract and is on these rotas that day."""
    places = (
        (rota, one)
        for rota in rotas
        for one in rota_rules.on_it(rota.members, on)
        if one.person_id == contract.person_id
    )
    turns = [Turn(how_often(rota, on) or Fraction(1), rota.category, place.equal_share) for rota, place in places]
    grade = supplements.grade_of(contract.kind, contract.grade)
    return supplements.overall(by.decide, grade=grade, turns=turns)


def _members(session: Session, rota: Rota, by: rules.Rules, today: date) -> tuple[MemberLine, ...]:
    people = [member.person_id for member in rota.members]
    contracts = {row.person_id: row for row in team_pages.contracts(session, person_ids=people, day=today)}
    on_rotas: dict[int, list[Rota]] = defaultdict(list)
    for other in rota_rows.of_people(session, person_ids=people, on=today):
        for place in rota_rules.on_it(other.members, today):
            on_rotas[place.person_id].append(other)

    def member(row: RotaMember) -> MemberLine:
        contract, now = (
            contracts.get(row.person_id),
            rota in on_rotas[row.person_id] and bool(rota_rules.on_it([row], today)),
        )
        return MemberLine(
            id=row.id,
            person_id=row.person_id,
            name=row.person.name,
            grade=contract.grade if contract else "",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            equal_share=row.equal_share,
            today=now,
            supplement=supplement_of(by, contract, on_rotas[row.person_id], today) if contract and now else None,
            others=tuple(one.name for one in on_rotas[row.person_id] if one is not rota) if now else (),
        )

    return tuple(sorted(map(member, rota.members), key=lambda one: (not one.today, one.name, one.id)))
