"""A letter of a draft in words: what its places may name, and who sends it."""

from collections.abc import Sequence
from sys import maxsize
from typing import NamedTuple

from webapp.presenters import words
from workflows.domain.letters import CONDITION_NAMES, TABLES, WORDS, Filled
from workflows.studio.letter_edits import LetterPage, Look, Problem


class Group(NamedTuple):
    """Places of one kind: what is written, and what stands there in the letter."""

    heading: str
    places: list[tuple[str, str]]


def places(page: LetterPage) -> list[Group]:
    """Everything that may stand in braces."""
    titles = page.policy.titles.items()
    holders = [(f"{{name.{role.value}}}", f"name of the {title}") for role, title in titles]
    deadlines = sorted(page.policy.deadlines.values(), key=lambda rule: rule.title)
    return [
        Group("Roles, to write after to: and copy:", [(role.value, title) for role, title in titles]),
        Group("Words of every letter", [(f"{{{key}}}", said) for key, said in WORDS.items()]),
        Group("What was answered in the case", [(f"{{case.{fact.key}}}", fact.label) for fact in page.facts]),
        Group("Last days", [(f"{{due.{rule.key}}}", f"the last day of: {rule.title}") for rule in deadlines]),
        Group("Titles of roles", [(f"{{{role.value}}}", title) for role, title in titles]),
        Group("Who holds a role in the case", holders),
        Group("Tables, each a paragraph of its own", [(f"{{{key}}}", said) for key, said in TABLES.items()]),
        Group("Only in a condition", [(key, said) for key, said in CONDITION_NAMES.items()]),
    ]


HOW: tuple[tuple[str, str], ...] = (
    ("title:", "What the letter is called."),
    ("to:", "Which roles get it, such as practitioner. Whoever holds the role in the case is written to."),
    ("copy:", "Which roles get a copy. It can be left out."),
    ("{ }", "A place that the case fills, such as `{case.decision_reasons}`. All that can stand there is below."),
    ("[ ]", 'When the paragraph under it is said, such as `[case.kind == "interim"]`. Without it, it is always said.'),
    ("#", "A heading begins with it, and an item of a list with a hyphen."),
)
"""How a letter is written: the sign, and what it does."""


def kept(page: LetterPage) -> str:
    """What is said once a letter was saved."""
    if not page.problems:
        return "The letter is kept."
    number = len(page.problems)
    return (
        f"The letter is kept, but {words.count(number, 'thing')} in it {'is' if number == 1 else 'are'} to mend before"
        " it can go out. What to mend is said below."
    )


def sent_by(page: LetterPage) -> str:
    """Which steps send it."""
    if not page.sent_by:
        return "No step sends it yet. Choose it at a step, and what its case knows can be named here."
    return f"It is sent by {words.listed([f'“{step}” in {process}' for process, step in page.sent_by])}."


def removing(page: LetterPage) -> str:
    """What taking it out would mean."""
    if not page.sent_by:
        return "No step sends it."
    return f"{sent_by(page)} The draft cannot be published while a step sends a letter that is not there."


class Reading(NamedTuple):
    """A letter as it reads: what is to mend before its first paragraph; then each paragraph with the line on which it
    begins and what is to mend in it."""

    head: list[Problem]
    paragraphs: list[tuple[int, Filled, list[Problem]]]


def reading(look: Look, problems: Sequence[Problem]) -> Reading:
    """Put what is to mend where it stands."""
    placed = sorted((one for one in problems if one.line), key=lambda one: one.line)
    starts = [line for line, _ in look.paragraphs]
    ends = [*starts[1:], maxsize][: len(starts)]
    head = [one for one in placed if not starts or one.line < starts[0]]
    return Reading(
        head,
        [
            (line, said, [one for one in placed if line <= one.line < end])
            for (line, said), end in zip(look.paragraphs, ends, strict=True)
        ],
    )


def also(look: Look) -> str:
    """Who else gets it."""
    return f"It also goes to: {words.listed(list(look.also))}. “Preview as PDF” shows what each of them gets."
