"""Who signs a job plan, and which signatures an edit voids."""

from collections.abc import Collection, Mapping, Sequence

from workflows.domain.policy import Policy
from workflows.domain.roles import Role


def signatories(
    policy: Policy, subject_id: int | None, holders: Mapping[Role, Sequence[int]]
) -> list[tuple[Role, int | None]]:
    """Who must sign the plan of `subject_id`, in the policy's order: role of the signature and person, each once.

    `holders` are the people who hold each role for this doctor, the first one first. Where all of them are the doctor
    or sign already, the role that stands in for theirs signs in its place, so that nobody acts for both sides. None
    stands for a role that is vacant, or whose chain of stand-ins ends: somebody has to be found.
    """
    signing: list[tuple[Role, int | None]] = []
    for role in policy.signatories:
        barred = {subject_id, *(person for _, person in signing)}
        signing.append((role, subject_id if role is Role.PRACTITIONER else _signatory(policy, role, holders, barred)))
    return signing


def _signatory(
    policy: Policy, role: Role, holders: Mapping[Role, Sequence[int]], barred: Collection[int | None]
) -> int | None:
    acting: Role | None = role
    while acting is not None and holders.get(acting):
        for person in holders[acting]:
            if person not in barred:
                return person
        acting = policy.stands_in.get(acting)
    return None


def voided_by(
    old_hashes: Mapping[str, str], new_hashes: Mapping[str, str], covers: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """By role: the sections that its signature covers whose content has changed. A signature that stands has none."""
    touched = {
        role: tuple(section for section in sections if old_hashes.get(section) != new_hashes.get(section))
        for role, sections in covers.items()
    }
    return {role: sections for role, sections in touched.items() if sections}
