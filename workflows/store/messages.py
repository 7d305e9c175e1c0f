"""The outbox between cases: written with the move that sends, delivered in a transaction of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from workflows.store.inserts import insert_into
from workflows.store.models import Json, Message


@dataclass(frozen=True)
class Letter:
    """A message to be. `kind` is start (a case of process `name`) or tell (`receiver_id` waits for `name`).

    `key` makes it one message however often it is sent; it is tried from `sent_at` on.
    """

    trust_id: int
    key: str
    kind: str
    name: str
    sent_at: datetime
    sender_id: int | None = None
    receiver_id: int | None = None
    facts: Mapping[str, Json] = field(default_factory=dict)


def send(session: Session, *, letters: Sequence[Letter]) -> None:
    """Put letters in the outbox, in one statement; one whose key is there already is not sent again."""
    if letters:
        session.execute(
            insert_into(session, Message).on_conflict_do_nothing(index_elements=["key"]),
            [asdict(letter) | {"at": letter.sent_at} for letter in letters],
        )


def by_id(session: Session, *, message_id: int) -> Message | None:
    """One message."""
    return session.get(Message, message_id)


def waiting_for(session: Session, *, receiver_id: int, names: Iterable[str]) -> list[Message]:
    """What has been sent to the case under these names and not been delivered, oldest first."""
    return list(
        session.scalars(
            select(Message)
            .where(
                Message.receiver_id == receiver_id,
                Message.status == "waiting",
                Message.kind == "tell",
                Message.name.in_(list(names)),
            )
            .order_by(Message.id)
        )
    )


def due_ids(session: Session, *, now: datetime, limit: int) -> list[int]:
    """The messages to be tried, first due first: a look without a claim."""
    return list(session.scalars(_due(now).limit(limit)))


def claim(session: Session, *, message_id: int, now: datetime) -> Message | None:
    """Take this message if it is due and nobody else has it; None if not. A claimed message counts as delivered.

    As with firings: one statement, and on PostgreSQL other clocks skip the row.
    """
    chosen = _due(now).where(Message.id == message_id)
    return session.scalars(
        update(Message)
        .where(Message.id == chosen.with_for_update(skip_locked=True).scalar_subquery(), Message.status == "waiting")
        .values(status="delivered", delivered_at=now)
        .returning(Message)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).one_or_none()


def delivered(session: Session, *, messages: Sequence[Message], now: datetime) -> None:
    """The receiver has taken the messages in its own move."""
    for message in messages:
        message.status = "delivered"
        message.delivered_at = now
    session.flush()


def postpone(session: Session, *, message_id: int, until: datetime) -> None:
    """Back into the outbox: nobody waits for it yet, or its delivery failed."""
    session.execute(
        update(Message)
        .where(Message.id == message_id)
        .values(status="waiting", delivered_at=None, at=until, attempts=Message.attempts + 1)
    )


def _due(now: datetime) -> Select[int]:
    return select(Message.id).where(Message.status == "waiting", Message.at <= now).order_by(Message.at, Message.id)
