"""Cases: finding one, saving what a move changed, counting references."""

from sqlalchemy import bindparam, exists, inspect, or_, select, update
from sqlalchemy.orm import Session, undefer
from sqlalchemy.orm.attributes import set_committed_value

from workflows.store.inserts import insert_into
from workflows.store.later import later
from workflows.store.models import Case, Message, ReferenceCount, Trust
from workflows.store.tables import as_read, table_of

MOVED = ("status", "stage", "closed_at", "engine_version", "version", "event_count", "event_head")
"""What a move changes of its case; most change its state too."""
MOVED_WITH_STATE = ("state", *MOVED)
_CASE = table_of(Case)
_SAVE, _SAVE_WITH_STATE = (
    update(_CASE).where(_CASE.c.id == bindparam("case_id")).values({key: bindparam(f"new_{key}") for key in keys})
    for keys in (MOVED, MOVED_WITH_STATE)
)

_FOLLOW = update(_CASE).where(_CASE.c.id == bindparam("case_id")).values(release_id=bindparam("new_release_id"))


def by_id(session: Session, *, case_id: int) -> Case | None:
    """The case with its stored state, as the runner needs it."""
    return session.scalar(select(Case).where(Case.id == case_id).options(undefer(Case.state)))


def add(session: Session, *, case: Case) -> Case:
    """A new case, with its id."""
    session.add(case)
    session.flush()
    return case


def save(session: Session, *, case: Case) -> None:
    """Write what a move has changed of its case, which has to be this transaction's alone."""
    with_state = "state" in inspect(case).committed_state
    case.version += 1
    moved = {key: getattr(case, key) for key in (MOVED_WITH_STATE if with_state else MOVED)}
    values = {"case_id": case.id, **{f"new_{key}": value for key, value in moved.items()}}
    later(session, _SAVE_WITH_STATE if with_state else _SAVE, [values])
    as_read(session, case)


def follow(session: Session, *, case: Case, release_id: int) -> None:
    """Let a case, which has to be this transaction's alone, go on with another release."""
    later(session, _FOLLOW, [{"case_id": case.id, "new_release_id": release_id}])
    set_committed_value(case, "release_id", release_id)


def next_reference(session: Session, *, trust: Trust, year: int) -> str:
    """The trust's next reference in the civil year: "CPFT-2026-0007". Counted in a row, so it is never given twice."""
    insert = insert_into(session, ReferenceCount).values(trust_id=trust.id, year=year, last=1)
    count = session.scalars(
        insert.on_conflict_do_update(
            index_elements=["trust_id", "year"], set_={"last": ReferenceCount.last + 1}
        ).returning(ReferenceCount.last)
    ).one()
    return f"{trust.key}-{year}-{count:04d}"


def open_of_team(session: Session, *, team_id: int, process: str) -> list[int]:
    """The ids of a team's open cases of one process, oldest first."""
    return list(
        session.scalars(
            select(Case.id)
            .where(Case.team_id == team_id, Case.process == process, Case.status == "open")
            .order_by(Case.id)
        )
    )


def open_about(session: Session, *, subject_id: int, process: str) -> bool:
    """Whether a case of that process about a doctor is open."""
    alike = exists().where(Case.subject_id == subject_id, Case.process == process, Case.status == "open")
    return session.scalars(select(alike)).one()


def children_open(session: Session, *, parent_id: int) -> bool:
    """Whether a case that this one started is still open, or has yet to be started."""
    still_open = exists().where(Case.parent_id == parent_id, Case.status == "open")
    unstarted = exists().where(Message.sender_id == parent_id, Message.kind == "start", Message.status == "waiting")
    return session.scalars(select(or_(still_open, unstarted))).one()


def open_like(
    session: Session, *, trust_id: int, process: str, year: str, subject_id: int | None, care_group_id: int | None
) -> str | None:
    """The reference of an open case of the same process and year about the same doctor or care group, if any.

    A doctor's plan is worked on in one case at a time, whatever its year: each draft begins with the plan in force.
    """
    about = Case.subject_id == subject_id if subject_id else Case.care_group_id == care_group_id
    alike = [Case.trust_id == trust_id, Case.process == process, Case.status == "open", about]
    if not (subject_id and process == "individual_planning"):
        alike.append(Case.year == year)
    return session.scalar(select(Case.reference).where(*alike).order_by(Case.id).limit(1))
