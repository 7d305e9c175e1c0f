"""Who sees what of a case: from who somebody is in it to what they may read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

_INSIDE = frozenset({"party", "amd", "medical_director", "mediator", "panel", "directorate"})
_HOLDERS = frozenset({"party", "holder", "panel", "directorate"})

MAY_SEE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "case": _INSIDE | {"holder", "team"},
        "plan_in_force": _INSIDE | {"holder", "hr", "finance"},
        "plan_draft": _INSIDE,
        "positions": _INSIDE,
        "referral": _INSIDE,
        "decision": _INSIDE,
        "letters": _INSIDE,
        "separate_notes": frozenset({"mediator"}),
        "own_statement": frozenset({"party"}),
        "released_statement": frozenset({"party", "panel", "directorate"}),
        "comments": _HOLDERS,
        "evidence": _HOLDERS,
        "history": _INSIDE,
        "team_plan": _INSIDE | {"holder", "team"},
    }
)
"""What there is to see, and the standings that see it.

The panel's standing is given in its own dispute and for its bundle and stage alone. A statement of case that has not
been released is its author's own ("own_statement"). "team" are the members of the team whose case it is.
"""

OF_A_STAGE = frozenset({"comments", "evidence"})
"""What belongs to a stage of the case: holders of a step see it where the step is one of that stage."""
PLAN_READERS = frozenset({"hr", "finance"})
"""Who reads plans in force. A step that they are asked to do shows them neither comments nor evidence."""

FIELD_READERS = frozenset({"party", "holder"})
"""Who sees the answer to a field that does not say."""


@dataclass(frozen=True)
class Standing:
    """Who is who in one case: ids of people by standing.

    A party is the doctor whose plan it is or the manager on the other side; in a team's case, the clinical manager and
    the members. A holder holds an open step of the present stage.
    """

    party: frozenset[int] = frozenset()
    amd: frozenset[int] = frozenset()
    medical_director: frozenset[int] = frozenset()
    mediator: frozenset[int] = frozenset()
    panel: frozenset[int] = frozenset()
    directorate: frozenset[int] = frozenset()
    hr: frozenset[int] = frozenset()
    finance: frozenset[int] = frozenset()
    holder: frozenset[int] = frozenset()
    team: frozenset[int] = frozenset()

    def of(self, person_id: int) -> frozenset[str]:
        """What somebody is in this case; empty for a stranger."""
        return frozenset(field.name for field in fields(self) if person_id in getattr(self, field.name))


def may_see(viewer_roles_on_case: Collection[str], what: str) -> bool:
    """Whether somebody with these standings may read this; `what` is a key of MAY_SEE, anything else a KeyError."""
    return not MAY_SEE[what].isdisjoint(viewer_roles_on_case)


def may_see_of_stage(standings: Collection[str], what: str, *, holds_there: bool) -> bool:
    """Whether somebody may read a comment or a piece of evidence; `holds_there`: they hold, or have done, a step of
    the stage that it belongs to. `what` is of OF_A_STAGE, anything else a KeyError."""
    if what not in OF_A_STAGE:
        raise KeyError(what)
    inside = frozenset(standings) - {"holder"}
    only_reads = bool(inside) and inside <= PLAN_READERS
    return may_see(inside | ({"holder"} if holds_there and not only_reads else set()), what)


def may_see_field(viewer_roles_on_case: Collection[str], visible: Collection[str]) -> bool:
    """Whether somebody may read the answer to a field; `visible` is what the drawing says, standings or role keys."""
    return not frozenset(visible or FIELD_READERS).isdisjoint(viewer_roles_on_case)
