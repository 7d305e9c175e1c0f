"""The rotas that a doctor is on, as a plan takes them over."""

from datetime import date
from fractions import Fraction

from workflows.domain import rotas
from workflows.domain.plan import Plan
from workflows.domain.plan.on_call import RotaShare, with_rotas
from workflows.store import Session
from workflows.store import rotas as rota_rows
from workflows.store.models import Rota


def rotas_in(session: Session, plan: Plan, *, person_id: int, today: date) -> Plan:
    """The plan with the doctor's rotas as they are agreed for its first day (BTH-3.4.13.2-b)."""
    on = plan.effective_from or today
    return with_rotas(plan, (share(rota, on) for rota in rota_rows.of_person(session, person_id=person_id, on=on)))


def share(rota: Rota, on: date) -> RotaShare:
    """A doctor's part in a rota on a day: everybody's on it. Before anything is agreed it comes to no PAs."""
    agreed = rotas.in_force(rota.diaries, on)
    return RotaShare(
        id=rota.id,
        name=rota.name,
        frequency=rotas.often(rotas.on_it(rota.members, on), rota.frequency) or Fraction(1),
        category=rota.category,
        predictable=Fraction(agreed.predictable_pas or 0) if agreed else Fraction(0),
        unpredictable=Fraction(agreed.unpredictable_pas or 0) if agreed else Fraction(0),
    )
