"""Both trusts with an account for everybody, a mail server, and a clock that sends."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.factories import NOW, World, add_account, build_world
from tests.notices.mail_server import MailServer
from workflows import clock
from workflows.clock import post
from workflows.notices.letters import Site
from workflows.store import engines, notices
from workflows.store.models import Account, Incident, Mail, Person

SITE = Site("https://accord.cpft.example", "Accord at CPFT <accord@cpft.example>")


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that is up."""
    made = MailServer().start()
    yield made
    made.stop()


class Office:
    """The post of an installation: people are told things, a clock sends what waits."""

    def __init__(self, engine: Engine, world: World, server: MailServer) -> None:
        self.engine, self.world, self.server = engine, world, server
        self.at = NOW
        self.post = self.another_clock()
        self.told = 0

    def another_clock(self) -> post.Post:
        """A clock of its own on the same installation."""
        return post.Post(self.server.address, SITE)

    def session(self) -> Session:
        return Session(self.engine)

    def write(self, verb: Callable[[Session], object]) -> None:
        """Do something in a transaction."""
        with self.session() as session:
            engines.begin_write(session)
            verb(session)
            session.commit()

    def tell(self, person: Person, subject: str = "Please sign", words: str = "It waits.", **more: object) -> str:
        """Tell somebody something, as a case does. Returns the key of the notice."""
        self.told += 1
        said = {"key": f"told-{self.told}", "kind": "notify", "written_at": self.at, **more}
        new = notices.NewNotice(person.trust_id, person.id, subject=subject, words=words, **said)  # type: ignore[arg-type]
        self.write(lambda session: notices.add(session, notices=[new]))
        return new.key

    def wants(self, person: Person, mail: str) -> None:
        """Somebody chooses how e-mail reaches them."""

        def choose(session: Session) -> None:
            session.scalars(select(Account).where(Account.person_id == person.id)).one().mail = mail

        self.write(choose)

    def send(
        self, clock_of: post.Post | None = None, *, later: timedelta = timedelta(), rested: bool = True
    ) -> clock.Tally:
        """What a clock does after a while; its server has been left alone for long enough."""
        self.at += later
        way = clock_of or self.post
        if rested:
            way.rests_until = 0.0
        return post.send_waiting(self.session, way, at=self.at)

    def mails(self) -> list[Mail]:
        """The outbox, oldest first."""
        with self.session() as session:
            return list(session.scalars(select(Mail).order_by(Mail.id)))

    def incidents(self) -> list[Incident]:
        """What the directorate is told."""
        with self.session() as session:
            return list(session.scalars(select(Incident).order_by(Incident.id)))

    def set_clock(self, at: datetime) -> None:
        """It is that instant now."""
        self.at = at


@pytest.fixture
def office(engine: Engine, server: MailServer) -> Office:
    """Cumbria and Blackpool, everybody with an account."""
    with Session(engine, expire_on_commit=False) as session:
        engines.begin_write(session)
        world = build_world(session)
        for house in (world.cpft, world.bth):
            for part in (value for value in vars(house).values() if isinstance(value, Person)):
                add_account(session, person=part)
        session.commit()
        session.expunge_all()
    return Office(engine, world, server)
