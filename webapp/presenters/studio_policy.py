"""A policy in words: what holds, who says so, and what is written beside it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.domain.deadlines import DeadlineRule, Strength
from workflows.domain.fact_words import in_words as key_words
from workflows.domain.plan import SECTIONS
from workflows.domain.roles import Role
from workflows.studio.comparing_policies import STRENGTHS, value_in_words
from workflows.studio.policy_edits import PolicyPage, Value

COMES_BACK: Mapping[str, str] = {
    "step": "The step is saved as you left it. You come back to it, with this deadline chosen.",
    "time": "You come back to what you have chosen so far, and to this deadline.",
    "canvas": "The drawing is saved as you left it. You come back to it, and this deadline is put in and saved.",
}
"""What becomes of the page from which somebody came for a new deadline."""
GO_BACK = "Say nothing here, and inherit it"
"""The button by which a trust goes back to what it inherits."""
FOLDED = "More: a window’s end, how the day is told, and deadlines of whole cases"
REMOVED = "Nothing uses it. You can undo this."
NEW_VALUE = (
    "It is said for this trust alone. Conditions and letters may then name it: a limit that is called Longest talk, for"
    " example, as `policy.longest_talk`."
)
ENTRIES = " Empty every box of an entry to take it out. The last two entries are for new ones."
REMOVED_VALUE = "Only this trust says it. You can undo this."
OWN, INHERITED = Tag("This trust", "blue"), Tag("Inherited", "grey")


class Row(NamedTuple):
    """A line of the policy: `key` leads to its form, "" where only the text can change it."""

    key: str
    name: str
    says: str
    by: Tag
    comment: str = ""


def deadlines(page: PolicyPage) -> list[Row]:
    """Every deadline, by title."""
    own = page.own.get("deadlines", {})
    rules = page.policy.deadlines.values() if page.policy else ()
    return [
        Row(rule.key, rule.title, f"{_length(rule)}; {STRENGTHS[rule.strength]}", OWN if rule.key in own else INHERITED)
        for rule in sorted(rules, key=lambda rule: rule.title.casefold())
    ]


def _length(rule: DeadlineRule) -> str:
    if rule.length is None:
        return "On its date"
    return f"{rule.length} to {rule.until} before" if rule.until else str(rule.length)


def titles(page: PolicyPage) -> list[Row]:
    """What each role is called."""
    own = page.own.get("titles", {})
    said = page.policy.titles.items() if page.policy else ()
    return [Row("", key_words(role.value), title, OWN if role.value in own else INHERITED) for role, title in said]


def people(page: PolicyPage) -> list[tuple[str, str]]:
    """Who signs, and who may do what in the studio."""
    if page.policy is None:
        return []
    title = page.policy.titles
    signs = ", then ".join(title[role] for role in page.policy.signatories)
    may = [
        (f"May {one.value}", words.listed([title[role] for role in sorted(roles)], "or"))
        for one, roles in page.policy.studio.items()
    ]
    covers = [
        (f"Signature of the {title[role]} covers", _covered(page.policy.covers[role]))
        for role in page.policy.signatories
    ]
    stand_ins = [(f"Stands in for the {title[role]}", title[other]) for role, other in page.policy.stands_in.items()]
    return [("Signs a job plan", signs), *covers, *stand_ins, *may]


def _covered(parts: Sequence[str]) -> str:
    return "The whole plan" if len(parts) == len(SECTIONS) else words.listed([key_words(part) for part in parts])


class Group(NamedTuple):
    """Values that belong together; `table` is where more can be added, by its path with full stops."""

    heading: str
    rows: list[Row]
    table: str


def values(page: PolicyPage) -> Iterator[Group]:
    """Limits and values: first those that stand by themselves, then each table."""
    alone = [one for one in page.values if len(one.path) == 2]
    below = [one for one in page.values if len(one.path) > 2]
    yield Group("Limits and values", [_row(page, one, 1) for one in alone], "values")
    for key, found in groupby(below, key=lambda one: one.path[1]):
        yield Group(key_words(key), [_row(page, one, 2) for one in found], f"values.{key}")


def bodies(page: PolicyPage) -> list[Row]:
    """The bodies that the policy names."""
    return [_row(page, one, 1) for one in page.bodies]


def table(path: Sequence[str]) -> str:
    """What a table of the policy is called within a sentence."""
    if len(path) > 1:
        return f"“{key_words(path[-1])}”"
    return "limits and values" if path[0] == "values" else "bodies"


def _row(page: PolicyPage, one: Value, start: int) -> Row:
    name = _joined(one.path[start:])
    key = ".".join(one.path[1:]) if one.kind else ""
    return Row(key, name, value_in_words(one.value, _titles(page)), OWN if one.own else INHERITED, one.comment)


def _titles(page: PolicyPage) -> Mapping[Role, str]:
    return page.policy.titles if page.policy else {}


def named(one: Value) -> str:
    """What a value is called by itself."""
    return _joined(one.path[1:])


def _joined(path: Sequence[str]) -> str:
    """ "On call: extra days"; an abbreviation keeps its letters."""
    first, *rest = path
    return ": ".join([key_words(first), *(key_words(part).lower() if part.islower() else part for part in rest)])


def value_lead(page: PolicyPage, one: Value) -> str:
    """Who says it now, and how a list of entries is filled in."""
    return f"{_said_by(page, one)}{ENTRIES if one.kind == 'rows' else ''}"


def _said_by(page: PolicyPage, one: Value) -> str:
    if one.own and one.inherited is not None:
        return f"This trust says it itself. It would otherwise inherit: {value_in_words(one.inherited, _titles(page))}."
    return "This trust says it itself." if one.own else "It is inherited. What you save is said for this trust alone."


def deadline_lead(page: PolicyPage, rule: DeadlineRule, own: bool) -> str:
    """Who says it now, and from when it runs."""
    below = page.inherited.deadlines.get(rule.key) if page.inherited else None
    name = page.inherited.name if page.inherited else ""
    if not own:
        said = (
            f"It is inherited from “{name}”, so this trust cannot take it out. Change it here instead: what you save is"
            f" said for this trust alone, and “{GO_BACK}” then takes it back."
        )
    elif below:
        said = (
            f"This trust says it itself. It would otherwise inherit: {_length(below)}. It cannot be taken out, because"
            f" it is inherited from “{name}”. “{GO_BACK}”, at the end, lets that hold again."
        )
    else:
        said = "This trust says it itself."
    runs = rule.start_words.format(date="…").rstrip(".")
    return f"{said} What it runs from: “{runs}”."


def new_deadline(asked: str) -> str:
    """What a new deadline is; `asked`: where somebody comes from, "" for the policy."""
    then = COMES_BACK.get(asked, "Once it is there, choose it for a step or for a timer.")
    return f"It is said for this trust alone, and runs as soon as a case knows the day from which it is counted. {then}"


def added(title: str) -> str:
    """What was done, for the history of a draft."""
    return f"Added the deadline “{title}”."


def back(asked: str) -> str:
    """Where the way back from a new deadline leads."""
    return "Back" if asked else "Policy"


def usual_reminders(strength: Strength) -> str:
    """What the usual reminders of a strength are called."""
    return f"Usual reminders of what {STRENGTHS[strength]}"


def strengths() -> list[tuple[str, str]]:
    """The usual reminders by strength, with what they are called."""
    return [(one.value, usual_reminders(one)) for one in Strength]


def kept(problems: int) -> str:
    """What came of saving a text."""
    if not problems:
        return "The policy is kept, and the check finds nothing to mend."
    return f"The policy is kept. The check finds {words.count(problems, 'fault')}, listed below."
