"""What a trust calls the roles, and for which of them somebody is asked."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workflows import releases
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.store.models import Step


def titles(session: Session, *, trust_id: int) -> Mapping[str, str]:
    """The title of each role by its key, by the published policy; none while the trust has published nothing."""
    try:
        policy = releases.published(session, trust_id=trust_id).policy
    except releases.NoRelease:
        return {}
    return {role.value: title for role, title in policy.titles.items()}


def stands_in_for(session: Session, *, viewer: Viewer) -> tuple[str, ...]:
    """The titles of the roles in whose place the viewer acts where whoever holds them is a party."""
    policy = releases.published(session, trust_id=viewer.trust_id).policy
    return tuple(policy.title(role) for role, other in policy.stands_in.items() if other in viewer.roles)


class AskedAs(NamedTuple):
    """For which role somebody is asked, by its key and title. `own` is False for whoever stands in: nobody acts for
    both sides, or the role is vacant."""

    role: str
    title: str
    own: bool


def asked_as(
    viewer: Viewer,
    *,
    step: Step,
    subject_id: int | None,
    roles: Sequence[str],
    titles: Mapping[Role, str],
    called_upon: frozenset[str],
) -> AskedAs:
    """For which of the roles that may act the viewer is asked: one that they hold, by a post or in this case alone. In
    a doctor's case only that doctor is asked as the doctor."""
    doctor = frozenset({Role.PRACTITIONER})
    held = (viewer.roles - doctor if subject_id else viewer.roles) | called_upon
    held = doctor if viewer.person_id == subject_id else held
    possible = (step.role,) if step.item else roles or (step.role,)
    role = next((role for role in possible if role in held), step.role)
    return AskedAs(role, titles[Role(role)], role in held)
