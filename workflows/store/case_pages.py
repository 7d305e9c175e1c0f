"""Questions of the page of one case: each asks for everything of its kind at once."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from workflows.store.days import on_day
from workflows.store.models import (
    Case,
    Deadline,
    DeadlineChange,
    Deputy,
    Event,
    Fact,
    Firing,
    Incident,
    Message,
    Notice,
    Person,
    PlanVersion,
    Post,
    Signature,
    Step,
)
from workflows.store.plans import BINDING


def steps(session: Session, *, case_id: int) -> list[Step]:
    """Every human step that the case has ever waited at, in the order in which they opened."""
    return list(session.scalars(select(Step).where(Step.case_id == case_id).order_by(Step.opened_at, Step.id)))


def deadlines(session: Session, *, case_id: int) -> list[Deadline]:
    """The case's lines of the ledger with their extensions and pauses, what is due first first."""
    wanted = (
        select(Deadline)
        .options(selectinload(Deadline.changes))
        .where(Deadline.case_id == case_id)
        .order_by(Deadline.due_at, Deadline.id)
    )
    return list(session.scalars(wanted))


def deadline(session: Session, *, trust_id: int, deadline_id: int) -> Deadline | None:
    """One line of the trust's ledger, with its changes and its case."""
    wanted = (
        select(Deadline)
        .options(selectinload(Deadline.changes), joinedload(Deadline.case).joinedload(Case.subject))
        .where(Deadline.id == deadline_id, Deadline.trust_id == trust_id)
    )
    return session.scalars(wanted).one_or_none()


def firings(session: Session, *, deadline_id: int) -> list[Firing]:
    """What time has done and has still to do for a deadline, in its order."""
    return list(session.scalars(select(Firing).where(Firing.deadline_id == deadline_id).order_by(Firing.at, Firing.id)))


def steps_of_deadline(session: Session, *, case_id: int, name: str) -> list[Step]:
    """The open steps of the case that are drawn with this deadline."""
    wanted = select(Step).where(Step.case_id == case_id, Step.status == "open", Step.deadline == name)
    return list(session.scalars(wanted))


def origin_of_fact(session: Session, *, case_id: int, key: str) -> Row[str | None, str | None] | None:
    """Who wrote the newest fact of a key in which step: (step, writer); None where there is no such fact."""
    wanted = (
        select(Step.name.label("step"), Person.name.label("writer"))
        .select_from(Fact)
        .outerjoin(Step, Step.id == Fact.step_id)
        .outerjoin(Person, Person.id == Fact.writer_id)
        .where(Fact.case_id == case_id, Fact.key == key)
        .order_by(Fact.id.desc())
        .limit(1)
    )
    return session.execute(wanted).one_or_none()


def events(session: Session, *, case_id: int) -> list[Event]:
    """The case's history, newest first."""
    return list(session.scalars(select(Event).where(Event.case_id == case_id).order_by(Event.number.desc())))


def notices(session: Session, *, case_id: int) -> Sequence[Row[Notice, str]]:
    """What was sent about the case, newest first: (notice, the recipient's name)."""
    wanted = (
        select(Notice, Person.name)
        .join(Person, Person.id == Notice.person_id)
        .where(Notice.case_id == case_id)
        .order_by(Notice.written_at.desc(), Notice.id.desc())
    )
    return session.execute(wanted).all()


def messages_waiting(session: Session, *, case_id: int) -> list[Message]:
    """What the case has sent to other cases and nobody has taken yet."""
    wanted = select(Message).where(Message.sender_id == case_id, Message.status == "waiting").order_by(Message.id)
    return list(session.scalars(wanted))


def incidents(session: Session, *, case_id: int) -> list[Incident]:
    """Moves of the case that failed and are not settled, the newest first."""
    wanted = (
        select(Incident).where(Incident.case_id == case_id, Incident.status == "open").order_by(Incident.last_at.desc())
    )
    return list(session.scalars(wanted))


def plans_of_case(session: Session, *, case_id: int, subject_id: int | None) -> list[PlanVersion]:
    """The plan versions of the case, and those of its doctor that are in force or agreed; newest first."""
    of_doctor = and_(PlanVersion.person_id == subject_id, PlanVersion.status.in_(BINDING))
    wanted = (
        select(PlanVersion)
        .where(or_(PlanVersion.case_id == case_id, of_doctor) if subject_id else PlanVersion.case_id == case_id)
        .order_by(PlanVersion.number.desc(), PlanVersion.id.desc())
    )
    return list(session.scalars(wanted))


def children(session: Session, *, parent_id: int) -> list[Case]:
    """The cases that this one has started, by title."""
    wanted = select(Case).where(Case.parent_id == parent_id).order_by(Case.title, Case.id)
    return list(session.scalars(wanted))


def by_id(session: Session, *, case_id: int) -> Case | None:
    """A case."""
    return session.get(Case, case_id)


def posts_around(
    session: Session, *, trust_id: int, team_id: int | None, care_group_id: int | None, day: date
) -> list[Post]:
    """The posts of that day over this team, over this care group and over the whole trust, by the person's name."""
    wanted = (
        select(Post)
        .join(Post.person)
        .where(
            Post.trust_id == trust_id,
            on_day(Post.starts_on, Post.ends_on, day),
            or_(
                and_(Post.team_id.is_(None), Post.care_group_id.is_(None)),
                Post.team_id == team_id if team_id else Post.id.is_(None),
                and_(Post.team_id.is_(None), Post.care_group_id == care_group_id)
                if care_group_id
                else Post.id.is_(None),
            ),
        )
        .order_by(Person.name, Post.id)
    )
    return list(session.scalars(wanted))


def deputies_of(session: Session, *, person_ids: Iterable[int], day: date) -> list[tuple[int, str, date]]:
    """(person id, the deputy's name, last day) for those who are away on that day."""
    deputy = aliased(Person)
    wanted = (
        select(Deputy.person_id, deputy.name, Deputy.ends_on)
        .join(deputy, deputy.id == Deputy.deputy_id)
        .where(Deputy.person_id.in_(person_ids), on_day(Deputy.starts_on, Deputy.ends_on, day))
        .order_by(deputy.name)
    )
    return [(person, name, ends_on) for person, name, ends_on in session.execute(wanted)]


def signatures(session: Session, *, plan_version_ids: Iterable[int]) -> Sequence[Row[Signature, str]]:
    """The signatures under these plan versions in their order: (signature, the signer's name)."""
    wanted = (
        select(Signature, Person.name)
        .join(Person, Person.id == Signature.person_id)
        .where(Signature.plan_version_id.in_(plan_version_ids))
        .order_by(Signature.signed_at, Signature.id)
    )
    return session.execute(wanted).all()


def extended_by(session: Session, *, changes: Iterable[DeadlineChange]) -> dict[int, str]:
    """The names of those who changed a deadline, and of those for whom they did, by id."""
    people = {person for change in changes for person in (change.by_id, change.on_behalf_of_id) if person}
    wanted = select(Person.id, Person.name).where(Person.id.in_(people))
    return {row.id: row.name for row in session.execute(wanted)}
