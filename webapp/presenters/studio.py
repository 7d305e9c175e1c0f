"""The studio in words: how drafts stand, what comes next, what may be done with each file."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from flask import url_for

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.domain.studio import Decision, Permission, Status
from workflows.studio.adding import TAKEN_OUT
from workflows.studio.home import DraftLine, Home, ReleaseLine, ReleasePage, Waiting
from workflows.studio.pages import Decided, DraftPage, Edited, FileLine, Problem

KINDS: Mapping[str, str] = MappingProxyType(
    {"processes": "Processes", "decisions": "Decision tables", "policies": "Policy", "letters": "Letters"}
)
"""The kinds of files, as headings."""
ONE: Mapping[str, str] = MappingProxyType(
    {"processes": "process", "decisions": "decision table", "policies": "policy", "letters": "letter"}
)
STANDINGS: Mapping[Status, Tag] = MappingProxyType(
    {
        Status.OPEN: Tag("Being changed", "blue"),
        Status.SUBMITTED: Tag("Waits for approval", "orange"),
        Status.APPROVED: Tag("Approved", "green"),
        Status.PUBLISHED: Tag("Published", "grey"),
        Status.DROPPED: Tag("Dropped", "grey"),
    }
)
CHANGES: Mapping[str, Tag] = MappingProxyType(
    {"added": Tag("New", "green"), "changed": Tag("Changed", "blue"), "removed": Tag("Taken out", "red")}
)
WAITS: Mapping[str, str] = MappingProxyType(
    {
        "approve": "Somebody asks for your approval",
        "publish": "Approved, and can be published",
        "mend": "Returned, with reasons",
    }
)
DEEDS: Mapping[str, str] = MappingProxyType(
    {
        Decision.SUBMITTED: "{who} submitted it for approval",
        Decision.APPROVED: "{who} approved it",
        Decision.RETURNED: "{who} returned it",
        Decision.WITHDRAWN: "{who} took it back from approval",
        Decision.PUBLISHED: "{who} published it",
    }
)


class Link(NamedTuple):
    """A page of a draft: its endpoint, what the link says, which argument names the file ("" for the whole draft),
    which permission it wants (None: whoever may read the draft), whether it is a file to take away, and what the link
    says to whoever may not change the draft, where that differs."""

    endpoint: str
    words: str
    argument: str = ""
    permission: Permission | None = None
    download: bool = False
    reads: str = ""


LINKS: Mapping[str, Sequence[Link]] = MappingProxyType(
    {
        "processes": (
            Link("studio_canvas.draw", "Draw", "process", reads="Look at the picture"),
            Link("studio_list.steps", "Steps as a list", "process"),
            Link("studio_rehearsal.start", "Rehearse", "process"),
        ),
        "decisions": (Link("studio_tables.show", "Rules", "key"),),
        "policies": (Link("studio_policy.show", "Look and change", reads="Look at it"),),
        "letters": (Link("studio_letters.show", "Words", "key"),),
        "draft": (
            Link("studio_changes.show", "What it changes"),
            Link("studio_soundness.show", "Can every case end?"),
            Link("studio_rehearsal.start", "Rehearse it"),
            Link("studio_moves.draft_impact", "What it would mean for running cases"),
            Link("studio_adding.begin", "Begin a new process", permission=Permission.EDIT),
            Link("studio_adding.begin_table", "Add a decision table", permission=Permission.EDIT),
            Link("studio_letters.new", "A new letter", permission=Permission.EDIT),
            Link("studio_import.choose", "Import a diagram", permission=Permission.EDIT),
            Link("studio_export.choose", "Import a set of files or a decision table", permission=Permission.EDIT),
            Link("studio_export.draft", "Export as a zip", download=True),
        ),
    }
)
"""What may be done with each kind of file of a draft, and with the draft as a whole."""


IMPACT = "studio_moves.draft_impact"


class Target(NamedTuple):
    """Where a link leads."""

    href: str
    words: str
    download: bool = False


def links(page: DraftPage, line: FileLine | None = None) -> list[Target]:
    """The pages for one file of a draft, or for the draft as a whole. What was taken out has none, and what changes a
    draft is for those who may, while it is open."""
    if line is not None and line.change == "removed":
        return []
    may = page.may if edit_open(page) else page.may - {Permission.EDIT}
    found = [link for link in LINKS[line.kind if line else "draft"] if link.permission in {None, *may}]
    told = found if Permission.EDIT in may else [link._replace(words=link.reads or link.words) for link in found]
    targets = [_target(page, link, line) for link in told if page.release is None or link.endpoint != IMPACT]
    if line is not None and line.change == "added" and line.kind in TAKEN_OUT and Permission.EDIT in may:
        address = url_for("studio_adding.take_out", draft_id=page.id, kind=line.kind, key=line.key)
        targets.append(Target(address, "Take it out"))
    if line is None and page.release:
        number = page.release.number
        targets.insert(0, Target(url_for("studio.release", number=number), f"Release {number}"))
    return targets


def to_read(page: DraftPage) -> list[Target]:
    """The pages that somebody reads before they decide on a draft."""
    return [_target(page, link, None) for link in LINKS["draft"] if link.permission is None]


def _target(page: DraftPage, link: Link, line: FileLine | None) -> Target:
    named: dict[str, Any] = {link.argument: line.key} if line and link.argument else {}
    return Target(url_for(link.endpoint, draft_id=page.id, **named), link.words, link.download)


def standing(status: Status) -> Tag:
    """How a draft stands."""
    return STANDINGS[status]


def change(line: FileLine) -> Tag | None:
    """How a file differs from the release that the draft was begun from."""
    return CHANGES.get(line.change)


class Group(NamedTuple):
    """Files of one kind."""

    kind: str
    heading: str
    lines: list[FileLine]


def groups(files: Iterable[FileLine]) -> list[Group]:
    """Files by kind, in the order of the headings."""
    return [Group(kind, KINDS[kind], list(lines)) for kind, lines in groupby(files, attrgetter("kind"))]


def how_many(group: Group) -> str:
    """ "4 decision tables"."""
    return words.count(len(group.lines), ONE[group.kind], "policies" if group.kind == "policies" else "")


def changed_files(page: DraftPage) -> str:
    """ "2 files changed", "Nothing is changed yet"."""
    number = len(page.changed)
    return f"{words.count(number, 'file')} changed" if number else "Nothing is changed yet"


def files_changed(line: DraftLine) -> str:
    """The same in the list of drafts."""
    return f"{words.count(line.files, 'file')} changed" if line.files else "Nothing changed yet"


def edit_open(page: DraftPage) -> bool:
    """Whether the viewer may change the draft now."""
    return Permission.EDIT in page.may and page.status not in {Status.PUBLISHED, Status.DROPPED}


class Next(NamedTuple):
    """What comes next with a draft, and the button that leads there, where it is the viewer's to press."""

    words: str
    button: str = ""
    endpoint: str = ""


def comes_next(page: DraftPage) -> Next:
    """What the viewer is told at the top of a draft."""
    if page.status == Status.PUBLISHED:
        return _after_publishing(page)
    if page.status == Status.DROPPED:
        return Next("It was dropped. It can be read, and cannot be changed any more.")
    if page.base.newest:
        return _out_of_date(page)
    return {Status.OPEN: _while_open, Status.SUBMITTED: _while_submitted, Status.APPROVED: _while_approved}[
        page.status
    ](page)


def _after_publishing(page: DraftPage) -> Next:
    if page.release is None:
        raise LookupError("A published draft has its release.")
    number, newest = page.release.number, page.release.newest
    starts = f"New cases start on release {newest} by now." if newest else "New cases start on it."
    said = f"Published as release {number} on {words.moment(page.release.at)}. {starts} It cannot be changed any more."
    if newest:
        return Next(said)
    moves = "Look at the running cases, and move them" if Permission.MOVE in page.may else "Look at the running cases"
    return Next(f"{said} Running cases stay where they are until somebody moves them.", moves, IMPACT)


def _out_of_date(page: DraftPage) -> Next:
    said = (
        f"Release {page.base.newest} was published since this draft was begun from release {page.base.number}. It has"
        " to be brought up to date before it goes on."
    )
    return Next(said, "Bring it up to date", "studio_drafts.update") if Permission.EDIT in page.may else Next(said)


def _while_open(page: DraftPage) -> Next:
    if Permission.EDIT not in page.may:
        then = " You will be told when it is submitted for approval." if Permission.APPROVE in page.may else ""
        return Next(f"It is still being changed.{then}")
    if not page.changed:
        return Next("Choose what you want to change. No case notices anything until it is published.")
    if page.problems:
        return Next(
            f"{words.count(len(page.problems), 'fault')} {'stands' if len(page.problems) == 1 else 'stand'} in the way."
            " Mend what is listed below, then submit it for approval."
        )
    return Next(
        "No fault was found. Submit it once it is as you want it.", "Submit for approval", "studio_deciding.submit"
    )


def _while_submitted(page: DraftPage) -> Next:
    if Permission.APPROVE not in page.may:
        who = words.listed(page.approvers, "or") or "somebody who may approve it"
        return Next(f"It waits for {who}. Whatever is changed now takes it back.")
    if page.took_part:
        return Next("You have changed or submitted it yourself, so somebody else has to look at it.")
    return Next(
        "Compare it with what is published, then approve it or return it with reasons.",
        "Decide",
        "studio_deciding.decide",
    )


def _while_approved(page: DraftPage) -> Next:
    if Permission.PUBLISH not in page.may:
        return Next("It is approved and can be published. Whatever is changed now takes the approval away.")
    return Next(
        "It is approved as it stands. Once it is published, new cases start on it; running cases stay where they are.",
        "Publish",
        "studio_deciding.publish",
    )


def can_be(deed: str, page: DraftPage) -> bool:
    """Whether the button of a page that decides on a draft can be pressed now: submit, decide, withdraw or publish."""
    if deed in {"decide", "withdraw"}:
        return page.status in {Status.SUBMITTED, Status.APPROVED} and not (deed == "decide" and page.took_part)
    return comes_next(page).endpoint == f"studio_deciding.{deed}"


def is_asked(deed: str, page: DraftPage, refused: str) -> bool:
    """Whether its form stands there: not again after a refusal of what was decided meanwhile."""
    return can_be(deed, page) and not (refused and deed == "decide" and page.status == Status.APPROVED)


def nobody_approves(page: DraftPage) -> bool:
    """Whether the draft could be submitted, and nobody is there to approve it."""
    return page.status in {Status.OPEN, Status.SUBMITTED} and not page.approvers


class Faults(NamedTuple):
    """What is wrong with one file."""

    title: str
    line: FileLine | None
    problems: list[Problem]


def faults(page: DraftPage) -> list[Faults]:
    """What is wrong, file by file."""
    lines = {line.path: line for line in page.files}
    found = groupby(page.problems, attrgetter("file"))
    return [Faults(lines[path].title if path in lines else path, lines.get(path), list(rows)) for path, rows in found]


def place(page: DraftPage, problem: Problem) -> Target | None:
    """Where in a diagram a fault is, with the line of the list that tells of it; None where it is no single element's
    that can be told."""
    name = page.places.get((problem.file, problem.element))
    process = next((line.key for line in page.files if line.path == problem.file), "")
    if not name or not process:
        return None
    address = url_for("studio_list.steps", draft_id=page.id, process=process, _anchor=f"line-{problem.element}")
    return Target(address, f"At {name}")


def way(problem: Problem) -> str:
    """The shortest way to a fault, in steps and answers."""
    return f"It comes about so: {' → '.join(problem.way)}." if problem.way else ""


class Event(NamedTuple):
    """A line of a draft's history."""

    at: str
    said: str
    who: str
    note: str
    state: str


def history(page: DraftPage) -> list[Event]:
    """Edits and decisions together, newest first."""
    decided = [(one.at, _decided(one)) for one in page.decisions]
    edited = [(one.at, _edited(one)) for one in page.edits]
    both = sorted([*decided, *edited], key=lambda pair: pair[0], reverse=True)
    return [event for _, event in both]


def _decided(one: Decided) -> Event:
    return Event(words.moment(one.at), DEEDS[one.kind].format(who=one.who), "", one.note, "")


def _edited(one: Edited) -> Event:
    state = {"done": "", "undone": "Undone", "gone": "Undone"}[one.state]
    return Event(words.moment(one.at), one.said, one.who, "", state)


def waits(line: DraftLine | Waiting) -> str:
    """What a draft waits for from the viewer."""
    return WAITS[line.waits]


def begins_with(home: Home) -> str:
    """What is said of a trust without drafts."""
    if Permission.EDIT in home.may:
        return "Begin a draft to change something. It starts as a copy of what is published, and no case notices it."
    return "Nobody is changing anything at the moment."


def running(line: ReleaseLine) -> str:
    """ "12 running cases follow it"."""
    if not line.running:
        return "No running case follows it"
    return f"{words.count(line.running, 'running case')} {'follows' if line.running == 1 else 'follow'} it"


def release_tag(line: ReleaseLine) -> Tag:
    """Whether new cases start on it."""
    return Tag("New cases start on it", "green") if line.published else Tag("Older", "grey")


def published_by(page: ReleasePage) -> str:
    """Who stands behind a release."""
    if not page.published_by:
        return "It came with Accord"
    return f"Published by {page.published_by}, approved by {page.approved_by}"


def one(kind: str) -> str:
    """ "decision table"."""
    return ONE[kind]
