"""The page of one step: what it asks, whom, and by when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.errors import Broken, NotAllowed, NotFound
from workflows.domain.fields import Field
from workflows.domain.roles import GROUP_ROLES, Role
from workflows.domain.vocabulary import DISPUTE_STAGES
from workflows.inbox import Session, Viewer, papers
from workflows.inbox.cases import due_day
from workflows.inbox.clauses import Clause, clauses, of_the_trust
from workflows.inbox.reach import reach
from workflows.inbox.step_list import QUEUE
from workflows.inbox.titles import AskedAs, asked_as
from workflows.store import case_roles, lists, queues, step_pages
from workflows.store import people as people_rows


class NoSuchStep(NotFound):
    """There is no such step, or it is not yours to see."""


class StepOfAnother(NotAllowed):
    """This step is for {holders}, and only they can do it."""


class StepClaimed(NotAllowed):
    """{holder} has claimed this step. If they cannot do it, free it for your team under “Shared steps and the
    queue”."""


class StepEnded(Broken):
    """This step has already been completed by {who}."""


class StepCancelled(StepEnded):
    """The case went another way, so this step is no longer needed."""


@dataclass(frozen=True)
class CaseInBrief:
    """A case in two lines."""

    reference: str
    title: str
    process: str
    year: str
    subject: str
    team: str
    care_group: str
    stage: str


@dataclass(frozen=True)
class DraftKept:
    """What the viewer had filled in; `version` 0 when they had not."""

    values: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True)
class StepToFill:
    """What is asked in a step: enough to read an answer. `people` are those whom a field may name."""

    id: int
    name: str
    screen: str
    reference: str
    fields: tuple[Field, ...]
    people: tuple[tuple[int, str], ...]
    nearby: tuple[tuple[int, str], ...]
    """Those of them who hold a post around the case."""
    documents: tuple[tuple[int, str], ...] = ()
    """Those of this stage of the case, for a field that asks for some."""


@dataclass(frozen=True)
class StepPage:
    """The page of an open step. `may` says what the viewer can do with it."""

    to_fill: StepToFill
    case: CaseInBrief
    words: str
    clauses: tuple[Clause, ...]
    """What of the trust's own policy asks for the step; of others where its own says nothing."""
    asked: AskedAs
    may: Literal["act", "claim", "assign"]
    holders: tuple[str, ...]
    on_behalf_of: str
    claimed: bool
    due_on: date | None
    late: bool
    deadline_id: int | None
    process: str
    """The diagram in which the step is drawn: a called stage has its own."""
    number: int
    of: int
    draft: DraftKept
    letter: str
    """What the letter is called that goes out when the step is completed; "" where none does."""
    about: str
    """In a for-each step: whom this one is about."""

    @property
    def own_policy(self) -> bool:
        """Whether the clauses are those of the trust's own policy."""
        return all(clause.policy == trust_of(self.case.reference) for clause in self.clauses)


def step_to_fill(session: Session, *, viewer: Viewer, step_id: int, now: datetime) -> StepToFill:
    """What a step asks, or asked until somebody was faster: what was typed can then still be shown to who typed it.
    Whether the viewer may do it is for the verb to say. Raises NoSuchStep, also for an ended step of others."""
    step = step_pages.asked_step(session, trust_id=viewer.trust_id, step_id=step_id)
    if step is None:
        raise NoSuchStep
    if step.status != "open":
        _check_had(session, viewer, step.id, step.done_by_id)
    return _to_fill(session, viewer, step, step, now)


def trust_of(reference: str) -> str:
    """The key of the trust of a case, with which its own clauses begin too."""
    return reference.partition("-")[0]


def check_may_follow(session: Session, *, viewer: Viewer, step_id: int, now: datetime) -> None:
    """Whether the viewer may know of a step that is not theirs: those who may see its case. Raises NoSuchStep."""
    step = step_pages.asked_step(session, trust_id=viewer.trust_id, step_id=step_id)
    if step is None:
        raise NoSuchStep
    _check_sees(session, viewer, step.case_id, now)


def candidates(session: Session, *, viewer: Viewer, now: datetime) -> tuple[tuple[int, str], ...]:
    """To whom a step of the queue may be assigned: anybody of the trust."""
    return tuple(step_pages.people_of_trust(session, trust_id=viewer.trust_id, today=civil_day(now)))


def step_page(session: Session, *, viewer: Viewer, step_id: int, now: datetime) -> StepPage:
    """The page of a step. Raises NoSuchStep, StepOfAnother, StepEnded."""
    row = _opened(session, viewer, step_id)
    step, case = row.step, row.case
    holders = step_pages.holders_by_name(session, step_id=step.id)
    mine = _mine(viewer, step, [holder.id for holder in holders])
    if mine is None and not may_assign(session, viewer, step, now):
        _check_sees(session, viewer, case.id, now)
        if any(holder.id in viewer.stands_for for holder in holders):
            raise StepClaimed(holder=_names(holders, step.holder_id))
        raise StepOfAnother(holders=_names(holders, step.holder_id))
    loaded = releases.of(session, release_id=case.release_id)
    drawing = loaded.diagrams.drawing(step.process)
    node = drawing.nodes[step.element]
    asked = [element for element in drawing.order if drawing.nodes[element].type == "userTask"]
    deadline = (
        step_pages.deadline_of(session, case_id=case.id, name=step.deadline, due_at=step.due_at)
        if step.due_at
        else None
    )
    names = {holder.id: holder.name for holder in holders}
    return StepPage(
        to_fill=_to_fill(session, viewer, step, case, now),
        case=_in_brief(row),
        words=loaded.policy.worded(node.documentation),
        clauses=clauses(of_the_trust(node.clause, trust_of(case.reference))),
        asked=_asked(session, viewer, row, node.roles, loaded.policy.titles),
        may=_may(step.role, step.holder_id, len(holders), mine),
        holders=tuple(names.values()),
        on_behalf_of=names[mine] if mine is not None and mine != viewer.person_id else "",
        claimed=mine is not None and step.holder_id == mine and len(holders) > 1,
        due_on=due_day(step.due_at),
        late=step.due_at is not None and step.due_at <= now,
        deadline_id=deadline.id if deadline else None,
        process=step.process,
        number=asked.index(step.element) + 1,
        of=len(asked),
        draft=_kept(session, viewer, step.id),
        letter=loaded.letter(node.letter).title if node.letter else "",
        about=_about(session, viewer, step.item, case.subject_id),
    )


def _asked(
    session: Session, viewer: Viewer, row: step_pages.OpenedStep, roles: Sequence[str], titles: Mapping[Role, str]
) -> AskedAs:
    here = case_roles.held_in(session, case_id=row.case.id, person_id=viewer.person_id)
    return asked_as(viewer, step=row.step, subject_id=row.case.subject_id, roles=roles, titles=titles, called_upon=here)


def may_assign(session: Session, viewer: Viewer, step: Any, now: datetime) -> bool:
    """Whether the viewer is of the Medical Directorate and nobody else can take the step: it waits in the queue, or
    whoever had it holds no post any more."""
    if QUEUE not in viewer.roles:
        return False
    return bool(step.queue == QUEUE or queues.is_stranded(session, step_id=step.id, today=civil_day(now)))


def _check_sees(session: Session, viewer: Viewer, case_id: int, now: datetime) -> None:
    """Names of holders are for those who may see the case; for others there is no such step. Raises NoSuchStep."""
    if not lists.visible_among(session, sight=reach(session, viewer=viewer, now=now).sight, case_ids=[case_id]):
        raise NoSuchStep


def _in_brief(row: step_pages.OpenedStep) -> CaseInBrief:
    case = row.case
    return CaseInBrief(
        reference=case.reference,
        title=case.title,
        process=case.process,
        year=case.year,
        subject=row.subject or "",
        team=row.team or "",
        care_group=row.care_group or "",
        stage=case.stage,
    )


def _found(session: Session, viewer: Viewer, step_id: int) -> step_pages.OpenedStep:
    """A step of the trust; an ended one only for those who had it. Raises NoSuchStep."""
    row = step_pages.opened_step(session, trust_id=viewer.trust_id, step_id=step_id)
    if row is None:
        raise NoSuchStep
    if row.step.status != "open":
        _check_had(session, viewer, step_id, row.step.done_by_id)
    return row


def _check_had(session: Session, viewer: Viewer, step_id: int, done_by_id: int | None) -> None:
    """An ended step is shown to those who had it. Raises NoSuchStep."""
    holders = {holder.id for holder in step_pages.holders_by_name(session, step_id=step_id)}
    if not holders & viewer.stands_for and done_by_id not in viewer.stands_for:
        raise NoSuchStep


def _opened(session: Session, viewer: Viewer, step_id: int) -> step_pages.OpenedStep:
    """A step that waits. Raises NoSuchStep, StepEnded, StepCancelled."""
    row = _found(session, viewer, step_id)
    if row.step.status == "cancelled":
        raise StepCancelled(reference=row.case.reference)
    if row.step.status != "open":
        raise StepEnded(who=row.done_by or "somebody else", reference=row.case.reference)
    return row


def _kept(session: Session, viewer: Viewer, step_id: int) -> DraftKept:
    draft = step_pages.draft(session, step_id=step_id, person_id=viewer.person_id)
    return DraftKept(dict(draft.values), draft.version, draft.saved_at) if draft else DraftKept()


def _nearby(session: Session, step: Any, case: Any, today: date) -> list[step_pages.PersonName]:
    """Among whom several people are ticked: those of the dispute, or those around a team."""
    if step.process in DISPUTE_STAGES:
        return step_pages.people_of_dispute(session, case_id=step.case_id, trust_id=case.trust_id, today=today)
    return step_pages.people_around(session, case=case, today=today)


def _to_fill(session: Session, viewer: Viewer, step: Any, case: Any, now: datetime) -> StepToFill:
    node = releases.of(session, release_id=case.release_id).diagrams.drawing(step.process).nodes[step.element]
    types = {drawn.type for drawn in node.fields}
    today = civil_day(now)
    named = types & {"person", "people"}
    if named:
        step_pages.foresee_people_of_trust(session, trust_id=case.trust_id, today=today)
    nearby = _nearby(session, step, case, today) if "people" in types else []
    people = step_pages.people_of_trust(session, trust_id=case.trust_id, today=today) if named else []
    # A deputy may come from elsewhere, and was at the meeting that they record.
    deputy = [one for one in people if one.id == viewer.person_id and one not in nearby]
    return StepToFill(
        id=step.id,
        name=step.name,
        screen=step.screen,
        reference=case.reference,
        fields=node.fields,
        people=tuple(people),
        nearby=(*nearby, *deputy),
        documents=papers.to_choose(session, case_id=step.case_id, stage=step.process) if "files" in types else (),
    )


def _mine(viewer: Viewer, step: Any, holder_ids: Sequence[int]) -> int | None:
    """In whose name the viewer may do the step: their own first; None if in nobody's."""
    eligible = [step.holder_id] if step.holder_id is not None else holder_ids
    if viewer.person_id in eligible:
        return viewer.person_id
    return next((person for person in eligible if person in viewer.acts_for), None)


def _may(role: str, holder_id: int | None, holders: int, mine: int | None) -> Literal["act", "claim", "assign"]:
    if mine is None:
        return "assign"
    return "claim" if holder_id is None and holders > 1 and role in GROUP_ROLES else "act"


def _about(session: Session, viewer: Viewer, item: str, subject_id: int | None) -> str:
    if not item.isdecimal() or int(item) in {viewer.person_id, subject_id}:
        return ""
    person = people_rows.by_id(session, trust_id=viewer.trust_id, person_id=int(item))
    return person.name if person else ""


def _names(holders: Iterable[step_pages.PersonName], claimed_by: int | None) -> str:
    names = [holder.name for holder in holders if claimed_by in {None, holder.id}]
    return " or ".join(names) if names else "somebody who has yet to be named"
