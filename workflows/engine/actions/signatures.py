"""Signatures under a plan whose content changes, by a person's edit or by what a dispute holds back."""

from collections.abc import Mapping

from workflows.domain.plan import section_title
from workflows.domain.signatures import voided_by
from workflows.engine.moves import Move
from workflows.engine.notices import tell
from workflows.store import plans as plan_rows
from workflows.store.models import PlanVersion


def void_signatures(move: Move, draft: PlanVersion, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Void the signatures that cover a changed section, and tell their signers. Hashes are by section."""
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
            [signature.on_behalf_of_id or signature.person_id],
            key=f"{move.case.id}:{move.case.version}:signature_voided",
            kind="signature_voided",
            subject=f"{move.case.title}: please sign again",
            words=f"The plan that you signed has been changed since, in: {words}. Your signature no longer counts.",
        )
