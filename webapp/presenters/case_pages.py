"""The page of one case in words."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from webapp.presenters import dues, reviews, words
from workflows.domain.vocabulary import PROCESSES
from workflows.inbox.case_pages import CaseLink, CasePage, PlanLine
from workflows.inbox.papers import CommentLine, DocumentLine
from workflows.inbox.progress import Listed
from workflows.inbox.waiting import Next, Waiting

SHOWN_AT_ONCE = 12
"""Lines of the history before the older ones are folded away."""
STATES = {"done": "Done", "current": "Now", "upcoming": "To come", "not_needed": "Not needed this time"}
NAMED = 6
"""Holders that are named before the rest is counted."""
NAMED_NEXT = 3
"""Likewise for what may come next."""


class Now(NamedTuple):
    """What waits at one place of the drawing: a step, held by one or by several people."""

    name: str
    step_id: int | None
    who: str
    since: str
    due: str
    tag: dues.Tag | None
    deadline_id: int | None
    after: str
    for_whom: str
    """Whose deputy would do it; "" where it is one's own."""


def now_title(page: CasePage) -> str:
    """The heading of what comes first on the page."""
    if page.head.withdrawn:
        return "Withdrawn"
    return "Where it is" if page.head.status == "open" else "Closed"


def progress(page: CasePage) -> str:
    """ "4 done, 1 now": how far the case's own drawing has been gone."""
    people = [one for one in page.listed if one.kind in {"step", "stage", "wait"}]
    done, current = (sum(one.state == state for one in people) for state in ("done", "current"))
    return f"{done} done, {current} now" if current else f"{done} done"


def stage_of(case: CaseLink) -> str:
    """Where a linked case is."""
    if case.status == "closed":
        return case.stage or "Closed"
    return case.stage or "Moving on by itself"


def now(page: CasePage) -> list[Now]:
    """Where the case is: each waiting step once, with everyone who still has to do it."""
    groups = groupby(sorted(page.waiting, key=lambda one: one.element), key=lambda one: one.element)
    found = [_now(list(group), page) for _, group in groups]
    order = {one.element: place for place, one in reversed(list(enumerate(page.waiting)))}
    return [one for _, one in sorted(zip(sorted(order), found, strict=True), key=lambda pair: order[pair[0]])]


def _now(group: Sequence[Waiting], page: CasePage) -> Now:
    first = group[0]
    mine = next((one for one in group if one.mine), None)
    opened = min(one.since for one in group)
    dated = [one.due_on for one in group if one.due_on]
    return Now(
        name=first.name,
        step_id=mine.step_id if mine else None,
        who=_who(group, page),
        since=f"since {words.day(opened)}",
        due=words.day(min(dated)) if dated else "",
        tag=dues.left(min(dated), page.today) if dated else None,
        deadline_id=first.deadline_id,
        after=after(first.after),
        for_whom=mine.on_behalf_of if mine else "",
    )


def _who(group: Sequence[Waiting], page: CasePage) -> str:
    """ "Dr Amy Reed (Clinical Manager)"; for several people their number and names."""
    role = group[0].role
    if all(one.in_queue for one in group):
        return f"Nobody holds the role of {role} for this case: the step waits to be assigned"
    if len(group) == 1 and len(group[0].holders) <= 1:
        name = words.listed(group[0].holders) or "Nobody yet"
        role = _role_of(name, page) if group[0].for_each else role
        return f"{name} ({role})" if role else name
    if len(group) == 1:
        holders = group[0].holders
        alike = all(role in _titles(name, page) for name in holders)
        return f"Any of {len(holders)} people{f' in the role of {role}' if alike else ''} may do it: {some(holders)}"
    names = [words.listed(one.holders, last="or") for one in group]
    return f"{words.count(len(group), 'person', 'people').capitalize()} still to do it: {some(names)}"


def _role_of(name: str, page: CasePage) -> str:
    """The roles that somebody holds for this case, where the step itself does not say."""
    return words.listed(_titles(name, page))


def _titles(name: str, page: CasePage) -> list[str]:
    return [line.title for line in page.people if name in {person for person, _ in line.people}]


def some(names: Sequence[str]) -> str:
    """The names, and how many more where there are many."""
    if len(names) <= NAMED:
        return words.listed(names)
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"


def after(following: Iterable[Next]) -> str:
    """What may come next: "Sign the plan (Clinical Manager)", or a choice of such, or the end of the case."""
    following = list(following)
    onward = [one for one in following if one.kind != "end"] or following[:1]
    said = list(dict.fromkeys(_next(one) for one in onward))
    more = [words.count(len(said) - NAMED_NEXT, "other step")] if len(said) > NAMED_NEXT else []
    return words.listed([*said[:NAMED_NEXT], *more], last="or")


def _next(one: Next) -> str:
    if one.kind == "end":
        return "the end of the case"
    if one.kind == "stage":
        return f"the stage “{one.name}”"
    return f"“{one.name}” ({one.role})" if one.role else f"“{one.name}”"


def state(item: Listed) -> str:
    """The state of an element in a word or two."""
    return STATES[item.state]


def told(item: Listed, page: CasePage) -> str:
    """What the list says below an element: who did it and when, who has it, or whose it will be."""
    if item.state == "not_needed":
        return ""
    if item.kind == "automatic":
        return "Accord does this by itself"
    role = page.titles.get(item.role, "")
    if item.of > 1:
        return f"{item.done} of {item.of} done"
    done = [step for step in item.steps if step.status == "done"]
    if item.state == "done" and done:
        return _done_by(done[-1].done_by_id, done[-1].on_behalf_of_id, page) + (
            f" on {words.short_day(done[-1].ended_at)}" if done[-1].ended_at else ""
        )
    return role


def _done_by(person: int | None, on_behalf_of: int | None, page: CasePage) -> str:
    return words.acting(page.names.get(person or 0, "Accord"), page.names.get(on_behalf_of or 0, ""))


def by(paper: DocumentLine | CommentLine) -> str:
    """Who added it, and for whom: "Dr Amy Reed for Dr Ian Holt"."""
    return words.acting(paper.who or "Somebody who has left", paper.on_behalf_of)


def process_title(key: str) -> str:
    """What a process is called."""
    return PROCESSES.get(key, key.replace("_", " ").capitalize())


def open_children(page: CasePage) -> str:
    """ "3 of 6 cases that it started are still open."; empty where none is."""
    still = sum(child.status == "open" for child in page.children)
    if not still:
        return ""
    are = "is" if still == 1 else "are"
    return f"{still} of {words.count(len(page.children), 'case')} that it started {are} still open."


def plan_tag(plan: PlanLine) -> dues.Tag:
    """The state of a plan version."""
    return PLAN_TAGS.get(plan.status, dues.Tag(plan.status.capitalize(), "grey"))


PLAN_TAGS = {
    "draft": dues.Tag("Draft", "blue"),
    "put_aside": dues.Tag("Put aside", "grey"),
    "agreed": dues.Tag("Agreed", "blue"),
    "in_force": dues.Tag("In force", "green"),
    "superseded": dues.Tag("Replaced", "grey"),
}


def has_bundle(page: CasePage) -> bool:
    """Whether the reader may have all of it as one PDF: that of a dispute, for those who may read its letters."""
    return page.head.process == "disagreement" and "letters" in page.may


def sections(page: CasePage) -> list[dict[str, str]]:
    """The page's own contents: only what is there."""
    all_of_them = (
        ("now", now_title(page), True),
        ("points", "Points in dispute", page.story is not None),
        ("rulings", "What was settled and decided", bool(page.story and page.story.rulings)),
        ("statements", "Statements of case", bool(page.story and page.story.statements)),
        ("said", "What was said", bool(page.story and page.story.said)),
        ("agreement", "The agreement", page.agreement is not None),
        ("deadlines", "Deadlines", bool(page.deadlines)),
        ("steps", "Step by step", True),
        ("plan", "Job plan", bool(page.plans)),
        ("letters", "Letters", bool(page.letters)),
        ("documents", "Documents", page.papers.concerned),
        ("comments", "Comments", page.papers.concerned),
        ("people", "People", True),
        ("entered", "What was entered", bool(page.entered)),
        ("cases", "Linked cases", bool(page.parent or page.children or page.undelivered)),
        ("notices", "Messages sent", bool(page.notices)),
        ("history", "History", bool(page.history)),
        ("diagram", "Diagram", True),
    )
    return [{"href": f"#{key}", "text": text} for key, text, there in all_of_them if there]


def change_waited(page: CasePage) -> str:
    """How long the significant change has waited with which the case began."""
    return reviews.waited(page.change) if page.change else ""
