"""The studio's rules: who may edit, approve, publish and move, and where a draft stands."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from workflows.domain.roles import Role

LONGEST_DRAFT_NAME = 120
LONGEST_NAME, LONGEST_DOCUMENTATION = 200, 5000
"""Of a process, a step, a way or an end; of what people are told to do there."""
LONGEST_LABEL, LONGEST_HINT = 300, 1000
"""Of a question, and of what stands below it."""


class Permission(StrEnum):
    """What somebody may do in the studio; each is given by itself."""

    EDIT = "edit"
    APPROVE = "approve"
    PUBLISH = "publish"
    MOVE = "move"


class Status(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    DROPPED = "dropped"


CLOSED = frozenset({Status.PUBLISHED, Status.DROPPED})
"""Nothing in such a draft changes any more."""


class Decision(StrEnum):
    """What was decided about a draft as it stood."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"


Rights = Mapping[Permission, frozenset[Role]]
"""Which roles give which permission."""

UNLESS_SAID: Rights = MappingProxyType(
    {
        Permission.EDIT: frozenset({Role.PROCESS_OWNER}),
        Permission.APPROVE: frozenset({Role.PROCESS_APPROVER}),
        Permission.PUBLISH: frozenset({Role.PROCESS_OWNER}),
        Permission.MOVE: frozenset({Role.PROCESS_OWNER}),
    }
)
"""Where no policy says it: releases from before the studio have no [studio]."""


def permissions(rights: Rights, roles: Collection[str]) -> frozenset[Permission]:
    """What whoever holds these roles may do."""
    return frozenset(permission for permission, given in rights.items() if not given.isdisjoint(roles))
