"""The register of panel members in words."""

from collections.abc import Mapping, Sequence
from datetime import date

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.domain.panel_register import LISTED, NO_LONGER, NOT_YET, Absence, FairnessLine, Member, Use
from workflows.inbox.panel_register import Line, Register, Reviewing

TAGS: Mapping[str, Tag] = {
    LISTED: Tag("On the list", "green"),
    NOT_YET: Tag("Not yet", "yellow"),
    NO_LONGER: Tag("No longer", "grey"),
}


def standing(line: Line) -> Tag:
    """How somebody stands on the register."""
    return TAGS[line.standing]


def why(line: Line, bodies: Sequence[str], today: date) -> str:
    """Why they stand so: "Until 3 March 2028.", "The approval of the BMA is wanting."."""
    member = line.member
    if line.standing == LISTED:
        return f"Until {words.short_day(member.ends_on)}." if member.ends_on else "No last day is set."
    return _no_longer(member, today) if line.standing == NO_LONGER else _not_yet(member, bodies, today)


def _no_longer(member: Member, today: date) -> str:
    if member.taken_off_on and member.taken_off_on <= today:
        return f"Taken off on {words.short_day(member.taken_off_on)}."
    if member.ends_on and member.ends_on < today:
        return f"Their term ended on {words.short_day(member.ends_on)}."
    return "They have left." if member.left_on is None else f"Left on {words.short_day(member.left_on)}."


def _not_yet(member: Member, bodies: Sequence[str], today: date) -> str:
    lacks = member.lacks(bodies, today)
    if lacks:
        return f"Not approved yet by {words.listed(lacks)}."
    return f"Their term begins on {words.short_day(member.starts_on)}."


def term(member: Member) -> str:
    """ "1 April 2026 to 31 March 2029", "From 1 April 2026, no last day set"."""
    first = words.short_day(member.starts_on)
    return f"{first} to {words.short_day(member.ends_on)}" if member.ends_on else f"From {first}, no last day set"


def used(use: Use) -> str:
    """ "None yet", "2 panels, last on 3 March 2027"."""
    if use.last is None:
        return "None yet"
    return f"{words.count(use.times, 'panel')}, last on {words.short_day(use.last)}"


def absence(one: Absence) -> str:
    """ "1 March 2027 to 14 March 2027"."""
    return f"{words.short_day(one.starts_on)} to {words.short_day(one.ends_on)}"


def away(member: Member, today: date) -> Tag | None:
    """Whether they cannot be called today."""
    found = member.away(today)
    return Tag(f"Away until {words.short_day(found.ends_on)}", "blue") if found else None


def turn(place: int) -> str:
    """Which place they would be called in today."""
    if not place:
        return "They cannot be called today"
    if place == 1:
        return "They would be called next"
    return f"{words.count(place - 1, 'member')} would be called before them"


def summary(found: Register) -> str:
    """ "3 members"."""
    return words.count(len(found.lines), "member").capitalize()


def next_up(found: Register) -> str:
    """Who would be called today."""
    if not found.next_up:
        return "Nobody can be called today."
    later = f", then {words.listed(found.next_up[1:3])}" if len(found.next_up) > 1 else ""
    return f"For a panel that is formed today {found.next_up[0]} would be called first{later}."


def last_review(reviewing: Reviewing) -> str:
    """When the register was reviewed last, and by whom."""
    if not reviewing.newest:
        return "The register has not been reviewed yet."
    newest = reviewing.newest[0]
    by = f" by {newest.by}" if newest.by else ""
    return f"The register was last reviewed on {words.short_day(newest.day)}{by}."


def next_review(reviewing: Reviewing) -> str:
    """When it is to be reviewed again, or what is wanting to say so."""
    if reviewing.rule is None:
        return "The policy sets no interval for its reviews."
    if reviewing.due_on is None:
        return "Its first review falls due once a member has been added."
    return f"The next review is due by {words.short_day(reviewing.due_on)}."


def review_tag(reviewing: Reviewing) -> Tag | None:
    """Whether the review presses."""
    if reviewing.due_on is None or not (reviewing.late or reviewing.soon):
        return None
    if reviewing.late:
        return Tag("Review overdue", "red")
    return Tag("Review due soon", "orange")


def interval(reviewing: Reviewing) -> str:
    """On what the interval rests."""
    rule = reviewing.rule
    if rule is None or rule.verified:
        return ""
    every = words.count(rule.months, "month")
    return f"CPFT 7.8.12 asks for regular reviews and states no interval: {every} is a default (not verified)."


def last_used(line: FairnessLine) -> str:
    """When their last panel was, or when they were called to the one to come."""
    return words.short_day(line.use.last) if line.use.last else "None yet"


def usual(line: FairnessLine) -> str:
    """How often the others were called who have been listed at least as long."""
    return "–" if line.usual is None else words.figure(line.usual)


def repeatedly(line: FairnessLine) -> str:
    """What is said of whoever is used repeatedly."""
    times = words.count(line.use.times, "time")
    return f"{line.member.name} was called {times}, where {usual(line)} is usual among those listed at least as long."
