"""Yearly reviews of job plans: told of beforehand, and when they are overdue."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from workflows.domain import yearly_reviews as rules
from workflows.domain.calendars import civil_day, in_words
from workflows.domain.deadlines import HOLDERS, DeadlineRule, Planned
from workflows.domain.roles import Role
from workflows.engine import releases
from workflows.store import Session, team_pages
from workflows.store import notices as notice_rows
from workflows.store import posts as post_rows
from workflows.store import reviews as review_rows
from workflows.store.posts import Held
from workflows.store.reviews import Member

BOTH_SIDES = (Role.PRACTITIONER.value, Role.CLINICAL_MANAGER.value)
"""Whom the policy means by the holders of a review that has no step yet."""


def tell_of_yearly_reviews(session: Session, *, trust_id: int, now: datetime) -> int:
    """Tell of each yearly review that is due soon or overdue, as the policy's ladder says; everybody once for each
    rung. A doctor whose plan is being worked on is not asked for. Returns how many doctors are told of."""
    today = civil_day(now)
    try:
        policy = releases.published(session, trust_id=trust_id).policy
    except releases.NoRelease:
        return 0
    rule = policy.deadline(rules.RULE)
    members = review_rows.members(session, trust_id=trust_id, day=today)
    last = review_rows.last_reviews(session, trust_id=trust_id, person_ids=[one.person_id for one in members])
    busy = under_way(session, trust_id, last)
    posts = post_rows.holders_of(session, trust_id=trust_id, roles=[role.value for role in Role], on=today)
    told: set[int] = set()
    for member in members:
        since = last.get(member.person_id)
        if since is None or member.person_id in busy:
            continue
        for rung in rules.rungs(rule, since, today):
            told.add(member.person_id)
            words = notices(trust_id=trust_id, member=member, rule=rule, since=since, rung=rung, posts=posts, now=now)
            notice_rows.add(session, notices=words)
    return len(told)


def under_way(session: Session, trust_id: int, people: Iterable[int]) -> frozenset[int]:
    """Of these doctors those whose plan is being worked on."""
    cases = team_pages.open_cases_of(session, trust_id=trust_id, person_ids=list(people))
    return frozenset(case.subject_id or 0 for case in cases if case.process == "individual_planning")


def notices(
    *,
    trust_id: int,
    member: Member,
    rule: DeadlineRule,
    since: date,
    rung: Planned,
    posts: Sequence[Held],
    now: datetime,
) -> list[notice_rows.NewNotice]:
    """What a rung of the ladder says about one doctor, to everybody whom it names."""
    review = rules.yearly(rule, since, civil_day(now))
    due = in_words(review.due_on) if review.due_on else ""
    late = review.state is rules.State.OVERDUE
    return [
        notice_rows.NewNotice(
            trust_id=trust_id,
            person_id=person_id,
            key=f"yearly_review:{member.person_id}:{review.due_on}:{rung.rung}:{person_id}",
            kind="yearly_review",
            subject=f"Yearly review of {member.name}: {'overdue' if late else 'due soon'}",
            words=f"The last full review was on {in_words(since)}. The next {'was' if late else 'is'} due by {due}. "
            "The list of yearly reviews is under Teams.",
            written_at=now,
        )
        for person_id in recipients(rule.ladder[rung.rung - 1].to, member, posts)
    ]


def recipients(to: Iterable[str], member: Member, posts: Sequence[Held]) -> list[int]:
    """The people whom a rung names: the doctor, and whoever holds a role over them; nobody stands over themselves."""
    roles = [role for name in to for role in (BOTH_SIDES if name == HOLDERS else (name,))]
    found = [member.person_id] if Role.PRACTITIONER in roles else []
    over: Mapping[str, object] = {Role.CLINICAL_MANAGER.value: member.team_id}
    for post in posts:
        if post.role not in roles or post.role == Role.PRACTITIONER or post.person_id == member.person_id:
            continue
        of_team = post.team_id is None or post.team_id == member.team_id
        of_group = post.care_group_id is None or post.care_group_id == member.care_group_id
        if of_team and of_group and (post.role not in over or post.team_id == member.team_id):
            found.append(post.person_id)
    return list(dict.fromkeys(found))
