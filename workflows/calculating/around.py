"""What stands around a doctor's plan: by it the policy's rules look at the plan, whoever asks."""

from datetime import date, timedelta
from fractions import Fraction

from workflows.calculating.basis import basis_of
from workflows.domain.plan import Plan
from workflows.domain.plan.findings import Around, RotaPas
from workflows.domain.plan.working_out import no_tariff
from workflows.domain.rotas import in_force
from workflows.engine.calculations import of_release
from workflows.releases import Loaded
from workflows.store import Session
from workflows.store import extra_pa as extra_rows
from workflows.store import plans as plan_rows
from workflows.store import posts as post_rows
from workflows.store import rotas as rota_rows
from workflows.store.models import Rota

A_YEAR = timedelta(days=365)


def around_plan(session: Session, loaded: Loaded, plan: Plan, *, person_id: int, contract: str, today: date) -> Around:
    """Everything beside the plan, in a fixed number of statements. `contract` is the kind that payroll holds."""
    on = plan.effective_from or today
    basis = basis_of(loaded, plan, contract=contract, today=today)
    held = post_rows.contract_of(session, person_id=person_id, on=today)
    agreed = plan_rows.agreed_last(session, person_id=person_id)
    rotas = rota_rows.of_person(session, person_id=person_id, on=on)
    return Around(
        values=loaded.policy.values,
        terms=basis.terms if basis else None,
        holidays=basis.holidays if basis else (),
        contracted=Fraction(held.programmed_activities) if held else None,
        grade=held.grade if held else "",
        today=today,
        decide=of_release(loaded),
        tariff_of=basis.tariff_of if basis else no_tariff,
        extras=tuple(extra_rows.agreed_between(session, person_ids=[person_id], first=on, last=on + A_YEAR)),
        rotas={rota.name: pas for rota in rotas if (pas := _agreed_for(rota, on))},
        emergencies=any(rota.routine_emergencies for rota in rotas),
        agreed=Plan.from_json(agreed.content) if agreed else None,
    )


def _agreed_for(rota: Rota, on: date) -> RotaPas | None:
    """What was agreed for everybody on a rota; None as long as nothing is."""
    found = in_force(rota.diaries, on)
    if found is None:
        return None
    return RotaPas(Fraction(found.predictable_pas or 0), Fraction(found.unpredictable_pas or 0))
