"""Who may do what in the studio: as the policy of the trust's published release says, never that of a draft."""

from datetime import datetime
from typing import Protocol

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.studio import Permission, permissions
from workflows.engine import releases
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import posts as post_rows


class Acting(Protocol):
    """Who acts: somebody of the trust."""

    @property
    def person_id(self) -> int:
        """Their id."""

    @property
    def trust_id(self) -> int:
        """Their trust, which bounds all that they can reach."""


class NotYourStudio(NotFound):
    """The studio is for those who look after the processes of your trust."""


class MayNotEdit(NotAllowed):
    """You may read this draft, but your role does not change processes."""


class MayNotApprove(NotAllowed):
    """Your role does not approve changes of processes."""


class MayNotPublish(NotAllowed):
    """Your role does not publish changes of processes."""


class MayNotMove(NotAllowed):
    """Your role does not move running cases to another release."""


REFUSALS: dict[Permission, type[NotAllowed]] = {
    Permission.EDIT: MayNotEdit,
    Permission.APPROVE: MayNotApprove,
    Permission.PUBLISH: MayNotPublish,
    Permission.MOVE: MayNotMove,
}


def may(session: Session, *, viewer: Viewer) -> frozenset[Permission]:
    """What somebody may do; empty for whoever has no business in the studio, and while nothing is published."""
    try:
        loaded = (
            releases.of(session, release_id=viewer.release_id)
            if viewer.release_id
            else releases.published(session, trust_id=viewer.trust_id)
        )
    except releases.NoRelease:
        return frozenset()
    return permissions(loaded.policy.studio, viewer.roles)


def check_reads(session: Session, *, viewer: Viewer) -> frozenset[Permission]:
    """What a reader of the studio may do. Raises NotYourStudio for whoever may do nothing there."""
    found = may(session, viewer=viewer)
    if not found:
        raise NotYourStudio
    return found


def check_may(session: Session, *, by: Acting, permission: Permission, now: datetime) -> None:
    """Raises the refusal of that permission, a NotAllowed; NotYourStudio for whoever has none of them; NoRelease."""
    posts = post_rows.posts_of(session, person_id=by.person_id, on=civil_day(now))
    roles = {post.role for post in posts if post.trust_id == by.trust_id}
    found = permissions(releases.published(session, trust_id=by.trust_id).policy.studio, roles)
    if not found:
        raise NotYourStudio
    if permission not in found:
        raise REFUSALS[permission]


def holders(session: Session, *, trust_id: int, permission: Permission, now: datetime) -> dict[int, str]:
    """Everybody who has a permission today: names by id."""
    rights = releases.published(session, trust_id=trust_id).policy.studio
    roles = {role.value for role in rights[permission]}
    held = post_rows.holders_of(session, trust_id=trust_id, roles=roles, on=civil_day(now))
    return {post.person_id: post.name for post in held}
