"""Job plans by version, the plans of teams, and signatures."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Integer, and_, exists, func, select, update
from sqlalchemy.orm import Session, defer

from workflows.store.asking import first, foresee, given, objects
from workflows.store.days import still_here
from workflows.store.models import Person, PlanVersion, Signature, TeamPlan
from workflows.store.tables import table_of

BINDING = ("in_force", "agreed")
"""What has been agreed and not been replaced: it counts today, or from its first day on."""
_PLAN, _SIGNATURE = table_of(PlanVersion), table_of(Signature)
_NEWEST = select(_PLAN).order_by(_PLAN.c.number.desc()).limit(1)
_AGREED_LAST = _NEWEST.where(_PLAN.c.person_id == given("person_id", Integer()), _PLAN.c.status.in_(BINDING))
_DRAFT_OF_CASE = _NEWEST.where(_PLAN.c.case_id == given("case_id", Integer()), _PLAN.c.status == "draft")
_VERSION_ID = given("plan_version_id", Integer())
_BY_ID = select(_PLAN).where(_PLAN.c.id == _VERSION_ID)
_STANDING = (
    select(_SIGNATURE)
    .where(_SIGNATURE.c.plan_version_id == _VERSION_ID, _SIGNATURE.c.voided_at.is_(None))
    .order_by(_SIGNATURE.c.id)
)


def by_id(session: Session, *, trust_id: int, plan_version_id: int) -> PlanVersion | None:
    """One version; what the session has read already is not asked for again."""
    known = session.identity_map.get(session.identity_key(PlanVersion, plan_version_id))
    found = known or first(session, PlanVersion, _BY_ID, {"plan_version_id": plan_version_id})
    return found if found and found.trust_id == trust_id else None


def in_force(session: Session, *, person_id: int) -> PlanVersion | None:
    """The doctor's plan as it counts now; None before their first."""
    return session.scalar(
        select(PlanVersion).where(PlanVersion.person_id == person_id, PlanVersion.status == "in_force")
    )


def agreed_last(session: Session, *, person_id: int) -> PlanVersion | None:
    """What was agreed last with the doctor: the newest version that waits for its first day, else the one in force."""
    return first(session, PlanVersion, _AGREED_LAST, {"person_id": person_id})


def waiting(session: Session, *, person_id: int) -> list[PlanVersion]:
    """The doctor's agreed versions that wait for their first day, in its order."""
    return list(
        session.scalars(
            select(PlanVersion)
            .where(PlanVersion.person_id == person_id, PlanVersion.status == "agreed")
            .order_by(PlanVersion.effective_from, PlanVersion.number)
        )
    )


def people_due(session: Session, *, today: date) -> list[int]:
    """The doctors of all trusts of whom an agreed version has come to its first day, by id."""
    wanted = select(PlanVersion.person_id).where(_will_count(), PlanVersion.effective_from <= today)
    return sorted(set(session.scalars(wanted)))


def due(session: Session, *, person_id: int, today: date) -> list[PlanVersion]:
    """Of one doctor what has come to its first day, in the order of agreement."""
    wanted = select(PlanVersion).where(
        PlanVersion.person_id == person_id, _will_count(), PlanVersion.effective_from <= today
    )
    return list(session.scalars(wanted.order_by(PlanVersion.number)))


def next_first_day(session: Session, *, after: date) -> date | None:
    """The next day after this one on which an agreed version comes into force; None if nothing waits."""
    wanted = select(func.min(PlanVersion.effective_from))
    return session.scalar(wanted.where(_will_count(), PlanVersion.effective_from > after))


def _will_count() -> ColumnElement[bool]:
    """Of a version: it waits for its first day, and its doctor has not left before it. A plan of whoever leaves earlier
    stays as it was agreed."""
    here = still_here(PlanVersion.effective_from)
    return and_(PlanVersion.status == "agreed", exists().where(Person.id == PlanVersion.person_id, here))


def foresee_draft_of_case(session: Session, *, case_id: int) -> None:
    """`draft_of_case` will be asked in this transaction."""
    foresee(session, (_DRAFT_OF_CASE,), {"case_id": case_id})


def foresee_agreed_last(session: Session, *, person_id: int) -> None:
    """`agreed_last` will be asked in this transaction."""
    foresee(session, (_AGREED_LAST,), {"person_id": person_id})


def draft_of_case(session: Session, *, case_id: int) -> PlanVersion | None:
    """The version that the case is working on, the newest if it has put one aside."""
    return first(session, PlanVersion, _DRAFT_OF_CASE, {"case_id": case_id})


def versions(session: Session, *, person_id: int) -> list[PlanVersion]:
    """All versions of a doctor's plan, newest first."""
    return list(
        session.scalars(
            select(PlanVersion).where(PlanVersion.person_id == person_id).order_by(PlanVersion.number.desc())
        )
    )


def of_trust(session: Session, *, trust_id: int) -> list[tuple[PlanVersion, str]]:
    """Every version of a plan in the trust with the name of its doctor, newest first; what is in it is not read yet."""
    wanted = (
        select(PlanVersion, Person.name)
        .join(Person, Person.id == PlanVersion.person_id)
        .where(PlanVersion.trust_id == trust_id)
        .options(defer(PlanVersion.content))
        .order_by(PlanVersion.number.desc())
    )
    return [(row, name) for row, name in session.execute(wanted)]


def next_number(session: Session, *, person_id: int) -> int:
    """The number of the doctor's next version, from 1."""
    return session.scalars(
        select(func.coalesce(func.max(PlanVersion.number), 0) + 1).where(PlanVersion.person_id == person_id)
    ).one()


def add(session: Session, *, version: PlanVersion) -> PlanVersion:
    """A new version, with its id."""
    session.add(version)
    session.flush()
    return version


def agree(session: Session, *, version: PlanVersion) -> None:
    """The version is agreed, and waits for its first day."""
    version.status = "agreed"
    session.flush()


def supersede(session: Session, *, versions: Iterable[PlanVersion]) -> None:
    """Others have taken their place."""
    for version in versions:
        version.status = "superseded"
    session.flush()


def put_in_force(session: Session, *, version: PlanVersion) -> None:
    """The version counts from now on; the one before is superseded first, since a doctor has one at a time."""
    session.execute(
        update(PlanVersion)
        .where(
            PlanVersion.person_id == version.person_id,
            PlanVersion.status == "in_force",
            PlanVersion.id != version.id,
        )
        .values(status="superseded")
    )
    version.status = "in_force"
    session.flush()


def team_plan(session: Session, *, team_id: int, year: str | None = None) -> TeamPlan | None:
    """The team's newest approved plan, of a planning year ("2027/28") if one is named."""
    statement = select(TeamPlan).where(TeamPlan.team_id == team_id)
    if year is not None:
        statement = statement.where(TeamPlan.year == year)
    return session.scalar(statement.order_by(TeamPlan.number.desc()).limit(1))


def team_plan_by_id(session: Session, *, trust_id: int, team_plan_id: int) -> TeamPlan | None:
    """One approved team plan."""
    return session.scalar(select(TeamPlan).where(TeamPlan.id == team_plan_id, TeamPlan.trust_id == trust_id))


def team_plans(session: Session, *, team_id: int) -> list[TeamPlan]:
    """All approved plans of a team, newest first."""
    return list(session.scalars(select(TeamPlan).where(TeamPlan.team_id == team_id).order_by(TeamPlan.number.desc())))


def add_team_plan(session: Session, *, plan: TeamPlan) -> TeamPlan:
    """File an approved plan under the team's next number, with its id."""
    plan.number = session.scalars(
        select(func.coalesce(func.max(TeamPlan.number), 0) + 1).where(TeamPlan.team_id == plan.team_id)
    ).one()
    session.add(plan)
    session.flush()
    return plan


def signatures_of_case(session: Session, *, case_id: int) -> list[Signature]:
    """Every signature given in the case, voided ones too, in order of signing."""
    return list(session.scalars(select(Signature).where(Signature.case_id == case_id).order_by(Signature.id)))


def signatures_of(session: Session, *, plan_version_id: int) -> list[Signature]:
    """The signatures that stand under a version, in order of signing."""
    return objects(session, Signature, _STANDING, {"plan_version_id": plan_version_id})


def sign(session: Session, *, signature: Signature) -> Signature:
    """A signature, with its id."""
    session.add(signature)
    session.flush()
    return signature


def void(session: Session, *, signature: Signature, because: str, now: datetime) -> None:
    """An edit has changed what the signature covers; its trace stays."""
    signature.voided_at = now
    signature.voided_because = because
    session.flush()
