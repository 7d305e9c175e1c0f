"""Finding a case that somebody may look at."""

from workflows.domain.errors import NotAllowed, NotFound
from workflows.inbox import Session
from workflows.inbox.reach import Reach
from workflows.store import lists
from workflows.store.models import Case


class NoSuchCase(NotFound):
    """There is no case {reference} in your trust."""


class NotYourCase(NotAllowed):
    """Case {reference} is open to the doctor and managers concerned and to the {medical_directorate} only."""


def find(session: Session, *, sees: Reach, reference: str) -> Case:
    """The case, if the viewer may see it. Raises NoSuchCase, also for a case of another trust; NotYourCase."""
    case = lists.visible_case(session, sight=sees.sight, reference=reference)
    if case is not None:
        return case
    if lists.is_case(session, trust_id=sees.sight.trust_id, reference=reference):
        raise NotYourCase(reference=reference)
    raise NoSuchCase(reference=reference)
