"""Which open cases wait for somebody whom a change of posts may touch."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflows.domain.people import Area
from workflows.store.models import Case, Step, Team


def cases_around(session: Session, *, trust_id: int, area: Area) -> list[int]:
    """The trust's open cases with a step of a role that the area takes in; by id."""
    teams_of_groups = select(Team.id).where(Team.care_group_id.in_(area.care_group_ids))
    near = or_(
        Step.role.in_(area.roles),
        Case.team_id.in_(area.team_ids),
        Case.care_group_id.in_(area.care_group_ids),
        Case.team_id.in_(teams_of_groups),
        (Case.team_id.is_(None)) & Case.care_group_id.in_(area.whole),
    )
    wanted = (
        select(Step.case_id)
        .join(Case, Case.id == Step.case_id)
        .where(Step.trust_id == trust_id, Step.status == "open", Step.item == "", near)
    )
    return list(session.scalars(wanted.distinct().order_by(Step.case_id)))
