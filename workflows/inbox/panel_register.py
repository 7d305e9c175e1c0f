"""The register of third panel members as pages show it: the list, one member, how fairly they are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflows import releases
from workflows.domain import panel_register as rules
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotFound
from workflows.domain.panel_register import FairnessLine, Member, ReviewRule, Use
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.store import employment
from workflows.store import panel_register as register_rows

READERS = (Role.MEDICAL_DIRECTORATE, Role.MEDICAL_DIRECTOR, Role.CHIEF_EXECUTIVE, Role.AMD)
"""Who may look at the register: whoever keeps it, and whoever convenes or follows appeals."""
LATEST = 5
"""How many reviews the page shows."""


class NoSuchMember(NotFound):
    """There is no such member on the register of your trust."""


@dataclass(frozen=True)
class Review:
    """A review of the register: when, by whom, and what came of it."""

    day: date
    by: str
    note: str


@dataclass(frozen=True)
class Reviewing:
    """How it stands with the register's reviews. `due_on` is None where the policy sets no interval, or nobody has been
    entered yet."""

    newest: tuple[Review, ...]
    rule: ReviewRule | None
    due_on: date | None
    today: date

    @property
    def late(self) -> bool:
        """Whether the review is overdue."""
        return self.due_on is not None and self.today > self.due_on

    @property
    def soon(self) -> bool:
        """Whether it is due within the time in which the Medical Directorate is told."""
        return self.due_on is not None and not self.late and self.today >= self.due_on - rules.NOTICE


@dataclass(frozen=True)
class Line:
    """A member in the list: how they stand on the register today, and how they were used."""

    member: Member
    standing: str
    """A key of domain.panel_register: listed, not_yet or no_longer."""
    use: Use


@dataclass(frozen=True)
class Register:
    """The register, narrowed to one standing, or to none with ""."""

    lines: tuple[Line, ...]
    found: int
    """How many there are on it whatever their standing."""
    next_up: tuple[str, ...]
    """The names of those who would be called today, in order."""
    reviewing: Reviewing
    bodies: tuple[str, ...]
    keeps: bool
    today: date


@dataclass(frozen=True)
class MemberPage:
    """All that the register holds of one member. `turn`: which place they would be called in today, 0 for none."""

    line: Line
    turn: int
    bodies: tuple[str, ...]
    keeps: bool
    today: date

    @property
    def member(self) -> Member:
        """Who it is."""
        return self.line.member

    @property
    def changes(self) -> bool:
        """Whether the viewer may change anything of it."""
        return self.keeps and self.member.taken_off_on is None


@dataclass(frozen=True)
class Fairness:
    """The fairness report (CPFT 7.8.11)."""

    lines: tuple[FairnessLine, ...]
    today: date

    @property
    def repeatedly(self) -> tuple[FairnessLine, ...]:
        """Those who are used repeatedly."""
        return tuple(line for line in self.lines if line.repeatedly)


def register(session: Session, *, viewer: Viewer, standing: str, now: datetime) -> Register:
    """The trust's register."""
    today, trust_id = civil_day(now), viewer.trust_id
    bodies, rule = _policy(session, viewer)
    members = register_rows.members(session, trust_id=trust_id)
    used = register_rows.use(session, trust_id=trust_id)
    lines = [_line(member, used.get(member.person_id, rules.UNUSED), bodies, today) for member in members]
    return Register(
        lines=tuple(line for line in lines if standing in ("", line.standing)),
        found=len(members),
        next_up=tuple(member.name for member in rules.to_propose(members, used, bodies, today)),
        reviewing=_reviewing(session, viewer, rule, today),
        bodies=bodies,
        keeps=_keeps(viewer),
        today=today,
    )


def member_page(session: Session, *, viewer: Viewer, member_id: int, now: datetime) -> MemberPage:
    """One member of the trust's register. Raises NoSuchMember."""
    today = civil_day(now)
    bodies, _ = _policy(session, viewer)
    members = register_rows.members(session, trust_id=viewer.trust_id)
    found = next((member for member in members if member.id == member_id), None)
    if found is None:
        raise NoSuchMember
    used = register_rows.use(session, trust_id=viewer.trust_id)
    order = [member.id for member in rules.to_propose(members, used, bodies, today)]
    return MemberPage(
        line=_line(found, used.get(found.person_id, rules.UNUSED), bodies, today),
        turn=order.index(found.id) + 1 if found.id in order else 0,
        bodies=bodies,
        keeps=_keeps(viewer),
        today=today,
    )


def fairness(session: Session, *, viewer: Viewer, now: datetime) -> Fairness:
    """Who of the trust's register was called how often, and whether that is fair."""
    today = civil_day(now)
    bodies, _ = _policy(session, viewer)
    members = register_rows.members(session, trust_id=viewer.trust_id)
    used = register_rows.use(session, trust_id=viewer.trust_id)
    return Fairness(rules.fairness(members, used, bodies, today), today)


def others(session: Session, *, viewer: Viewer, now: datetime) -> list[tuple[int, str]]:
    """Id and name of the trust's people who are not on the register."""
    return register_rows.others_of(session, trust_id=viewer.trust_id, today=civil_day(now))


def bodies(session: Session, *, viewer: Viewer) -> tuple[str, ...]:
    """The bodies that approve a member."""
    return _policy(session, viewer)[0]


def care_groups(session: Session, *, viewer: Viewer) -> list[tuple[int, str]]:
    """Id and name of the trust's care groups."""
    return [(group.id, group.name) for group in employment.care_groups(session, trust_id=viewer.trust_id)]


def _keeps(viewer: Viewer) -> bool:
    return Role.MEDICAL_DIRECTORATE in viewer.roles


def _policy(session: Session, viewer: Viewer) -> tuple[tuple[str, ...], ReviewRule | None]:
    policy = releases.published(session, trust_id=viewer.trust_id).policy
    return rules.bodies_of(policy.bodies), rules.review_rule(policy.values)


def _line(member: Member, use: Use, of_policy: Sequence[str], today: date) -> Line:
    return Line(member, member.standing(of_policy, today), use)


def _reviewing(session: Session, viewer: Viewer, rule: ReviewRule | None, today: date) -> Reviewing:
    done = register_rows.reviews(session, trust_id=viewer.trust_id)
    begun = register_rows.begun_at(session, trust_id=viewer.trust_id)
    due = rules.review_due(
        rule, reviewed_on=done[0][0].day if done else None, begun_on=civil_day(begun) if begun else None
    )
    newest = tuple(Review(review.day, name or "", review.note) for review, name in done[:LATEST])
    return Reviewing(newest, rule, due, today)
