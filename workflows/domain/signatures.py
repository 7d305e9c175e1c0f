"""Who signs a job plan, and which signatures an edit voids."""

from collections.abc import Mapping, Sequence

from workflows.domain.errors import Broken
from workflows.domain.policy import Policy
from workflows.domain.roles import Role


class NobodyToSign(Broken):
    """Nobody holds a post in which they could sign as {title}: it is vacant, or its holder signs already."""


def signatories(policy: Policy, subject_id: int, holders: Mapping[Role, Sequence[int]]) -> list[tuple[Role, int]]:
    """Who must sign the plan of `subject_id`, in the policy's order: role of the signature and person, each once.

    `holders` are the people who hold each role for this doctor, the first one first. Where a role is vacant, or its
    holders are the doctor or sign already, the holder of the role that stands in for it signs in its place, so that
    nobody acts for both sides. Raises NobodyToSign at the end of that chain.
    """
    signing: list[tuple[Role, int]] = []
    for role in policy.signatories:
        taken = {person for _, person in signing}
        signing.append((role, _signatory(policy, role, subject_id, holders, taken)))
    return signing


def _signatory(
    policy: Policy, role: Role, subject_id: int, holders: Mapping[Role, Sequence[int]], taken: set[int]
) -> int:
    if role is Role.PRACTITIONER:
        return subject_id
    acting: Role | None = role
    while acting is not None:
        for person in holders.get(acting, ()):
            if person != subject_id and person not in taken:
                return person
        acting = policy.stands_in.get(acting)
    raise NobodyToSign(title=policy.title(role))


def changed_sections(signed: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The sections of those that were signed whose content is no longer what it was. Both are hashes by section."""
    return tuple(section for section, content in signed.items() if now.get(section) != content)


def voided_by(
    old_hashes: Mapping[str, str], new_hashes: Mapping[str, str], covers: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """By role: the changed sections that its signature covers. A role whose signature stands is not in it."""
    changed = set(changed_sections(old_hashes, new_hashes)) | (set(new_hashes) - set(old_hashes))
    touched = {role: tuple(section for section in sections if section in changed) for role, sections in covers.items()}
    return {role: sections for role, sections in touched.items() if sections}
