"""Whom a visitor of the demonstration may be, and what each of them will find: read anew for each visitor."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.inbox import Session
from workflows.inbox.cases import NextStep, next_steps
from workflows.store import case_roles, deputies, people_pages, sign_ins, step_pages, team_pages
from workflows.store.people_pages import PlanState, PostLine
from workflows.store.sign_ins import AccountRow
from workflows.store.step_pages import WaitingStep


@dataclass(frozen=True)
class Persona:
    """Somebody whom a visitor may be. `titles` are what their trust calls the roles."""

    person_id: int
    name: str
    trust: str
    posts: tuple[PostLine, ...]
    called_upon: tuple[str, ...]
    """Their roles in open disputes alone: mediator, member of a panel."""
    titles: Mapping[str, str]
    steps: tuple[str, ...]
    """The names of the steps in their list, what is due first first."""
    stands_in_for: tuple[str, ...]
    """Whose steps are in their list too today."""
    plan: PlanState
    waits_for: tuple[NextStep, ...]
    """Of a doctor: the open steps of their own newest case, theirs and those of others."""


def personas(session: Session, *, now: datetime) -> tuple[Persona, ...]:
    """Everybody whom a visitor may be today, trust by trust, in the order in which they were written."""
    accounts = sign_ins.personas(session, today=civil_day(now))
    found = [_of_trust(session, trust, list(group), civil_day(now)) for trust, group in groupby(accounts, _trust)]
    return tuple(persona for group in found for persona in group)


def _trust(account: AccountRow) -> int:
    return account.trust_id


def _of_trust(session: Session, trust_id: int, accounts: list[AccountRow], today: date) -> list[Persona]:
    ids = [account.person_id for account in accounts]
    posts = _by_person(people_pages.posts_of_people(session, person_ids=ids, on=today))
    called = case_roles.called_upon(session, people=ids)
    plans = people_pages.plan_states(session, person_ids=ids)
    absent = _absent(session, trust_id, ids, today)
    everybody = {*ids, *(person for away in absent.values() for person in away)}
    waiting = step_pages.waiting_for(session, trust_id=trust_id, people=everybody)
    own = {case.subject_id: case.id for case in team_pages.open_cases_of(session, trust_id=trust_id, person_ids=ids)}
    nexts = next_steps(session, case_ids=list(own.values()), people=frozenset())
    titles = releases.published(session, trust_id=trust_id).policy.titles
    return [
        Persona(
            person_id=account.person_id,
            name=account.name,
            trust=account.trust,
            posts=tuple(posts[account.person_id]),
            called_upon=tuple(called.get(account.person_id, ())),
            titles={role.value: title for role, title in titles.items()},
            steps=_list_of(waiting, {account.person_id, *absent[account.person_id]}),
            stands_in_for=tuple(absent[account.person_id].values()),
            plan=plans[account.person_id],
            waits_for=tuple(nexts[own[account.person_id]]) if account.person_id in own else (),
        )
        for account in accounts
    ]


def _by_person(posts: Iterable[PostLine]) -> dict[int, list[PostLine]]:
    found: dict[int, list[PostLine]] = defaultdict(list)
    for post in posts:
        found[post.person_id].append(post)
    return found


def _absent(session: Session, trust_id: int, ids: list[int], today: date) -> dict[int, dict[int, str]]:
    """Whom each of these people stands in for today: names by id."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for line in deputies.listed(session, trust_id=trust_id, people=ids, since=today):
        if line.starts_on <= today:
            found[line.deputy_id][line.person_id] = line.person
    return found


def _list_of(waiting: Iterable[WaitingStep], people: Collection[int]) -> tuple[str, ...]:
    """The names in a list of steps as `my_steps` shows it: each step once, also where it waits for two of these."""
    return tuple({step.id: step.name for step in waiting if step.for_id in people}.values())
