"""Verbs on posts: give one, end one, hand one over. Each returns whose steps it may touch from today."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows.domain import people as rules
from workflows.domain.calendars import ONE_DAY, civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.people import AREAS, CARE_GROUP, TEAM, TEAM_OR_CARE_GROUP, Area, WrongArea, area_of, in_words
from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.people.keeping import Keeper, check_here, check_keeps, find_person, note, policy_of
from workflows.store import Session, employment
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store.models import Person, Post


class NoSuchPost(NotFound):
    """There is no such post in your trust."""


class NoSuchPlace(NotFound):
    """There is no such team or care group in your trust."""


class HeldAlready(NotAllowed):
    """{name} holds this post already in that time."""


class HandedToThemselves(NotAllowed):
    """{name} holds this post already. Choose somebody else to hand it over to."""


class TooEarlyToHandOver(NotAllowed):
    """The post began on {day}. It can be handed over from the day after."""


class EndedAlready(NotAllowed):
    """This post ended on {day}."""


class LastOfTheDirectorate(NotAllowed):
    """This is the last post in the {medical_directorate} team. Give it to somebody else first, or nobody could keep the
    records of people any more."""


@dataclass(frozen=True)
class Place:
    """Over what a post is held: a team, a care group, or (neither) the whole trust."""

    team_id: int | None = None
    care_group_id: int | None = None


def give_post(
    session: Session,
    *,
    by: Keeper,
    person_id: int,
    role: str,
    place: Place,
    starts_on: date,
    ends_on: date | None,
    now: datetime,
) -> Area:
    """Give somebody a post. A practitioner's post puts them into the census (CPFT-1).

    Raises: NotYoursToKeep, NoSuchPerson, NoSuchPlace, WrongArea, EndsBeforeItBegins, HasLeft, HeldAlready, and what
    `check_census` raises.
    """
    check_keeps(session, by, now)
    person = find_person(session, by, person_id)
    rules.check_period(starts_on, ends_on)
    check_here(person, starts_on)
    policy = policy_of(session, by.trust_id)
    post = Post(
        trust_id=by.trust_id,
        person_id=person.id,
        role=Role(role),
        starts_on=starts_on,
        ends_on=ends_on,
        **vars(find_place(session, by, Role(role), place, policy)),
    )
    check_census_of(session, person, post, policy)
    check_not_held(session, person, post)
    employment.add(session, row=post)
    note(session, by, "post_given", now, person=person.id, role=role, post=post.id)
    return touched(session, post)


def end_post(session: Session, *, by: Keeper, post_id: int, last_day: date, now: datetime) -> Area:
    """Record the last day of a post. Raises NotYoursToKeep, NoSuchPost, EndsBeforeItBegins, LastOfTheDirectorate."""
    check_keeps(session, by, now)
    post = find_post(session, by, post_id)
    rules.check_period(post.starts_on, last_day)
    check_not_last(session, post, last_day, civil_day(now))
    post.ends_on = last_day
    note(session, by, "post_ended", now, person=post.person_id, role=post.role, post=post.id)
    return touched(session, post)


def hand_over(session: Session, *, by: Keeper, post_id: int, to_id: int, starts_on: date, now: datetime) -> Area:
    """Pass a post to somebody else from a day on: its holder has it until the evening before.

    Raises: what `give_post` raises, NoSuchPost, HandedToThemselves, TooEarlyToHandOver, EndedAlready.
    """
    check_keeps(session, by, now)
    post, person = find_post(session, by, post_id), find_person(session, by, to_id)
    if post.person_id == person.id:
        raise HandedToThemselves(name=person.name)
    if starts_on <= post.starts_on:
        raise TooEarlyToHandOver(day=in_words(post.starts_on))
    if post.ends_on is not None and post.ends_on < civil_day(now) and post.ends_on < starts_on - ONE_DAY:
        raise EndedAlready(day=in_words(post.ends_on))
    place = Place(post.team_id, None if post.team_id else post.care_group_id)
    area = give_post(
        session,
        by=by,
        person_id=person.id,
        role=post.role,
        place=place,
        starts_on=starts_on,
        ends_on=None,
        now=now,
    )
    post.ends_on = starts_on - ONE_DAY
    note(session, by, "post_ended", now, person=post.person_id, role=post.role, post=post.id)
    return area


def find_post(session: Session, by: Keeper, post_id: int) -> Post:
    """A post of the trust. Raises NoSuchPost."""
    post = employment.post(session, trust_id=by.trust_id, post_id=post_id)
    if post is None:
        raise NoSuchPost
    return post


def find_place(session: Session, by: Keeper, role: Role, place: Place, policy: Policy) -> Place:
    """The place as a post of that role keeps it: with a team's its care group. Raises NoSuchPlace, WrongArea."""
    check_area(role, place, policy.title(role))
    if place.team_id is not None:
        team = people_rows.team(session, trust_id=by.trust_id, team_id=place.team_id)
        if team is None:
            raise NoSuchPlace
        return Place(team.id, team.care_group_id)
    if place.care_group_id is not None:
        group = people_rows.care_group(session, trust_id=by.trust_id, care_group_id=place.care_group_id)
        if group is None:
            raise NoSuchPlace
    return place


WANTED = {
    TEAM: "Choose a team.",
    CARE_GROUP: "Choose a care group.",
    TEAM_OR_CARE_GROUP: "Choose a team, or a care group.",
    rules.TRUST: "Choose neither a team nor a care group.",
}
NAMED = {
    TEAM: "a team",
    CARE_GROUP: "a care group",
    TEAM_OR_CARE_GROUP: "a team or a care group",
    rules.TRUST: "the whole trust",
}


def check_area(role: Role, place: Place, title: str) -> None:
    """Whether a post of that role is held over such a place. Raises WrongArea."""
    area = AREAS.get(role, rules.TRUST)
    has_team, has_group = place.team_id is not None, place.care_group_id is not None
    fits = {
        TEAM: has_team,
        CARE_GROUP: has_group and not has_team,
        TEAM_OR_CARE_GROUP: has_team or has_group,
        rules.TRUST: not (has_team or has_group),
    }
    if not fits[area]:
        raise WrongArea(title=title, area=NAMED[area], wanted=WANTED[area])


def check_census_of(session: Session, person: Person, post: Post, policy: Policy) -> None:
    """A practitioner's post is for those who belong to the census on its first day. Raises AgainstTheCensus."""
    if post.role != Role.PRACTITIONER:
        return
    contract = post_rows.contract_of(session, person_id=person.id, on=post.starts_on)
    rules.check_census(person.name, person.registration, contract, policy.values, day=post.starts_on)


def check_not_held(session: Session, person: Person, post: Post) -> None:
    """Raises HeldAlready."""
    for other in employment.posts_of(session, person_id=person.id):
        same = (other.role, other.team_id, other.care_group_id) == (post.role, post.team_id, post.care_group_id)
        before = other.ends_on is not None and other.ends_on < post.starts_on
        after = post.ends_on is not None and post.ends_on < other.starts_on
        if same and not before and not after:
            raise HeldAlready(name=person.name)


def check_not_last(session: Session, post: Post, last_day: date, today: date) -> None:
    """Raises LastOfTheDirectorate."""
    if post.role != Role.MEDICAL_DIRECTORATE:
        return
    day = max(last_day + ONE_DAY, today)
    held = [
        other
        for other in employment.posts(session, trust_id=post.trust_id)
        if other.role == post.role and other.id != post.id and rules.covers(other.starts_on, other.ends_on, day)
    ]
    if not any(other.person.left_on is None or other.person.left_on >= day for other in held):
        raise LastOfTheDirectorate


def touched(session: Session, post: Post) -> Area:
    """Whose steps a change of this post may touch: also those of roles for which it stands in."""
    if post.team_id or post.care_group_id:
        return area_of(post.role, post.team_id, post.care_group_id)
    stands_in = policy_of(session, post.trust_id).stands_in
    roles = {Role(post.role)}
    while more := {role for role, other in stands_in.items() if other in roles} - roles:
        roles |= more
    return Area(roles=frozenset(roles))
