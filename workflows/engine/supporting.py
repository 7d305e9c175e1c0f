"""Who supports a case: the AMD, where the clinical manager is not medically qualified (CPFT-5.4-b)."""

from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.roles import Role
from workflows.engine import runner
from workflows.engine.moves import NOBODY
from workflows.engine.notices import tell
from workflows.store import Session
from workflows.store import posts as post_rows
from workflows.store.models import Case

SUPPORTED = "individual_planning"
CLAUSE = "CPFT-5.4-b"


def add_supporters(session: Session, *, case: Case, now: datetime) -> None:
    """Add the AMD to a doctor's case as supporter, once, if its clinical manager is flagged as not medically
    qualified: `case.supporters` names them, the history tells of it, and they are told."""
    if case.process != SUPPORTED or case.team_id is None or case.status != "open":
        return
    if not post_rows.manager_not_medical(session, team_id=case.team_id, on=civil_day(now)):
        return
    move = runner.open_move(session, case=case, now=now, by=NOBODY)
    known = move.known["supporters"] or []
    new = [person for person in move.bench.holders(Role.AMD) if person not in known]
    if new:
        move.write({"supporters": [*known, *new]}, {"supporters": "people"})
        move.record("supporter_added", clause=CLAUSE, to=new)
        title = move.loaded.policy.title(Role.CLINICAL_MANAGER)
        tell(
            move,
            new,
            key=f"supporter:{case.id}",
            kind="supporter",
            subject=f"{case.title}: you support this case",
            words=f"The {title} is not medically qualified, so you support this job planning (CPFT 5.4).",
        )
        runner.save(move)
