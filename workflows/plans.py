"""Verbs on a job plan inside a step: save it, sign it, return it. Content goes through workflows.domain.plan alone."""

from workflows.domain.errors import BadValues, NotAllowed
from workflows.domain.plan import Plan, section_title
from workflows.domain.policy import Policy
from workflows.domain.signatures import voided_by
from workflows.engine import releases
from workflows.engine.actions.plans import NoDraft, draft_of
from workflows.engine.moves import Move
from workflows.store import Session
from workflows.store import notices as notice_rows
from workflows.store import plans as plan_rows
from workflows.store.models import Case, Json, PlanVersion, Signature


class EmptyPlan(NotAllowed):
    """There is nothing in this job plan to sign yet."""


def policy_of(session: Session, case: Case) -> Policy:
    """The policy that a case follows."""
    return releases.of(session, release_id=case.release_id).policy


def draft_content(session: Session, case: Case) -> Plan:
    """The draft that a case is about. Raises NoDraft."""
    draft = plan_rows.draft_of_case(session, case_id=case.id)
    if draft is None:
        raise NoDraft
    return Plan.from_json(draft.content)


def save_plan(move: Move, plan: Plan) -> None:
    """Save the case's draft. A signature is voided only if what it covers has changed, and its signer is told."""
    draft = draft_of(move)
    if not plan.activities and not plan.not_applicable:
        raise BadValues({"plan": "Add at least one activity, or say why each kind of activity does not apply."})
    before = Plan.from_json(draft.content).section_hashes()
    draft.content, draft.written_at, draft.written_by_id = plan.to_json(), move.now, move.by.person_id
    after = plan.section_hashes()
    changed = [section for section in after if after[section] != before.get(section)]
    move.record("plan_saved", plan=draft.id, number=draft.number, sections=changed)
    if changed:
        void_signatures(move, draft, before, after)


def void_signatures(move: Move, draft: PlanVersion, before: dict[str, str], after: dict[str, str]) -> None:
    """Void the signatures that cover a changed section."""
    touched = voided_by(before, after, move.loaded.policy.covers)
    for signature in plan_rows.signatures_of(move.session, plan_version_id=draft.id):
        changed = touched.get(signature.role)
        if not changed:
            continue
        words = ", ".join(section_title(section) for section in changed)
        plan_rows.void(move.session, signature=signature, because=words, now=move.now)
        move.record("signature_voided", whose=signature.person_id, sections=list(changed))
        tell(
            move,
            signature.on_behalf_of_id or signature.person_id,
            kind="signature_voided",
            subject=f"{move.case.title}: please sign again",
            words=f"The plan that you signed has been changed since, in: {words}. Your signature no longer counts.",
        )


def sign_plan(move: Move) -> None:
    """Put a dated signature under the draft, for the role in which the step was held (CPFT 7.5, BTH Appendix 5)."""
    draft = draft_of(move)
    plan = Plan.from_json(draft.content)
    if not plan.activities:
        raise EmptyPlan
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
    """Either party records that there is no agreement; the diagram goes on to the disagreement (CPFT 7.5)."""
    move.record("agreement_refused", clause="CPFT-7.5-b", step=move.step.id if move.step else None)


def record_return(move: Move) -> None:
    """The directorate returns the plan with reasons by section (CPFT 7.6.5); both parties are told."""
    reasons: dict[str, str] = move.known["return_reasons"]
    move.record("plan_returned", clause="CPFT-7.6.5-a", sections=list(reasons))
    words = " ".join(f"{section_title(section)}: {reason}" for section, reason in reasons.items())
    parties = plan_rows.signatures_of(move.session, plan_version_id=draft_of(move).id)
    for person in dict.fromkeys(one.on_behalf_of_id or one.person_id for one in parties):
        tell(
            move,
            person,
            kind="plan_returned",
            subject=f"{move.case.title}: returned by the Medical Directorate",
            words=words,
        )


def tell(move: Move, person_id: int, *, kind: str, subject: str, words: str) -> None:
    """A notice to one person about the case."""
    notice = notice_rows.NewNotice(
        trust_id=move.case.trust_id,
        person_id=person_id,
        case_id=move.case.id,
        key=f"{move.case.id}:{move.case.version}:{kind}:{person_id}",
        kind=kind,
        subject=subject,
        words=words,
        written_at=move.now,
    )
    notice_rows.add(move.session, notices=[notice])
