"""Deadlines of a policy added and taken out: what a new one may run from, what it is called, and what still uses it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from workflows.domain.errors import NotAllowed
from workflows.domain.policy import Policy
from workflows.domain.vocabulary import PROCESSES
from workflows.engine.editing.diagram import slug
from workflows.studio import pages
from workflows.studio.offering import Pairs, dates
from workflows.studio.pages import FileLine, Problem
from workflows.studio.policy_edits import Edit, PolicyPage
from workflows.studio.policy_texts import unsay

LONGEST_KEY = 60


class NameTaken(NotAllowed):
    """There is a deadline “{title}” already. Call this one something else, or use the one that is there."""


class NoName(NotAllowed):
    """A deadline needs a name with letters in it, such as Explaining the decision."""


class Inherited(NotAllowed):
    """“{title}” is inherited, so this trust cannot take it out. You can change what it says for this trust."""


class StillUsed(NotAllowed):
    """“{title}” is still used: {where}. Choose another deadline there first."""


class Use(NamedTuple):
    """Where something is used. `kind` is that of the file; `element` the step or way in a diagram, `place` what it is
    called, `key` and `title` the file's."""

    kind: str
    key: str
    title: str
    element: str
    place: str

    def __str__(self) -> str:
        return f"“{self.place}” in {self.title}" if self.place else self.title


def starts(page: PolicyPage, policy: Policy, process: str = "") -> Pairs:
    """The days from which a deadline may run, by fact, in the words of the deadlines that run from them already; with
    a process, those that its cases know."""
    said = {rule.start: rule.start_words for rule in reversed(list(policy.deadlines.values()))}
    known = dates(page.files, process=process)
    found = {key: said[key].format(date="…").rstrip(".") if key in said else words for key, words in known}
    return tuple(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def start_words(policy: Policy, start: str, words: str) -> str:
    """The sentence that tells a day: as another deadline says it, else the words of the day with {date} behind them."""
    said = (rule.start_words for rule in policy.deadlines.values() if rule.start == start)
    return next(said, f"{words.replace('{', '').replace('}', '').rstrip('.')}: {{date}}.")


def added(policy: Policy, said: Mapping[str, Any]) -> list[Edit]:
    """What has to be written so that there is a new deadline. Raises NameTaken, NoName."""
    title = str(said["title"])
    key = slug(title, LONGEST_KEY)
    if not key:
        raise NoName
    taken = {rule.title.casefold() for rule in policy.deadlines.values()}
    if key in policy.deadlines or title.casefold() in taken:
        raise NameTaken(title=title)
    return [(("deadlines", key), dict(said))]


def removed(page: PolicyPage, policy: Policy, key: str) -> list[Edit]:
    """What has to be written so that a deadline is gone. Raises Inherited, StillUsed."""
    title = policy.deadlines[key].title
    if not removable(page, key):
        raise Inherited(title=title)
    if found := uses(page, policy, key):
        raise StillUsed(title=title, where=", ".join(map(str, found)))
    return [(("deadlines", key), None)]


def removable(page: PolicyPage, key: str) -> bool:
    """Whether the trust alone says a deadline."""
    return key in page.own.get("deadlines", {}) and not (page.inherited and key in page.inherited.deadlines)


def uses(page: PolicyPage, policy: Policy, key: str) -> tuple[Use, ...]:
    """What would name a deadline that is not there any more: found by checking the draft without it."""
    path = page.file.path
    without = {**page.files, path: unsay(page.file.text, ("deadlines", key))}
    before = set(pages.problems(page.files))
    lost = [one for one in pages.problems(without) if one.file != path and one not in before]
    bound = (Use("", one, PROCESSES[one], "", "every case") for one in policy.deadlines[key].processes)
    return tuple(dict.fromkeys([*_named(page, lost), *bound]))


def _named(page: PolicyPage, lost: list[Problem]) -> Iterator[Use]:
    lines: dict[str, FileLine] = {line.path: line for line in pages.file_lines(page.files, page.files)}
    names = pages.places(page.files, lost)
    for one in lost:
        line = lines[one.file]
        yield Use(line.kind, line.key, line.title, one.element, names.get((one.file, one.element), one.element))
