"""Holes in a policy that can be read all the same: nobody signs, nobody is reminded, a list is empty that rules need.

holes(policy, said)    what no case could run under, so that it is refused
oddities(policy)       what somebody may want, and should be sure of
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from workflows.domain.plan import SECTIONS, section_title
from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.domain.studio import Permission
from workflows.domain.wording import code, codes, listed


class Hole(NamedTuple):
    """A key such as "studio.approve", and a sentence."""

    key: str
    sentence: str


NEEDED_ROLES: Mapping[str, str] = {
    "meeting_needs_one_of": "No meeting about a job plan could be recorded: nobody but the doctor could be there.",
    "distribution": "Nobody would be told of a job plan that was signed.",
}
"""Values that list roles, and what would be wrong if one were empty."""
NEEDED: Mapping[str, str] = {
    "job_plan_grades": "Nobody would have a job plan: name the grades that have one, a line for each.",
    "hearing_agenda": "A hearing needs an agenda: say how it goes, a line for each part.",
}
"""Further values that must list something."""
OF_A_CASE = frozenset({Role.PRACTITIONER, Role.PANEL_CHAIR, Role.PANEL_MEMBER, Role.MEDIATOR})
"""Roles that somebody has in a case of their own, and not over the processes of a trust."""
MAY: Mapping[Permission, str] = {
    Permission.EDIT: "change the processes of the whole trust",
    Permission.APPROVE: "approve changes of the processes",
    Permission.PUBLISH: "publish changes of the processes",
    Permission.MOVE: "move running cases to other processes",
}


def holes(policy: Policy, said: Mapping[str, Any]) -> Iterator[Hole]:
    """What a policy says itself and no case could run under; `said` is its own file, without what it inherits."""
    for hole in (*_signing(policy), *_lists(policy)):
        if policy.says(".".join(hole.key.split(".")[:2])):
            yield hole
    yield from _rungs(said)


def _signing(policy: Policy) -> Iterator[Hole]:
    if not policy.signatories:
        yield Hole("signatories", "Nobody would sign a job plan. Name one role at least that signs.")
        return
    for role in sorted(set(policy.signatories)):
        if policy.signatories.count(role) > 1:
            yield Hole("signatories", f"“{policy.title(role)}” signs twice. Name each role once.")
    covered = {section for role in policy.signatories for section in policy.covers[role]}
    bare = [f"“{section_title(section)}”" for section in SECTIONS if section not in covered]
    if bare:
        key = "covers" if policy.says("covers") else "signatories"
        yield Hole(key, f"No signature covers {listed(bare)} of the job plan. Let one role cover what is missing.")


def _lists(policy: Policy) -> Iterator[Hole]:
    bodies = policy.bodies.get("panel_list", ())
    if not bodies:
        yield Hole("bodies.panel_list", "No body approves members of appeal panels, so no panel could be complete.")
    if not all(isinstance(one, str) and one.strip() for one in bodies):
        yield Hole("bodies.panel_list", "Each body that approves members of appeal panels needs a name.")
    for name, fault in {**NEEDED, **NEEDED_ROLES}.items():
        found = policy.values.get(name)
        if found is not None and not _is_list(found):
            yield Hole(f"values.{name}", "A list is needed here.")
        elif found is not None and not found:
            yield Hole(f"values.{name}", fault)
        elif name in NEEDED_ROLES:
            yield from _strangers(name, found or ())
    decides = policy.values.get("pay_progression_decided_by", Role.CHIEF_EXECUTIVE)
    yield from _strangers("pay_progression_decided_by", [decides])
    reviewers = policy.values.get("own_plan_reviewers")
    yield from _strangers("own_plan_reviewers", list(reviewers) if isinstance(reviewers, Mapping) else [])


def _strangers(name: str, roles: Sequence[object]) -> Iterator[Hole]:
    for role in roles:
        if role not in list(Role):
            yield Hole(f"values.{name}", f"{code(str(role))} is no role; the roles are {codes(Role)}.")


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _rungs(said: Mapping[str, Any]) -> Iterator[Hole]:
    """Reminders that nobody gets. A deadline may have none at all."""
    ladders = {f"ladders.{strength}": rungs for strength, rungs in said.get("ladders", {}).items()}
    ladders |= {f"deadlines.{key}.ladder": rule.get("ladder") for key, rule in said.get("deadlines", {}).items()}
    for key, rungs in ladders.items():
        for number, rung in enumerate(rungs if isinstance(rungs, list) else (), start=1):
            if isinstance(rung, Mapping) and rung.get("to") == []:
                yield Hole(
                    f"{key}, rung {number}",
                    f"Nobody would get the message of {_when(str(rung.get('at')))}. Say who gets it, or take it out.",
                )


def _when(at: str) -> str:
    """ "-7 days" as "7 days before"."""
    return f"{at.lstrip('+-')} {'before' if at.startswith('-') else 'after'}"


def oddities(policy: Policy) -> Iterator[Hole]:
    """What a policy says itself of rights over processes, and of titles, that nobody is likely to mean."""
    for permission, roles in policy.studio.items():
        strange = [f"“{policy.title(role)}”" for role in sorted(roles & OF_A_CASE)]
        if strange and policy.says(f"studio.{permission}"):
            yield Hole(
                f"studio.{permission}",
                f"Everybody who has the role {listed(strange)} in any case may {MAY[permission]}. Is that meant?",
            )
    both = sorted(policy.studio[Permission.EDIT] & policy.studio[Permission.APPROVE])
    said_here = [one for one in (Permission.APPROVE, Permission.EDIT) if policy.says(f"studio.{one}")]
    if both and said_here:
        yield Hole(
            f"studio.{said_here[0]}",
            f"{listed([f'“{policy.title(role)}”' for role in both])} may change processes and approve changes. Nobody"
            " approves a change of their own, but then nobody from outside looks at it.",
        )
    yield from _alike(policy)


def _alike(policy: Policy) -> Iterator[Hole]:
    """Two roles of one title: whoever reads it cannot tell which is meant."""
    first: dict[str, Role] = {}
    for role in Role:
        title = policy.title(role).casefold()
        other = first.setdefault(title, role)
        if other is not role and (policy.says(f"titles.{role}") or policy.says(f"titles.{other}")):
            yield Hole(f"titles.{role}", f"Two roles are called “{policy.title(role)}”: {codes((other, role))}.")
