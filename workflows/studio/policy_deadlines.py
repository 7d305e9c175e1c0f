"""Deadlines of a policy added and taken out: what a new one may run from, what it is called, and what still uses it."""

from collections.abc import Mapping
from typing import Any

from workflows.domain.errors import NotAllowed
from workflows.domain.policy import Policy
from workflows.domain.vocabulary import PROCESSES
from workflows.engine.editing.diagram import slug
from workflows.studio.offering import Pairs, days
from workflows.studio.policy_edits import Edit, PolicyPage
from workflows.studio.policy_uses import StillUsed, Use
from workflows.studio.policy_uses import uses as uses_of

LONGEST_KEY = 60


class NameTaken(NotAllowed):
    """There is a deadline “{title}” already. Call this one something else, or use the one that is there."""


class NoName(NotAllowed):
    """A deadline needs a name with letters in it, such as Explaining the decision."""


class Inherited(NotAllowed):
    """“{title}” is inherited, so this trust cannot take it out. You can change what it says for this trust."""


def starts(page: PolicyPage, process: str = "") -> Pairs:
    """The days from which a deadline may run, by fact, in words that tell each from the others; with a process, those
    that its cases know."""
    return tuple(sorted(days(page.files, process=process), key=lambda pair: pair[1].casefold()))


def start_words(policy: Policy, start: str, words: str) -> str:
    """The sentence that tells a day: as another deadline says it, else made from the words of the day."""
    said = (rule.start_words for rule in policy.deadlines.values() if rule.start == start)
    day = words.replace("{", "").replace("}", "")
    return next(said, f"The {day[:1].lower()}{day[1:]} is {{date}}.")


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
    """What names a deadline, and the processes whose cases all keep it."""
    bound = (Use("", one, PROCESSES[one], "", "every case") for one in policy.deadlines[key].processes)
    return (*bound, *uses_of(page, ("deadlines", key)))
