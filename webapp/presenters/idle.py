"""What there is for somebody for whom nothing waits, in the words of their role."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from webapp.presenters import words
from workflows.domain.roles import Role


class Idle(NamedTuple):
    """What is said, and the places to which it leads: "cases", "teams", "disputes"."""

    words: tuple[str, ...]
    places: tuple[str, ...]


EVERYBODY = Idle(
    ("When a step needs you, it is listed here with the day by which it is due, and you are reminded in good time.",),
    ("cases", "teams"),
)
BY_ROLE: Mapping[Role, Idle] = MappingProxyType(
    {
        Role.FINANCE: Idle(
            (
                "You read the job plans that are in force: choose a team, and then a doctor’s plan.",
                "Nothing in job planning needs to be done by you.",
            ),
            ("teams",),
        ),
        Role.NURSING_QUALITY_MANAGER: Idle(
            (
                "You follow your team: its team plan, and how far each doctor’s own plan has come.",
                "No step of job planning is yours to do at present.",
            ),
            ("cases", "teams"),
        ),
        Role.CHIEF_EXECUTIVE: Idle(
            ("You are asked when a doctor appeals: you name the chair of the panel, and book its hearing.",),
            ("disputes",),
        ),
        Role.BOARD_SECRETARY: Idle(
            (
                "You are asked when an appeal panel has recommended something: you record what the board decides.",
                "Until then no case is open to you.",
            ),
            (),
        ),
        Role.PROCESS_OWNER: Idle(
            ("You look after the processes: in the studio you change them, and see what waits for you.",),
            ("studio",),
        ),
        Role.PROCESS_APPROVER: Idle(
            ("You approve changes of the processes: you are told here when one waits for you in the studio.",),
            ("studio",),
        ),
    }
)
"""Roles to which job planning gives something to see, and little or nothing to do."""


def idle(roles: Collection[str], stands_in_for: Sequence[str]) -> Idle:
    """By the only role that somebody holds. stands_in_for: the titles of those in whose place they act."""
    only = next(iter(roles)) if len(roles) == 1 else ""
    found = BY_ROLE.get(Role(only), EVERYBODY) if only else EVERYBODY
    if not stands_in_for:
        return found
    instead = f"A step also reaches you where you act in place of the {words.listed(stands_in_for, 'or')}."
    return found._replace(words=(*found.words, instead))
