"""What a trust calls the roles, by the policy of its published release."""

from collections.abc import Mapping

from workflows import releases
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer


def titles(session: Session, *, trust_id: int) -> Mapping[str, str]:
    """The title of each role by its key; none while the trust has published nothing."""
    try:
        policy = releases.published(session, trust_id=trust_id).policy
    except releases.NoRelease:
        return {}
    return {role.value: title for role, title in policy.titles.items()}


def stands_in_for(session: Session, *, viewer: Viewer) -> tuple[str, ...]:
    """The titles of the roles in whose place the viewer acts where whoever holds them is a party."""
    policy = releases.published(session, trust_id=viewer.trust_id).policy
    return tuple(policy.title(role) for role, other in policy.stands_in.items() if other in viewer.roles)


def plain(role: str) -> str:
    """A role where no trust is known: "medical directorate"."""
    return Role(role).value.replace("_", " ")
