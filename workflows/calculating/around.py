"""What stands around a doctor's plan: by it the policy's rules look at the plan, whoever asks."""

from datetime import date, timedelta
from fractions import Fraction

from workflows.calculating.basis import Basis
from workflows.domain.plan import Plan
from workflows.domain.plan.findings import Around
from workflows.domain.plan.working_out import no_tariff
from workflows.domain.rotas import RotaShare
from workflows.engine.calculations import of_release
from workflows.engine.rota_shares import rota_shares
from workflows.releases import Loaded
from workflows.store import Session
from workflows.store import extra_pa as extra_rows
from workflows.store import plans as plan_rows
from workflows.store import posts as post_rows

A_YEAR = timedelta(days=365)


def around_plan(
    session: Session,
    loaded: Loaded,
    plan: Plan,
    *,
    person_id: int,
    basis: Basis | None,
    today: date,
    rotas: tuple[RotaShare, ...] | None = None,
) -> Around:
    """Everything beside the plan, in a fixed number of statements. `basis` is the plan's, `rotas` are the doctor's, if
    they have been asked for."""
    on = plan.effective_from or today
    plan_rows.foresee_agreed_last(session, person_id=person_id)
    held = post_rows.contract_of(session, person_id=person_id, on=today)
    agreed = plan_rows.agreed_last(session, person_id=person_id)
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
        rotas=rota_shares(session, plan, person_id=person_id, today=today) if rotas is None else rotas,
        agreed=Plan.from_json(agreed.content) if agreed else None,
    )
