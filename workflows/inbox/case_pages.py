"""The page of one case: where it is, what comes next, its deadlines, people, plans, letters and history."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotFound
from workflows.domain.meetings import Meeting
from workflows.domain.roles import Role
from workflows.inbox import (
    Session,
    Viewer,
    dispute_ending,
    extra_pa,
    history,
    letters,
    meetings,
    papers,
    progress,
    reviews,
    said,
    told,
    withdrawing,
)
from workflows.inbox.deadlines import DeadlineLine, line_of
from workflows.inbox.dispute_plain import PlainDispute, plain
from workflows.inbox.dispute_story import Story, on_page
from workflows.inbox.finding import find
from workflows.inbox.plans import state_of
from workflows.inbox.progress import Listed, Marks
from workflows.inbox.reach import Reach, is_dispute, reach, readable, roles_in, standings_in
from workflows.inbox.waiting import Waiting, position_of, waiting_steps, waits_for
from workflows.releases import Loaded
from workflows.store import case_pages, case_roles, erasing, lists
from workflows.store.models import Case, PlanVersion, Post, Step

PANEL_ALONE = frozenset({"panel", "holder"})
"""The standings of whoever has no part in a dispute but a seat on its panel."""
PANEL_STAGE = "appeal_panel"


class NoSuchDrawing(NotFound):
    """Case {reference} has no such drawing."""


@dataclass(frozen=True)
class RoleLine:
    """A role of the case in the trust's words, with its holders and, while they are away, their deputies."""

    title: str
    people: tuple[tuple[str, tuple[tuple[str, date], ...]], ...]


@dataclass(frozen=True)
class PlanLine:
    """A version of the doctor's plan."""

    id: int
    number: int
    status: str
    effective_from: date | None
    written_on: date
    of_this_case: bool


@dataclass(frozen=True)
class CaseLink:
    """Another case that belongs to this one; `open_to_viewer` tells whether it may be followed."""

    reference: str
    title: str
    process: str
    status: str
    stage: str
    open_to_viewer: bool


@dataclass(frozen=True)
class Sent:
    """A notice that was sent about the case."""

    to: str
    kind: str
    subject: str
    words: str
    written_at: datetime


@dataclass(frozen=True)
class Head:
    """What the case is and whom it is about; `team` is its id and name, `release` the number of the one it runs on."""

    reference: str
    process: str
    process_title: str
    title: str
    year: str
    status: str
    withdrawn: bool
    opened_at: datetime
    closed_at: datetime | None
    doctor: str
    team: tuple[int, str] | None
    team_open_to_viewer: bool
    care_group: str
    release: int
    policy: str


@dataclass(frozen=True)
class CasePage:
    """Everything on the page. What the viewer may not see is empty; `may` names what they may."""

    head: Head
    today: date
    may: frozenset[str]
    waiting: tuple[Waiting, ...]
    waits_for: tuple[str, ...]
    listed: tuple[Listed, ...]
    drawings: tuple[Marks, ...]
    deadlines: tuple[DeadlineLine, ...]
    history: tuple[history.Line, ...]
    people: tuple[RoleLine, ...]
    plans: tuple[PlanLine, ...]
    parent: CaseLink | None
    children: tuple[CaseLink, ...]
    notices: tuple[Sent, ...]
    undelivered: tuple[str, ...]
    incidents: tuple[told.IncidentLine, ...]
    entered: tuple[said.Said, ...]
    papers: papers.Papers
    letters: tuple[letters.LetterLine, ...]
    meetings: tuple[Meeting, ...]
    withdrawn_because: str
    may_withdraw: bool
    erased_at: datetime | None
    """When what people wrote in it was erased under the retention rule; None while it is there."""
    names: Mapping[int, str]
    """Those who did, or should do, a step, by id."""
    titles: Mapping[str, str]
    """What the trust calls each role."""
    dispute: PlainDispute | None = None
    """Of a dispute, what its panel says of it in plain words."""
    story: Story | None = None
    """Of a dispute, what the viewer reads of it: points, positions, decisions, statements of case."""
    change: reviews.Waited | None = None
    """Of a case that began with a significant change, how long that has waited for its review."""
    agreement: extra_pa.Agreement | None = None
    """Of a case about extra programmed activities, what was agreed, where the viewer may read it."""
    ending: dispute_ending.Offered | None = None
    """Of a dispute that the viewer may settle or withdraw: whether somebody waits for their answer to a settlement."""


def case_page(session: Session, *, viewer: Viewer, reference: str, now: datetime) -> CasePage:
    """The page of a case, in a fixed number of statements. Raises NoSuchCase, NotYourCase."""
    sees, case = _found(session, viewer, reference, now)
    loaded = releases.of(session, release_id=case.release_id)
    steps, ledger = case_pages.steps(session, case_id=case.id), case_pages.deadlines(session, case_id=case.id)
    position = position_of(case, steps, ledger, loaded)
    holders, standings = _holding(session, sees, case, steps)
    may = readable(standings)
    parent, children = _links(session, sees, case)
    return CasePage(
        head=_head(case, loaded, sees),
        today=civil_day(now),
        may=may,
        waiting=waiting_steps(viewer, steps, holders, ledger, loaded, position),
        waits_for=waits_for(position, loaded),
        listed=progress.listed(case.process, position),
        drawings=tuple(progress.marks(position)),
        deadlines=tuple(line_of(row, releases.rule_of(session, row, loaded), now) for row in ledger),
        history=history_for(session, case, loaded, standings, steps) if "history" in may else (),
        people=_people(session, case, loaded, now),
        plans=_plans(session, case, may),
        parent=parent,
        children=children,
        notices=_notices(session, case, viewer, everybodys="history" in may and not standings <= PANEL_ALONE),
        undelivered=tuple(message.name for message in case_pages.messages_waiting(session, case_id=case.id)),
        incidents=_incidents(session, case),
        entered=said.entered(session, case=case, loaded=loaded, standings=standings, roles=roles_in(sees, case)),
        papers=_papers(session, viewer, case, standings, papers.stages_among(steps, holders, viewer)),
        letters=letters.of_case(session, viewer=viewer, case=case, may=may),
        meetings=meetings.of_case(session, case=case, standings=standings),
        withdrawn_because=withdrawing.because(session, case=case) if "history" in may else "",
        may_withdraw=withdrawing.may_withdraw(session, viewer=viewer, case=case, standings=standings),
        erased_at=erasing.erased_at(session, case_id=case.id) if case.status == "closed" else None,
        names=_names(session, case, steps),
        titles={role.value: title for role, title in loaded.policy.titles.items()},
        dispute=plain(session, case=case, steps=steps, may=may),
        story=on_page(session, viewer=viewer, case=case, sees=sees, loaded=loaded, standings=standings, now=now),
        change=reviews.waited(session, case=case, today=civil_day(now)),
        agreement=extra_pa.of_case(session, viewer=viewer, case=case, sees=sees, now=now),
        ending=dispute_ending.offered(session, viewer=viewer, case=case, now=now),
    )


def _papers(
    session: Session, viewer: Viewer, case: Case, standings: frozenset[str], stages: papers.Stages
) -> papers.Papers:
    return papers.of_case(session, viewer=viewer, case=case, standings=standings, stages=stages)


def _found(session: Session, viewer: Viewer, reference: str, now: datetime) -> tuple[Reach, Case]:
    sees = reach(session, viewer=viewer, now=now)
    return sees, find(session, sees=sees, reference=reference)


def _holding(
    session: Session, sees: Reach, case: Case, steps: Sequence[Step]
) -> tuple[list[tuple[int, int, str]], frozenset[str]]:
    """Who holds the open steps, and with that what the viewer is in the case."""
    holders = lists.holders(session, step_ids=[step.id for step in steps if step.status == "open"])
    return holders, standings_in(sees, case, [person for _, person, _ in holders])


def history_for(
    session: Session, case: Case, loaded: Loaded, standings: frozenset[str], steps: Sequence[Step]
) -> tuple[history.Line, ...]:
    """The case's history. A member of the panel reads that of the panel's own stage."""
    lines = history.of_case(session, case=case, policy=loaded.policy)
    if not standings <= PANEL_ALONE:
        return lines
    begun = min((step.opened_at for step in steps if step.process == PANEL_STAGE), default=None)
    return tuple(line for line in lines if begun and line.at >= begun)


def _incidents(session: Session, case: Case) -> tuple[told.IncidentLine, ...]:
    rows = case_pages.incidents(session, case_id=case.id)
    return tuple(told.line_of(session, row, case.reference, case.release_id) for row in rows)


def _head(case: Case, loaded: Loaded, sees: Reach) -> Head:
    return Head(
        reference=case.reference,
        process=case.process,
        process_title=loaded.diagrams.drawing(case.process).name,
        title=case.title,
        year=case.year,
        status=case.status,
        withdrawn=withdrawing.is_withdrawn(case),
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        doctor=case.subject.name if case.subject else "",
        team=(case.team.id, case.team.name) if case.team else None,
        team_open_to_viewer=bool(case.team and sees.reads_team(case.team.id, case.team.care_group_id)),
        care_group=case.care_group.name if case.care_group else "",
        release=loaded.number,
        policy=loaded.policy.name,
    )


def diagram(session: Session, *, viewer: Viewer, reference: str, process: str, now: datetime) -> str:
    """The drawing of a process of the case, as the release that it started on has it, in BPMN XML.

    Raises: NoSuchCase; NotYourCase; NoSuchDrawing for a process that does not belong to the case.
    """
    case = find(session, sees=reach(session, viewer=viewer, now=now), reference=reference)
    loaded = releases.of(session, release_id=case.release_id)
    if process not in progress.called_from(case.process, loaded.diagrams.drawing):
        raise NoSuchDrawing(reference=reference)
    return loaded.policy.titled(loaded.xml(process))


def _people(session: Session, case: Case, loaded: Loaded, now: datetime) -> tuple[RoleLine, ...]:
    """Who holds the roles of the case's lanes today."""
    day = civil_day(now)
    posts = case_pages.posts_around(
        session, trust_id=case.trust_id, team_id=case.team_id, care_group_id=_care_group_of(case), day=day
    )
    holders: dict[str, dict[int, str]] = defaultdict(dict)
    for post in posts:
        holders[post.role].setdefault(post.person_id, post.person.name)
    if case.subject:
        holders["practitioner"] = {case.subject.id: case.subject.name}
    if is_dispute(case):
        holders |= _seated(session, case, day)
    away: dict[int, list[tuple[str, date]]] = defaultdict(list)
    everyone = {person for people in holders.values() for person in people}
    for person_id, deputy, until in case_pages.deputies_of(session, person_ids=everyone, day=day):
        away[person_id].append((deputy, until))
    lanes = dict.fromkeys(
        role
        for process in progress.called_from(case.process, loaded.diagrams.drawing)
        for role in loaded.diagrams.drawing(process).lanes
    )

    def line(title: str, role: str) -> RoleLine:
        return RoleLine(title, tuple((name, tuple(away[person])) for person, name in holders[role].items()))

    lines = tuple(line(loaded.policy.title(role), role) for role in lanes)
    return (*lines, line(SUPPORTER, Role.AMD)) if _supported(case, posts) else lines


def _seated(session: Session, case: Case, day: date) -> Mapping[str, dict[int, str]]:
    """Who has a role in this dispute by name, by role; its parties are those of its first day."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for one in case_roles.of_case(session, case_id=case.id, on=day):
        if one.sits:
            found[one.role][one.person_id] = one.name
    return found


SUPPORTER = "Supporter, as the manager is not medically qualified"


def _supported(case: Case, posts: Sequence[Post]) -> bool:
    """Whether a doctor's case has the AMD as supporter (CPFT-5.4-b)."""
    managers = [post for post in posts if post.role == Role.CLINICAL_MANAGER and post.team_id == case.team_id]
    return case.subject_id is not None and any(post.person.not_medical for post in managers)


def _care_group_of(case: Case) -> int | None:
    return case.care_group_id or (case.team.care_group_id if case.team else None)


def _plans(session: Session, case: Case, may: frozenset[str]) -> tuple[PlanLine, ...]:
    if case.subject_id is None:
        return ()
    rows = case_pages.plans_of_case(session, case_id=case.id, subject_id=case.subject_id)
    return tuple(plan_line(row, case) for row in rows if may_open(row, may))


def plan_line(row: PlanVersion, case: Case) -> PlanLine:
    """A version as the page of a case shows it."""
    return PlanLine(
        id=row.id,
        number=row.number,
        status=state_of(row, case),
        effective_from=row.effective_from,
        written_on=civil_day(row.written_at),
        of_this_case=row.case_id == case.id,
    )


def may_open(row: PlanVersion, may: frozenset[str]) -> bool:
    """Whether somebody with these rights may read that version."""
    return ("plan_draft" if row.status == "draft" else "plan_in_force") in may


def _links(session: Session, sees: Reach, case: Case) -> tuple[CaseLink | None, tuple[CaseLink, ...]]:
    children = case_pages.children(session, parent_id=case.id)
    parent = case_pages.by_id(session, case_id=case.parent_id) if case.parent_id else None
    related = [*children, *([parent] if parent else [])]
    visible = lists.visible_among(session, sight=sees.sight, case_ids=[one.id for one in related])

    def link(one: Case) -> CaseLink:
        return CaseLink(one.reference, one.title, one.process, one.status, one.stage, one.id in visible)

    return (link(parent) if parent else None), tuple(link(child) for child in children if child.id in visible)


def _notices(session: Session, case: Case, viewer: Viewer, *, everybodys: bool) -> tuple[Sent, ...]:
    """Everything that was sent for those who may read the whole history; for others, what was sent to themselves."""
    return tuple(
        Sent(name, notice.kind, notice.subject, notice.words, notice.written_at)
        for notice, name in case_pages.notices(session, case_id=case.id)
        if everybodys or notice.person_id in viewer.stands_for
    )


def _names(session: Session, case: Case, steps: Sequence[Step]) -> Mapping[int, str]:
    done_by = {person for step in steps for person in (step.done_by_id, step.on_behalf_of_id) if person}
    items = {int(step.item) for step in steps if step.item.isdecimal()}
    return lists.names(session, trust_id=case.trust_id, person_ids=done_by | items)
