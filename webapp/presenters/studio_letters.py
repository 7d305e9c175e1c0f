"""A letter of a draft in words: what its places may name, and who sends it."""

from typing import NamedTuple

from webapp.presenters import words
from workflows.domain.letters import CONDITION_NAMES, TABLES, WORDS
from workflows.studio.letter_edits import LetterPage


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
        Group("Words of every letter", [(f"{{{key}}}", said) for key, said in WORDS.items()]),
        Group("What was answered in the case", [(f"{{case.{fact.key}}}", fact.label) for fact in page.facts]),
        Group("Last days", [(f"{{due.{rule.key}}}", f"the last day of: {rule.title}") for rule in deadlines]),
        Group("Titles of roles", [(f"{{{role.value}}}", title) for role, title in titles]),
        Group("Who holds a role in the case", holders),
        Group("Tables, each a paragraph of its own", [(f"{{{key}}}", said) for key, said in TABLES.items()]),
        Group("Only in a condition", [(key, said) for key, said in CONDITION_NAMES.items()]),
    ]


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
