"""People, contracts, posts and places in words."""

from collections.abc import Mapping
from datetime import date

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.domain.people import CONTRACT_KINDS
from workflows.inbox.people import Contract, PeopleList, PersonLine, PlanState, PostLine, Starter
from workflows.inbox.people_deputies import DeputyLine
from workflows.inbox.people_person import PostPage


def summary(found: PeopleList) -> str:
    """ "12 people", "nobody"."""
    return words.count(found.found, "person", "people").capitalize() if found.found else "Nobody fits"


def post(line: PostLine, titles: Mapping[str, str]) -> str:
    """ "Clinical Manager, Penrith Community Team"."""
    place = line.team or line.care_group
    return f"{titles.get(line.role, line.role)}, {place}" if place else titles.get(line.role, line.role)


def post_of(page: PostPage) -> str:
    """The same of a post alone."""
    place = page.post.team or page.post.care_group
    return f"{page.title}, {place}" if place else page.title


def period(first: date, last: date | None, today: date) -> str:
    """ "Since 1 April 2020", "From 1 May 2027", "1 April 2020 to 3 March 2027"."""
    if last is not None:
        return f"{words.short_day(first)} to {words.short_day(last)}"
    return f"{'Since' if first <= today else 'From'} {words.short_day(first)}"


def standing(first: date, last: date | None, today: date) -> Tag:
    """Whether something counts today, will, or did."""
    if first > today:
        return Tag("To come", "blue")
    return Tag("Ended", "grey") if last is not None and last < today else Tag("Now", "green")


def contract(row: Contract | None) -> str:
    """ "Consultant, 10 PAs"."""
    return f"{row.grade}, {words.figure(row.programmed_activities)} PAs" if row else ""


def contract_kind(row: Contract) -> str:
    """What kind of contract it is."""
    return CONTRACT_KINDS.get(row.kind, row.kind)


def plan_tag(state: PlanState, plans: bool) -> Tag | None:
    """How it stands with somebody's plan; nothing for whoever needs none."""
    if state.reference:
        return Tag("Under way", "blue")
    if state.plan_id:
        return Tag("In force", "green")
    if state.next_from:
        return Tag("Agreed", "blue")
    return Tag("No plan", "orange") if plans else None


def plan_of(line: PersonLine) -> Tag | None:
    """The same for a line of the list."""
    return plan_tag(line.plan, line.plans)


def since(starter: Starter, today: date) -> str:
    """ "Started on 1 February 2027", "Starts on 12 March 2027"."""
    return f"{'Started' if starter.first_day <= today else 'Starts'} on {words.short_day(starter.first_day)}"


def absence(line: DeputyLine) -> str:
    """ "1 March 2027 to 14 March 2027"."""
    return f"{words.short_day(line.starts_on)} to {words.short_day(line.ends_on)}"
