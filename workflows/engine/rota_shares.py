"""The rotas that a doctor is on, as a plan takes them over."""

from datetime import date

from workflows.domain.plan import Plan
from workflows.domain.rotas import RotaShare, share
from workflows.store import Session
from workflows.store import rotas as rota_rows


def rota_shares(session: Session, plan: Plan, *, person_id: int, today: date) -> tuple[RotaShare, ...]:
    """The doctor's rotas as they are agreed for the plan's first day (BTH-3.4.13.2-b)."""
    on = plan.effective_from or today
    return tuple(share(rota, on) for rota in rota_rows.of_person(session, person_id=person_id, on=on))
