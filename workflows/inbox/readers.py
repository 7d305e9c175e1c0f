"""In which roles somebody reads what was entered in a case: by their posts, and in a dispute as one of its people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.fields import Field
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.inbox.reach import Reach, is_dispute, reach, roles_in
from workflows.releases import Node
from workflows.store.models import Case, Step

SIDES = frozenset({Role.PRACTITIONER.value, Role.CLINICAL_MANAGER.value})
"""The roles of a dispute's parties. What one side says to others than the other side is drawn as visible to one."""
ONLY_READS = frozenset({Role.HR_WORKFORCE, Role.FINANCE})
IN_CONFIDENCE = (Role.MEDIATOR.value,)
"""To whom a question is drawn as visible that takes down what each side says apart."""
STATEMENTS = "statements"
"""The deadline with which the steps are drawn that bring in a statement of case."""


@dataclass(frozen=True)
class Reader:
    """Whoever reads. `everything` whether also what names no readers; `person_id` who they are themselves."""

    roles: frozenset[str]
    everything: bool
    person_id: int | None = None

    def reads(self, node: Node, field: Field) -> bool:
        """Whether they read an answer: the roles that the question names do; else everybody with a step, but those who
        only read plans in force, who read what they were asked themselves. Statements of case are never read as
        answers: they have rules of their own (workflows.inbox.dispute_story)."""
        if node.deadline == STATEMENTS:
            return False
        if field.visible:
            return self._is_among(field.visible)
        return self.everything or not self.roles.isdisjoint({node.lane, *node.roles})

    def may_know(self, field: Field, writers: Collection[int | None]) -> bool:
        """Whether what was told a mediator in confidence is theirs to read: whoever wrote it down does, and nobody who
        mediates after them."""
        return field.visible != IN_CONFIDENCE or self.person_id in writers

    def reads_of_before(self, field: Field) -> bool:
        """Whether they read an answer that was given in another case, from which this one comes."""
        return self._is_among(field.visible) if field.visible else self.everything

    def _is_among(self, visible: Collection[str]) -> bool:
        """Whether they are one of these; who stands in for both sides is so only where both may read."""
        if self.roles >= SIDES and not SIDES.issubset(visible):
            return not (self.roles - SIDES).isdisjoint(visible)
        return not self.roles.isdisjoint(visible)


def on_step(session: Session, *, viewer: Viewer, case: Case, step: Step, node: Node, now: datetime) -> Reader:
    """How somebody with a step of the case reads. In a dispute a step that either side may do, or that a list of people
    gets, says nothing on which side they are on: only their seat does."""
    everything = step.role not in ONLY_READS
    if not is_dispute(case):
        return Reader(frozenset({step.role}), everything, viewer.person_id)
    roles = roles_of(session, viewer=viewer, case=case, sees=reach(session, viewer=viewer, now=now), now=now)
    asked = frozenset({step.role, *node.roles})
    of_one_side = asked == {step.role} and not node.for_each and SIDES.isdisjoint(roles)
    theirs = roles | asked if of_one_side or SIDES.isdisjoint(asked) else roles
    return Reader(theirs, everything, viewer.person_id)


def roles_of(session: Session, *, viewer: Viewer, case: Case, sees: Reach, now: datetime) -> frozenset[str]:
    """The roles in which somebody reads a case. Who is a party of a dispute reads as that party alone, even as the
    deputy of others."""
    roles = roles_in(sees, case)
    if not viewer.acts_for or not is_dispute(case):
        return roles
    own = roles_in(reach(session, viewer=Viewer(viewer.person_id, viewer.trust_id), now=now), case)
    return roles if own.isdisjoint(SIDES) else own


def side_of(roles: frozenset[str]) -> frozenset[str]:
    """The one side among these roles; empty for whoever is of none, or stands in for both."""
    return frozenset() if roles >= SIDES else SIDES & roles
