"""The post to the world outside: what waits in the outbox leaves through a mail server, whatever else the clock does.

It runs beside the tick, never within it: a mail server that hangs holds up no reminder and nobody's step. While the
server cannot be reached, nothing is claimed; it is asked again after a rest, and then all goes at once.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Concatenate, ParamSpec, TypeVar

from workflows import front_door
from workflows.clock.demonstration import now
from workflows.clock.looking import Sessions, Tally, look
from workflows.domain.calendars import civil_day
from workflows.notices import digests, letters, sending, smtp
from workflows.notices.letters import Letter, NoAddress, Site
from workflows.store import Session

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

AT_ONCE = 200
"""How many e-mails one round sends at most."""
RESTS = (30, 60, 120, 300)
"""Seconds before a server that could not be reached is asked again: longer each time."""


@dataclass
class Post:
    """How e-mail leaves an installation. `server` is None where none is set: a demonstration then shows its e-mail on
    a page; elsewhere it waits, and the directorate is told."""

    server: smtp.Server | None
    site: Site
    demonstration: bool = False
    failures: int = 0
    """How often in a row the server could not be reached."""
    rests_until: float = 0.0
    """On the machine's own clock."""
    gathered_for: date | None = None
    """The day whose daily e-mails this clock has written. Another may have: they are written once all the same."""

    @property
    def rests(self) -> bool:
        """Whether the server is left alone for now."""
        return time.monotonic() < self.rests_until

    def rest(self) -> None:
        """Leave the server alone for a while."""
        self.rests_until = time.monotonic() + RESTS[min(self.failures, len(RESTS) - 1)]
        self.failures += 1

    def recover(self) -> None:
        """The server has answered."""
        self.failures, self.rests_until = 0, 0.0


def never() -> bool:
    """Nobody has asked the clock to stop."""
    return False


def go_out(sessions: Sessions, post: Post, *, demonstration: bool, stopping: Callable[[], bool]) -> None:
    """Send what waits now. A fault of ours is logged and leaves the next round to its work."""
    try:
        with sessions() as session:
            at = now(session, demonstration=demonstration)
        tally = send_waiting(sessions, post, at=at, stopping=stopping)
    except Exception:
        log.exception("The post could not go out; it is tried again in some seconds")
        return
    if tally:
        log.info("Post: %s", dict(tally.done))


def send_waiting(sessions: Sessions, post: Post, *, at: datetime, stopping: Callable[[], bool] = never) -> Tally:
    """Write the daily e-mails that are due, then send what waits. `stopping` is asked between two e-mails."""
    gather(sessions, post, at)
    tally = Tally()
    if not post.rests:
        due = look(sessions, lambda session: sending.due(session, now=at, limit=AT_ONCE))
        Round(sessions, post, at, tally, stopping).deliver(due)
    return tally


def gather(sessions: Sessions, post: Post, at: datetime) -> None:
    """Write the daily e-mails, if it is time and this clock has not done so today."""
    today = civil_day(at)
    if post.gathered_for == today:
        return
    with sessions() as session:
        if not digests.is_time(session, now=at):
            return
        session.rollback()
        front_door.perform(session, digests.write, site=post.site, now=at)
    post.gathered_for = today


@dataclass(frozen=True)
class Round:
    """One round of the post."""

    sessions: Sessions
    post: Post
    at: datetime
    tally: Tally
    stopping: Callable[[], bool] = never

    def deliver(self, due: Sequence[int]) -> None:
        """Send these. What fails is put off, and tried again in a later round."""
        if not due:
            return
        if self.post.server is None and self.post.demonstration:
            for mail_id in due:
                self.show(mail_id)
            return
        try:
            if self.post.server is None:
                raise smtp.Unreachable(reason="none is set (ACCORD_SMTP_URL).")
            with smtp.connected(self.post.server, helo=self.post.site.host) as connection:
                self.send_all(connection, due)
        except smtp.Unreachable as down:
            self.post.rest()
            lost = self.perform(sending.server_is_down, reason=down.reason, now=self.at)
            self.tally.done.update({"e-mails given up": lost} if lost else {})
            log.warning("E-mail waits: %s", down.sentence)

    def send_all(self, connection: smtp.Connection, due: Sequence[int]) -> None:
        """Send these, one after the other, each claimed just before. Raises Unreachable when the server goes away."""
        told: set[int] = set()
        for mail_id in due:
            if self.stopping():
                return
            letter = self.claim(mail_id)
            if letter is not None and self.send(connection, letter) and letter.trust_id not in told:
                told.add(letter.trust_id)
                self.post.recover()
                self.perform(sending.server_is_up, trust_id=letter.trust_id, now=self.at)

    def send(self, connection: smtp.Connection, letter: Letter) -> bool:
        """Send one; says whether it has left. Raises Unreachable."""
        try:
            message = letters.message_of(letter, site=self.post.site, now=self.at)
            connection.send(message, sender=self.post.site.sender_address, to=letter.address)
        except NoAddress as wrong:
            self.put_off(letter, smtp.Refused(reason=wrong.sentence, for_good=True))
            return False
        except smtp.Refused as refused:
            self.put_off(letter, refused)
            return False
        except smtp.Unreachable:
            self.perform(sending.release, mail_id=letter.id, now=self.at)
            raise
        self.perform(sending.sent, mail_id=letter.id, now=self.at)
        self.tally.done["e-mails sent"] += 1
        return True

    def show(self, mail_id: int) -> None:
        """Let one leave to the page of a demonstration."""
        letter = self.claim(mail_id)
        if letter is not None:
            self.perform(sending.shown, mail_id=letter.id, link=letter.link, now=self.at)
            self.tally.done["e-mails shown"] += 1

    def claim(self, mail_id: int) -> Letter | None:
        """Take one to send it."""
        return self.perform(sending.claim, mail_id=mail_id, site=self.post.site, now=self.at)

    def put_off(self, letter: Letter, refused: smtp.Refused) -> None:
        """Try one again later, or give it up."""
        lost = self.perform(sending.put_off, mail_id=letter.id, trust_id=letter.trust_id, refused=refused, now=self.at)
        self.tally.done["e-mails given up" if lost else "e-mails put off"] += 1

    def perform(self, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a verb in a transaction of its own."""
        with self.sessions() as session:
            return front_door.perform(session, verb, *args, **kwargs)
