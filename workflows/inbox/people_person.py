"""The page of one person: contracts, posts, deputies, and how it stands with their plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotFound
from workflows.domain.people import AgainstTheCensus, check_census
from workflows.inbox import Session, Viewer
from workflows.inbox.people import contracts_today, keeps
from workflows.store import deputies as deputy_rows
from workflows.store import employment, people_pages, sign_ins, starters
from workflows.store import people as people_rows
from workflows.store.deputies import DeputyLine
from workflows.store.models import Contract, Person
from workflows.store.people_pages import PlanState, PostLine
from workflows.store.starters import Starter


class NoSuchPerson(NotFound):
    """There is no such person in your trust."""


class NoSuchPost(NotFound):
    """There is no such post in your trust."""


@dataclass(frozen=True)
class PersonPage:
    """All that is recorded of somebody. `census` says why they do not belong to it, or ""."""

    person: Person
    contracts: tuple[Contract, ...]
    posts: tuple[PostLine, ...]
    deputies: tuple[DeputyLine, ...]
    plan: PlanState
    census: str
    starter: Starter | None
    keeps: bool
    sign_in: str
    """none without an account, open with one, shared for one of a demonstration's people."""
    here: bool
    """Whether they have not left."""
    titles: Mapping[str, str]
    today: date

    @property
    def posts_now(self) -> tuple[PostLine, ...]:
        """Those that are held, or will be."""
        return tuple(post for post in self.posts if post.ends_on is None or post.ends_on >= self.today)

    @property
    def posts_past(self) -> tuple[PostLine, ...]:
        """Those that have ended."""
        return tuple(post for post in self.posts if post not in self.posts_now)


def person_page(session: Session, *, viewer: Viewer, person_id: int, now: datetime) -> PersonPage:
    """The page of somebody of the viewer's trust. Raises NoSuchPerson."""
    person, today = find(session, viewer, person_id), civil_day(now)
    policy = releases.published(session, trust_id=viewer.trust_id).policy
    contracts = people_pages.contracts_of_people(session, person_ids=[person.id])
    found = starters.starters(session, trust_id=viewer.trust_id, today=today)
    return PersonPage(
        person=person,
        contracts=tuple(contracts),
        posts=tuple(people_pages.posts_of_people(session, person_ids=[person.id])),
        deputies=tuple(deputy_rows.listed(session, trust_id=viewer.trust_id, people=[person.id], since=today)),
        plan=people_pages.plan_states(session, person_ids=[person.id])[person.id],
        census=_census(person, contracts_today(contracts, today).get(person.id), policy.values, today),
        starter=next((one for one in found if one.person_id == person.id), None),
        keeps=keeps(viewer),
        sign_in=_sign_in(session, person),
        here=person.left_on is None or person.left_on >= today,
        titles={role.value: title for role, title in policy.titles.items()},
        today=today,
    )


def _sign_in(session: Session, person: Person) -> str:
    account = sign_ins.account_of(session, person_id=person.id)
    if account is None:
        return "none"
    return "shared" if account.persona else "open"


def find(session: Session, viewer: Viewer, person_id: int) -> Person:
    """Somebody of the viewer's trust. Raises NoSuchPerson."""
    person = people_rows.by_id(session, trust_id=viewer.trust_id, person_id=person_id)
    if person is None or person.erased_at is not None:
        raise NoSuchPerson
    return person


def person(session: Session, *, viewer: Viewer, person_id: int) -> Person:
    """The same, for a form. Raises NoSuchPerson."""
    return find(session, viewer, person_id)


@dataclass(frozen=True)
class PostPage:
    """A post with its holder, for the forms that end it or hand it over."""

    post: PostLine
    holder: str
    title: str


def post_page(session: Session, *, viewer: Viewer, post_id: int) -> PostPage:
    """A post of the viewer's trust. Raises NoSuchPost."""
    found = people_pages.post_line(session, trust_id=viewer.trust_id, post_id=post_id)
    if found is None:
        raise NoSuchPost
    policy = releases.published(session, trust_id=viewer.trust_id).policy
    return PostPage(found[0], found[1], policy.title(found[0].role))


def contract_of(session: Session, *, viewer: Viewer, contract_id: int) -> Contract:
    """A contract of somebody of the viewer's trust. Raises NoSuchPerson."""
    found = employment.contract(session, trust_id=viewer.trust_id, contract_id=contract_id)
    if found is None:
        raise NoSuchPerson
    return found


def _census(person: Person, contract: Contract | None, values: Mapping[str, object], today: date) -> str:
    try:
        check_census(person.name, person.registration, contract, values, day=today)
    except AgainstTheCensus as against:
        return against.sentence
    return ""
