"""Who may put papers into a case, in whose name, and to which stage they belong."""

from collections.abc import Iterable
from datetime import datetime

from workflows.cases.acting import Actor
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.roles import Role
from workflows.domain.standing import may_see_of_stage
from workflows.engine import runner
from workflows.engine.holders import unique
from workflows.engine.moves import Acting, Move, in_the_name_of
from workflows.inbox import Viewer
from workflows.inbox.reach import reach, standings_in
from workflows.store import Session
from workflows.store import papers as paper_rows
from workflows.store.models import Case, Comment, Document


class NoSuchCase(NotFound):
    """There is no such case in your trust."""


class NotYoursToAdd(NotAllowed):
    """Documents and comments come from the doctor and managers concerned, from whoever holds a step of this stage, and
    from the {medical_directorate} team."""


class CaseClosed(NotAllowed):
    """This case is closed. What belongs to it now goes into a new one."""


class NotYoursToRemove(NotAllowed):
    """Only whoever added this can take it out again."""


class StageOver(NotAllowed):
    """The stage of the case in which this was added is over: others have relied on it, so it stays."""


def case_to_add_to(session: Session, *, actor: Actor, reference: str) -> Case:
    """An open case of the trust. Raises NoSuchCase, CaseClosed."""
    case = paper_rows.case_of(session, trust_id=actor.trust_id, reference=reference)
    if case is None:
        raise NoSuchCase
    if case.status != "open":
        raise CaseClosed
    return case


def stage_of(session: Session, *, case: Case, people: Iterable[int]) -> str:
    """The stage to which something that these people add belongs: that of their own step, else that of the newest."""
    stages = paper_rows.open_stages(session, case_id=case.id)
    held = paper_rows.stages_held(session, case_id=case.id, people=people)
    return next((stage for stage in stages if stage in held), next(iter(stages), case.process))


def acting(session: Session, *, actor: Actor, case: Case, now: datetime) -> tuple[Acting, str]:
    """In whose name the actor adds something, themselves first, and to which stage. Raises NotYoursToAdd."""
    for by in in_the_name_of(session, person_id=actor.person_id, on=civil_day(now)):
        whose = by.whose or 0
        stage = stage_of(session, case=case, people=[whose])
        if may_add(session, case=case, person_id=whose, stage=stage, now=now):
            return by, stage
    raise NotYoursToAdd


def may_add(session: Session, *, case: Case, person_id: int, stage: str, now: datetime) -> bool:
    """Whether somebody, in their own name, may: whoever may read the comments of that stage."""
    sees = reach(session, viewer=Viewer(person_id=person_id, trust_id=case.trust_id), now=now)
    held = paper_rows.stages_held(session, case_id=case.id, people=[person_id])
    standings = standings_in(sees, case, ())
    return may_see_of_stage(standings, "comments", holds_there=stage in held)


def move_to_remove(session: Session, *, actor: Actor, paper: Document | Comment, now: datetime) -> Move:
    """The move in which whoever added it takes it out, as long as the stage lasts. Raises NotYoursToRemove, CaseClosed,
    StageOver."""
    case = paper_rows.case_by_id(session, case_id=paper.case_id)
    if paper.by_id != actor.person_id:
        raise NotYoursToRemove
    if case.status != "open":
        raise CaseClosed
    if paper.stage not in (paper_rows.open_stages(session, case_id=case.id) or [case.process]):
        raise StageOver
    return runner.open_move(session, case=case, now=now, by=Acting(actor.person_id, paper.on_behalf_of_id))


def concerned(move: Move, *, stage: str) -> list[int]:
    """The parties of a case and whoever may act on its steps of that stage, plan readers apart."""
    case = move.case
    parties = move.bench.any_of([Role.PRACTITIONER, Role.CLINICAL_MANAGER]) if case.team_id else []
    holders = sorted(paper_rows.open_holders(move.session, case_id=case.id, stage=stage))
    return unique(
        person
        for person in (*parties, *holders)
        if person in parties or may_add(move.session, case=case, person_id=person, stage=stage, now=move.now)
    )
