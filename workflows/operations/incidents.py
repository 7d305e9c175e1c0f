"""What the directorate does about a failure: has it tried again now, or gives it up."""

from datetime import datetime

from workflows.domain.errors import BadValues, Broken, NotFound
from workflows.domain.incidents import failing, kind_of, row_of
from workflows.engine.outbox import CASES_CLOSED
from workflows.operations.asking import check_directorate
from workflows.store import Session
from workflows.store import acts as act_rows
from workflows.store import incidents as incident_rows
from workflows.store import messages as message_rows
from workflows.store.models import Incident

LONGEST_REASON = 1000


class NoSuchIncident(NotFound):
    """There is no such incident in your trust."""


class DealtWith(Broken):
    """This incident has been dealt with already. Nothing was changed."""


class NotTriedByTime(Broken):
    """This cannot be tried at once. {again}"""


def retry(session: Session, *, trust_id: int, person_id: int, incident_id: int, now: datetime) -> None:
    """Have what failed tried again at the clock's next look.

    Raises: OnlyTheDirectorate, NoSuchIncident, DealtWith, NotTriedByTime.
    """
    incident = _open(session, trust_id=trust_id, person_id=person_id, incident_id=incident_id, now=now)
    if not failing(incident.key).by_hand:
        raise NotTriedByTime(again=failing(incident.key).again)
    if not incident_rows.try_at_once(session, key=incident.key, now=now):
        raise DealtWith
    incident_rows.add_line(session, incident_id=incident.id, kind="retried", now=now, who_id=person_id)
    _keep_act(session, incident, "incident_retried", person_id, now)


def give_up(session: Session, *, trust_id: int, person_id: int, incident_id: int, reason: str, now: datetime) -> None:
    """Put the failure away with a reason: time does not try it again.

    Raises: OnlyTheDirectorate, NoSuchIncident, DealtWith; BadValues without a reason.
    """
    incident = _open(session, trust_id=trust_id, person_id=person_id, incident_id=incident_id, now=now)
    said = reason.strip()
    if not said:
        raise BadValues({"reason": "Say why it is given up: whoever looks at the case later has to know."})
    if len(said) > LONGEST_REASON:
        raise BadValues({"reason": f"Use at most {LONGEST_REASON} characters."})
    if not incident_rows.close(session, incident_id=incident.id):
        raise DealtWith
    incident_rows.stop_trying(session, key=incident.key)
    _let_parent_go_on(session, incident, now)
    incident_rows.add_line(session, incident_id=incident.id, kind="given_up", now=now, who_id=person_id, words=said)
    _keep_act(session, incident, "incident_given_up", person_id, now)


def _open(session: Session, *, trust_id: int, person_id: int, incident_id: int, now: datetime) -> Incident:
    check_directorate(session, trust_id=trust_id, person_id=person_id, now=now)
    found = incident_rows.find(session, trust_id=trust_id, incident_id=incident_id)
    if found is None:
        raise NoSuchIncident
    if found.incident.status != "open":
        raise DealtWith
    return found.incident


def _let_parent_go_on(session: Session, incident: Incident, now: datetime) -> None:
    """A case that waits for all that it started must not wait for one that will never start: it looks again."""
    row_id = row_of(incident.key)
    if kind_of(incident.key) != "message" or row_id is None:
        return
    message = message_rows.by_id(session, message_id=row_id)
    if message is None or message.kind != "start" or message.sender_id is None:
        return
    poke = message_rows.Letter(
        trust_id=message.trust_id,
        key=f"given_up:{message.id}",
        kind="tell",
        name=CASES_CLOSED,
        sent_at=now,
        receiver_id=message.sender_id,
    )
    message_rows.send(session, letters=[poke])


def _keep_act(session: Session, incident: Incident, kind: str, person_id: int, now: datetime) -> None:
    details = {"incident": incident.id}
    act_rows.record(session, trust_id=incident.trust_id, who_id=person_id, kind=kind, details=details, now=now)
