"""Verbs on a job plan inside a step: save it, sign it, return it. Content goes through workflows.domain.plan alone."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from workflows.calculating.around import around_plan
from workflows.calculating.basis import Basis, basis_of
from workflows.domain.disputes import PARTS
from workflows.domain.errors import BadValues, NotAllowed
from workflows.domain.plan import Plan, missing_sections, must_be_mended, section_title
from workflows.domain.plan.on_call import with_rotas
from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.domain.rotas import RotaShare
from workflows.engine import ledger
from workflows.engine.actions.plans import SIGN_OFF, NoDraft, draft_of
from workflows.engine.actions.signatures import void_signatures
from workflows.engine.moves import Move
from workflows.engine.notices import tell
from workflows.engine.rota_shares import rota_shares
from workflows.store import plans as plan_rows
from workflows.store import posts as post_rows
from workflows.store.models import Json, PlanVersion, Signature


class EmptyPlan(NotAllowed):
    """There is nothing in this job plan to sign yet."""


class NotToBeSigned(NotAllowed):
    """This job plan cannot be signed yet: {sentences} Ask for a change first."""


class SignedAlready(NotAllowed):
    """You have signed this job plan already. Somebody else has to give this signature."""


CHANGED_SINCE = (
    "Somebody has changed this plan since you opened it. Look at what differs: then send yours again, or go on from "
    "theirs."
)


def draft_content(move: Move) -> Plan:
    """The draft that a case is about. Raises NoDraft."""
    draft = plan_rows.draft_of_case(move.session, case_id=move.case.id)
    if draft is None:
        raise NoDraft
    return Plan.from_json(draft.content)


def contracted(move: Move) -> Fraction | None:
    """The PAs a week of the doctor's contract; None where payroll holds none."""
    subject = move.case.subject_id
    row = post_rows.contract_of(move.session, person_id=subject, on=move.today) if subject else None
    return Fraction(row.programmed_activities) if row else None


def save_plan(move: Move, plan: Plan, *, made_from: str = "") -> None:
    """Save the case's draft, with the doctor's rotas as they are agreed for everybody on them. A signature is voided
    only if what it covers has changed, and its signer is told.

    made_from: the fingerprint of the draft that whoever wrote the plan had before them; "" where nobody had. Raises
    BadValues where the draft has become another one since, so that nobody overwrites what they have not seen.
    """
    draft = draft_of(move)
    old = Plan.from_json(draft.content)
    if made_from and made_from != old.fingerprint():
        raise BadValues({"made_from": CHANGED_SINCE})
    if not plan.activities and not plan.not_applicable:
        raise BadValues({"plan": "Add at least one activity, or say why each kind of activity does not apply."})
    rotas = rota_shares(move.session, plan, person_id=draft.person_id, today=move.today)
    basis = basis_for(move, draft, plan)
    plan = worked_out(with_rotas(plan, rotas), basis)
    check_mended(move, plan)
    check_found(move, plan, basis, rotas)
    before = old.section_hashes()
    draft.content, draft.written_at, draft.written_by_id = plan.to_json(), move.now, move.by.person_id
    after = plan.section_hashes()
    changed = [section for section in after if after[section] != before.get(section)]
    if changed:
        move.record("plan_saved", plan=draft.id, number=draft.number, sections=changed)
        void_signatures(move, draft, before, after)


def basis_for(move: Move, draft: PlanVersion, plan: Plan) -> Basis | None:
    """By what the draft is reckoned, if it says what the plan says."""
    return basis_of(move.loaded, plan, contract=draft.contract_kind, today=move.today)


def worked_out(plan: Plan, basis: Basis | None) -> Plan:
    """The plan with those PAs worked out that follow from its times. Raises BadValues for a line that says neither, and
    where the policy of the case's release has no terms to reckon by."""
    problems = {}
    for number, line in enumerate(plan.activities):
        if not line.by_times:
            continue
        if basis is None:
            problems[f"activities.{number}.pas"] = (
                f"“{line.title}”: enter the PAs. Here they cannot follow from the times."
            )
        elif basis.worth(line) is None:
            words = "give the times, the hours or the PAs; or the role, where the policy gives time for it."
            problems[f"activities.{number}.pas"] = f"“{line.title}”: {words}"
    if problems:
        raise BadValues(problems)
    return basis.work_out(plan) if basis else plan


def check_mended(move: Move, plan: Plan) -> None:
    """A returned plan does not go on with a section still empty that it was returned for (CPFT-7.6.5-b)."""
    reasons = move.known["return_reasons"] if move.known["check_answer"] == "returned" else None
    wanted = missing_sections(plan, wanted_sections(move.loaded.policy))
    empty = [section for section in wanted if section in (reasons or {})]
    if empty:
        words = "has neither a line nor a reason why it does not apply. The plan was returned for this."
        raise BadValues({f"not_applicable.{section}": f"{section_title(section)} still {words}" for section in empty})


def check_found(move: Move, plan: Plan, basis: Basis | None, rotas: tuple[RotaShare, ...]) -> None:
    """After the meeting nothing is put down that the policy does not let anybody agree to (BTH-3.4.5-a and others),
    but for the sums."""
    if not move.known["meeting_date"]:
        return
    if problems := errors_in(move, plan, basis, rotas, sums=False):
        raise BadValues(problems)


def errors_in_draft(move: Move, plan: Plan) -> dict[str, str]:
    """What the policy does not let anybody agree to in the draft, by the place in the plan that it holds."""
    return errors_in(move, plan, basis_for(move, draft_of(move), plan))


def errors_in(
    move: Move, plan: Plan, basis: Basis | None, rotas: tuple[RotaShare, ...] | None = None, *, sums: bool = True
) -> dict[str, str]:
    """The same of a plan whose basis is known, and perhaps its doctor's rotas; `sums` as must_be_mended takes them."""
    rules = rules_of(move.loaded.policy)
    if not rules:
        return {}
    person, today = move.case.subject_id or 0, move.today
    around = around_plan(move.session, move.loaded, plan, person_id=person, basis=basis, today=today, rotas=rotas)
    return must_be_mended(plan, rules, around, disputed=move.known["disputed_elements"] or [], sums=sums)


def rules_of(policy: Policy) -> Mapping[str, Any]:
    """The policy's rules on job plans, as findings_of takes them; none where it says nothing of them."""
    rules: Mapping[str, Any] = policy.values.get("plan_rules", {})
    return rules


def wanted_sections(policy: Policy) -> tuple[str, ...]:
    """The parts of a plan that may not be empty without a reason, beside the kinds of activity (CPFT-7.6.5-a)."""
    return tuple(policy.values.get("plan_sections", ()))


def add_evidence(move: Move, given: Mapping[str, str]) -> None:
    """Put evidence under lines of the draft, by their ids: from the doctor, or on the doctor's behalf (BTH-3.3.2.5)."""
    save_plan(move, Plan.from_json(draft_of(move).content).with_evidence(given))


def sign_plan(move: Move) -> None:
    """Put a dated signature under the draft, for the role in which the step was held (CPFT 7.5, BTH Appendix 5)."""
    draft = draft_of(move)
    plan = Plan.from_json(draft.content)
    if not plan.activities:
        raise EmptyPlan
    if errors := errors_in_draft(move, plan):
        raise NotToBeSigned(sentences=" ".join(errors.values()))
    standing = plan_rows.signatures_of(move.session, plan_version_id=draft.id)
    if any(one.person_id == move.by.person_id for one in standing):
        raise SignedAlready
    role = role_of(move)
    hashes = plan.section_hashes()
    signature = Signature(
        case_id=move.case.id,
        plan_version_id=draft.id,
        person_id=move.by.person_id,
        on_behalf_of_id=move.by.on_behalf_of_id,
        role=role,
        sections={section: hashes[section] for section in move.loaded.policy.covers[role]},
        signed_at=move.now,
    )
    plan_rows.sign(move.session, signature=signature)
    move.record("plan_signed", plan=draft.id, number=draft.number, signature=signature.id, role=role)


def role_of(move: Move) -> str:
    """The role in which the current step's item signs."""
    roles: Json = move.known["signatory_roles"] or {}
    step = move.step
    return str(roles.get(step.item, step.role)) if step else ""


def record_no_agreement(move: Move) -> None:
    """Either party records that there is no agreement; the diagram goes on to the disagreement in place of sign-off
    (CPFT 7.5), so that its signatures are not waited for until something is left to sign."""
    move.record("agreement_refused", clause="CPFT-7.5-b", step=move.step.id if move.step else None)
    ledger.withdraw(move, SIGN_OFF)


def record_dispute(move: Move) -> None:
    """The points in dispute are on record; where nobody refused at the signatures, this is where it is first said."""
    if move.known["sign_answer"] != "not_agreed":
        record_no_agreement(move)


def parts(move: Move) -> frozenset[str]:
    """What of a plan can be in dispute: the lines of the draft, of the plan agreed last, and the plan's own parts."""
    subject = move.case.subject_id
    old = plan_rows.agreed_last(move.session, person_id=subject) if subject else None
    before = Plan.from_json(old.content) if old else Plan.from_template()
    lines = (*draft_content(move).activities, *before.activities)
    return frozenset({*PARTS, *(line.id for line in lines)})


def record_return(move: Move) -> None:
    """The directorate returns the plan with reasons by section (CPFT 7.6.5); both parties are told."""
    reasons: dict[str, str] = move.known["return_reasons"]
    move.record("plan_returned", clause="CPFT-7.6.5-a", sections=list(reasons))
    words = " ".join(f"{section_title(section)}: {reason}" for section, reason in reasons.items())
    parties = plan_rows.signatures_of(move.session, plan_version_id=draft_of(move).id)
    tell(
        move,
        dict.fromkeys(one.on_behalf_of_id or one.person_id for one in parties),
        key=f"{move.case.id}:{move.case.version}:plan_returned",
        kind="plan_returned",
        subject=f"{move.case.title}: returned by {move.loaded.policy.title(Role.MEDICAL_DIRECTORATE)}",
        words=words,
    )
