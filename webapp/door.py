"""What a screen asks of its request: the session, the time, who is there, and the way to a verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Concatenate, ParamSpec, TypeVar, cast

from flask import current_app, g
from flask import session as cookie
from flask_login import current_user

from workflows import cases, clock, front_door
from workflows.cases import Actor
from workflows.domain.calendars import civil_day
from workflows.domain.errors import PLAIN, Broken
from workflows.domain.people import Area
from workflows.inbox import Session, Viewer, accounts, clauses
from workflows.inbox import titles as in_titles

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Stage:
    """Where a request is played: its session, how others are made, the address under which it stands, the rehearsal's
    own page, the draft's name and whose part it is."""

    session: Session
    sessions: Callable[[], Session]
    prefix: str
    home: str
    draft: str
    name: str


def stage() -> Stage | None:
    """Where this request is played, if it is part of a rehearsal; None where it is real."""
    return cast("Stage | None", g.get("stage"))


def session() -> Session:
    """The request's database session. Screens read with it through workflows.inbox; only verbs write."""
    if (played := stage()) is not None:
        return played.session
    return cast(Session, current_app.extensions["sqlalchemy"].session())


def now() -> datetime:
    """The instant of this request, aware, in UTC: the demonstration's own clock where there is one. Read once."""
    if "now" not in g:
        g.now = clock.now(session(), demonstration=demonstration())
    return cast(datetime, g.now)


def real_now() -> datetime:
    """The instant as it is, even where a demonstration's clock was moved: for signed-in browsers and for limits."""
    return datetime.now(UTC)


def today() -> date:
    """The civil day of this request in Europe/London."""
    return civil_day(now())


def demonstration() -> bool:
    """Is this the demonstration site?"""
    return stage() is None and bool(current_app.config["DEMONSTRATION"])


def person() -> accounts.SignedIn:
    """Who is signed in. Only for views that are guarded."""
    return cast(accounts.SignedIn, current_user.person)


def viewer() -> Viewer:
    """Who asks, with what they hold today. Only for views that are guarded."""
    return person().viewer


def actor() -> Actor:
    """Who acts. Only for views that are guarded."""
    return Actor(person_id=person().person_id, trust_id=person().trust_id)


def titles() -> Mapping[str, str]:
    """What the trust of whoever is signed in calls the roles; plain words for a stranger."""
    if "titles" not in g:
        own = in_titles.titles(session(), trust_id=person().trust_id) if current_user.is_authenticated else {}
        g.titles = {**PLAIN, **own}
    return cast(Mapping[str, str], g.titles)


def called(role: str) -> str:
    """What their trust calls one role: "Medical Workforce"."""
    return titles()[role]


def own_clauses(sentence: str) -> str:
    """A sentence without the clauses of other trusts' policies."""
    return clauses.without_others(sentence, person().trust_key if current_user.is_authenticated else "")


def clauses_to_choose() -> tuple[tuple[str, str], ...]:
    """The clauses that the trust of whoever is signed in may name, by id, each with what it is about."""
    return clauses.to_choose(person().trust_key)


def said(broken: Broken) -> str:
    """Why something was refused, in the words of their trust."""
    return broken.said(titles())


def perform(verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a verb in one transaction of its own."""
    return front_door.perform(session(), verb, *args, **kwargs)


def rehearse(verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a verb and take back all that it wrote."""
    return front_door.rehearse(session(), verb, *args, **kwargs)


LIKELY_TRUST = "trust"
"""Where a browser's cookie keeps the trust of whoever has signed in there. Nothing is allowed by it."""


def foresee_completing(step_id: int) -> None:
    """A step is about to be completed, once it is known by whom."""
    if LIKELY_TRUST in cookie:
        cases.foresee_completing(session(), trust_id=cookie[LIKELY_TRUST], step_id=step_id, today=today())


def sessions() -> Callable[[], Session]:
    """Makes sessions for what is done beside the request's own."""
    if (played := stage()) is not None:
        return played.sessions
    return cast(Callable[[], Session], current_app.extensions["sqlalchemy"].session.session_factory)


def pass_on(area: Area) -> int:
    """Let the steps that a change of posts touches pass to today's holders of their roles; how many have passed on."""
    touched = cases.cases_around(session(), trust_id=person().trust_id, area=area)
    session().close()
    return clock.pass_on(sessions(), touched, now())


def deliver() -> None:
    """Deliver what a verb has just sent between cases, so that the next page shows it. The clock would in a second."""
    session().close()
    clock.deliver(sessions(), clock.Tally(), now())
