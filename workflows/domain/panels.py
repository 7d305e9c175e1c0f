"""Who may sit on an appeal panel: nobody who had any earlier part in the matter (TCS-4-e), and nobody twice."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from workflows.domain.errors import NotAllowed
from workflows.domain.panel_register import Member, Use, to_propose
from workflows.domain.roles import Role

SEATS = ("chair", "nominee", "third")
"""The seats of a panel, where a policy does not say otherwise under `panel_seats`."""

REPLACED_BY = (Role.MEDICAL_DIRECTORATE, Role.CHIEF_EXECUTIVE)
"""Who replaces the mediator, or a member of the panel, who falls ill or leaves."""


class NotYoursToReplace(NotAllowed):
    """Only the {medical_directorate} team and the {chief_executive} replace whoever mediates or sits on a panel, and
    nobody does in a dispute of their own."""


class NobodyToReplace(NotAllowed):
    """Nobody has this part in the dispute now, so there is nobody to replace."""


PARTS: Mapping[str, str] = MappingProxyType(
    {
        "party": "they were on one side of it",
        "mediated": "they mediated in it",
        "panel": "they have been on its panel before",
        "signed": "they signed a version of the job plan",
        "wrote": "they edited a version of the job plan",
        "attended": "they were at a meeting about it",
        "step": "they took part in it by “{step}”",
    }
)
"""The parts that somebody can have had, the weightiest first."""


class Part(NamedTuple):
    """An earlier part: a key of PARTS, and the name of the step where it was one."""

    kind: str
    step: str = ""

    @property
    def words(self) -> str:
        """What they did: "they signed a version of the job plan"."""
        return PARTS[self.kind].format(step=self.step)


def weightiest(found: Iterable[tuple[int, Part]]) -> dict[int, Part]:
    """Of all that people did, by their ids, what counts most for each."""
    order = list(PARTS)
    ordered = sorted(found, key=lambda one: order.index(one[1].kind), reverse=True)
    return dict(ordered)


def refusal(
    name: str,
    person_id: int,
    *,
    parties: Collection[int],
    seated: Collection[int],
    parts: Mapping[int, Part],
    left: bool,
) -> str:
    """Why somebody cannot have a seat on the panel, as a sentence; "" for whoever can.

    parties: both sides. seated: who has another seat of it. parts: by person, as `store.parts_played` reads them.
    """
    if left:
        return f"{name} has left. Choose somebody else."
    if person_id in parties:
        return f"{name} is one of the two sides, and nobody decides in a dispute that is their own."
    if person_id in seated:
        return f"{name} sits on the panel already. Each seat needs a person of its own."
    if part := parts.get(person_id):
        return f"{name} had an earlier part in this: {part.words}. Choose somebody who had none."
    return ""


def next_third(
    members: Iterable[Member],
    used: Mapping[int, Use],
    bodies: Sequence[str],
    day: date,
    *,
    ruled_out: Collection[int],
    care_group_id: int | None,
) -> Member | None:
    """Whose turn it is on the register for a hearing on a day (CPFT-7.8.10-c); None where it is exhausted.

    ruled_out: people who had a part in it, sit on the panel, or were called to it before. Whoever declared a conflict
    with the care group of the case is passed over.
    """

    def free(member: Member) -> bool:
        groups = {one.care_group_id for one in member.conflicts} - {None}
        return member.person_id not in ruled_out and care_group_id not in groups

    return next((one for one in to_propose(members, used, bodies, day) if free(one)), None)
