"""The board of disputes: every open one before whoever follows disputes, what needs them first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed
from workflows.domain.meetings import BOOKED, in_words
from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.domain.vocabulary import DISPUTE, DISPUTE_STAGES
from workflows.inbox import Session, Viewer, paging
from workflows.inbox.cases import NextStep, next_steps
from workflows.inbox.reach import reach
from workflows.store import dispute_board as rows
from workflows.store import lists
from workflows.store.dispute_board import BoardFilters, BoardRow, BoardSight, Running, Total
from workflows.store.models import Json

__all__ = ["PER_PAGE", "READERS", "Board", "BoardFilters", "Booked", "Dispute", "Limit", "Total", "board"]

PER_PAGE = 50
MOST = 10_000
"""How many are read where all pages are wanted at once."""
READERS = frozenset({Role.AMD, Role.MEDICAL_DIRECTOR, Role.MEDICAL_DIRECTORATE, Role.CHIEF_EXECUTIVE})
"""Who follows disputes: an AMD those of the care groups, the Chief Executive the appeals in which they have a part, the
others all of the trust."""
POSITIONS: Mapping[str, str] = {"team_plan": "The team plan", "pay_progression": "Pay progression"}
"""What waits for a dispute that is not about lines of a job plan."""


class NoBoard(NotAllowed):
    """The board of disputes is for those who follow them: the {amd}, the {medical_director}, the {medical_directorate}
    team, and the {chief_executive} for appeals. A dispute of your own is under Cases."""


@dataclass(frozen=True)
class Limit:
    """A date by which something must have been done, passed or not; `stopped` while its clock stands still; `drawn`
    where an open step is to be done by it. One of which nobody has a step is a date to come, and never late."""

    name: str
    title: str
    starts_on: date
    due_on: date
    stopped: bool
    drawn: bool


@dataclass(frozen=True)
class Booked:
    """A meeting that is still to come: the words of its key, the day, and the time in London if it is known."""

    key: str
    what: str
    on: date
    at: time | None


@dataclass(frozen=True)
class Dispute:
    """An open dispute. `waits_for` are the words of its drawing; `blocked` is what stays as it was until it ends."""

    id: int
    reference: str
    title: str
    doctor: str
    team: str
    care_group: str
    stage: str
    waits_for: str
    steps: tuple[NextStep, ...]
    mine: bool
    limits: tuple[Limit, ...]
    booked: tuple[Booked, ...]
    blocked: tuple[str, ...]

    @property
    def due(self) -> Limit | None:
        """The limit of a step that ends first: one whose clock runs before one whose clock is stopped."""
        drawn = (limit for limit in self.limits if limit.drawn)
        return min(drawn, key=lambda limit: (limit.stopped, limit.due_on), default=None)

    def late(self, today: date) -> bool:
        """Whether a limit of a step has passed while its clock ran."""
        return self.due is not None and self.due.due_on < today and not self.due.stopped

    def next_date(self, today: date) -> tuple[date, str] | None:
        """The first day from today on that concerns it, and what is on it: "Hearing", or "Statements of case: due"."""
        dates = [(one.on, one.what) for one in self.booked]
        dates += [(one.due_on, f"{one.title}: due") for one in self.limits if one.due_on >= today and not one.stopped]
        return min(dates, default=None)


@dataclass(frozen=True)
class Board:
    """A page of the board: `total` counts all pages. `care_groups` may be chosen from; `whole_trust` tells whether the
    viewer follows all of them, `appeals_only` whether only those in which they have a part."""

    disputes: tuple[Dispute, ...]
    total: Total
    page: int
    pages: int
    care_groups: tuple[tuple[int, str], ...]
    today: date
    narrowed: bool
    whole_trust: bool
    appeals_only: bool


def board(session: Session, *, viewer: Viewer, filters: BoardFilters, page: int, now: datetime) -> Board:
    """A page of the open disputes that the viewer follows. A page past the end is the last one. Raises NoBoard."""
    sight = follows(session, viewer=viewer, now=now)
    at = page
    found, total = _page(session, sight, filters, at, now)
    if not found and page > 1:
        _, total = _page(session, sight, filters, 1, now)
        at = paging.shown(total.all, page=page, at_once=PER_PAGE).page
        found, total = _page(session, sight, filters, at, now)
    shown = paging.shown(total.all, page=at, at_once=PER_PAGE)
    groups = lists.care_groups(session, trust_id=viewer.trust_id)
    return Board(
        disputes=told_of(session, viewer, sight, found, now),
        total=total,
        page=shown.page,
        pages=shown.pages,
        care_groups=tuple((row.id, row.name) for row in groups if sight.whole_trust or row.id in sight.led),
        today=civil_day(now),
        narrowed=filters != BoardFilters(),
        whole_trust=sight.whole_trust,
        appeals_only=sight.part_in and not sight.whole_trust and not sight.led,
    )


def all_disputes(session: Session, *, viewer: Viewer, filters: BoardFilters, now: datetime) -> tuple[Dispute, ...]:
    """All pages of the board at once, in its order, at most MOST. Raises NoBoard."""
    sight = follows(session, viewer=viewer, now=now)
    found, _ = rows.board(session, sight=sight, filters=filters, now=now, limit=MOST, offset=0)
    return told_of(session, viewer, sight, found, now)


def follows(session: Session, *, viewer: Viewer, now: datetime) -> BoardSight:
    """Which disputes the viewer follows, by their posts of today and those of whoever they stand in for. Raises
    NoBoard."""
    sees = reach(session, viewer=viewer, now=now)
    held = {post.role for post in sees.held if post.case_id is None}
    if held.isdisjoint(READERS):
        raise NoBoard
    return BoardSight(
        trust_id=viewer.trust_id,
        people=sees.people,
        whole_trust=sees.whole_trust,
        led=frozenset(post.care_group_id for post in sees.held if post.role == Role.AMD and post.care_group_id),
        part_in=Role.CHIEF_EXECUTIVE in held,
    )


def has_board(session: Session, *, viewer: Viewer, now: datetime) -> bool:
    """Whether the viewer follows disputes at all; asks the store only about those for whom they stand in."""
    if not viewer.roles.isdisjoint(READERS):
        return True
    if not viewer.acts_for:
        return False
    return any(post.role in READERS for post in reach(session, viewer=viewer, now=now).held)


def told_of(
    session: Session, viewer: Viewer, sight: BoardSight, found: Sequence[BoardRow], now: datetime
) -> tuple[Dispute, ...]:
    """These disputes with all that the board says of them: a fixed number of statements, however many there are."""
    ids = [row.id for row in found]
    if not ids:
        return ()
    steps = next_steps(session, case_ids=ids, people=viewer.stands_for)
    facts: Mapping[int, dict[str, Json]] = defaultdict(dict)
    for case_id, key, value in rows.told(session, case_ids=ids):
        facts[case_id][key] = value
    policy, today = policy_of(session, viewer.trust_id), civil_day(now)
    limits: dict[int, list[Running]] = defaultdict(list)
    for limit in rows.running_limits(session, case_ids=ids):
        limits[limit.case_id].append(limit)
    if not (sight.whole_trust or sight.led):
        facts = {case_id: known | {"disputed": _untold(known)} for case_id, known in facts.items()}
    return tuple(
        _dispute(
            row, steps[row.id], limits_of(limits[row.id], steps[row.id], policy, today), facts.get(row.id, {}), today
        )
        for row in found
    )


def limits_of(
    running: Sequence[Running], steps: Sequence[NextStep], policy: Policy | None, today: date
) -> tuple[Limit, ...]:
    """The limits of a dispute that somebody has a step for, and others that are still to come. A step whose own limit
    does not run, or that has none, is to be done by those that bind the case as a whole, as the ledger has it."""
    own = {step.deadline for step in steps}
    bare = not own <= {limit.name for limit in running}
    rules = policy.deadlines if policy else {}

    def drawn(name: str) -> bool:
        return name in own or (bare and name in rules and bool(rules[name].met_by))

    found = [
        Limit(one.name, title_of(one.name, policy), one.starts_on, one.due_on, one.stopped, drawn(one.name))
        for one in running
    ]
    return tuple(limit for limit in found if limit.drawn or limit.due_on >= today)


def policy_of(session: Session, trust_id: int) -> Policy | None:
    """The policy that the trust has published; None while it has published nothing."""
    try:
        return releases.published(session, trust_id=trust_id).policy
    except releases.NoRelease:
        return None


def title_of(name: str, policy: Policy | None) -> str:
    """What a limit is called."""
    rule = policy.deadlines.get(name) if policy else None
    return rule.title if rule else in_words(name)


def _page(
    session: Session, sight: BoardSight, filters: BoardFilters, page: int, now: datetime
) -> tuple[list[BoardRow], Total]:
    offset = PER_PAGE * (max(page, 1) - 1)
    return rows.board(session, sight=sight, filters=filters, now=now, limit=PER_PAGE, offset=offset)


def _dispute(
    row: BoardRow, steps: Sequence[NextStep], limits: tuple[Limit, ...], facts: Mapping[str, Json], today: date
) -> Dispute:
    return Dispute(
        id=row.id,
        reference=row.reference,
        title=row.title,
        doctor=row.doctor,
        team=row.team,
        care_group=row.care_group,
        stage=furthest(step.process for step in steps),
        waits_for=row.waits_for,
        steps=tuple(steps),
        mine=row.mine,
        limits=limits,
        booked=tuple(one for one in booked_of(facts) if one.on >= today),
        blocked=blocked_by(facts),
    )


def furthest(processes: Iterable[str]) -> str:
    """The furthest stage in which a step waits; the first where none does."""
    return max(
        (process for process in processes if process in DISPUTE_STAGES), key=DISPUTE_STAGES.index, default=DISPUTE
    )


def booked_of(facts: Mapping[str, Json]) -> list[Booked]:
    """What these facts book, in order of the days."""
    found = []
    for name, value in facts.items():
        if name.endswith(BOOKED) and value:
            key = name.removesuffix(BOOKED)
            at = facts.get(f"{key}_time")
            found.append(Booked(key, in_words(key), date.fromisoformat(value), time.fromisoformat(at) if at else None))
    return sorted(found, key=lambda one: (one.on, one.key))


def _untold(facts: Mapping[str, Json]) -> list[Mapping[str, str]]:
    """What is in dispute, for whoever only holds a step: the sides' points are not theirs to read, their number is."""
    parts = len(facts.get("disputed") or [])
    return [{"title": f"{parts} part{'' if parts == 1 else 's'} of the job plan"}] if parts else []


def blocked_by(facts: Mapping[str, Json]) -> tuple[str, ...]:
    """The titles of what stays as it was until the dispute with these facts has ended."""
    about = POSITIONS.get(str(facts.get("about") or ""))
    disputed = facts.get("disputed") or []
    titles = [str(one.get("title") or one.get("element") or "") for one in disputed if isinstance(one, Mapping)]
    return tuple(title for title in titles if title) or ((about,) if about else ())
