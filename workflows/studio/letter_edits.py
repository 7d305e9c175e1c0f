"""The letters of a draft: their words, what their places may name, and how they would look, on examples alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from workflows import typesetting
from workflows.domain.calendars import civil_day, in_full, in_words
from workflows.domain.errors import Broken, NotAllowed, NotFound
from workflows.domain.letters import ENDING, FOLDER, LONGEST, TABLES, WORDS, Filled, Letter, Table, fill, read_letter
from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.domain.studio import CLOSED, Permission
from workflows.engine import releases
from workflows.engine.check.library import library
from workflows.engine.expressions import read as read_expression
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import releases as release_rows
from workflows.studio import drafts, pages
from workflows.studio.drafts import DraftFile
from workflows.studio.offering import FactOffered, offer
from workflows.studio.pages import Problem
from workflows.studio.problems import beside_clauses
from workflows.studio.rights import Acting, check_may, check_reads

__all__ = ["LetterPage", "Problem", "add", "judged", "letter_page", "look", "preview", "remove", "save"]

KEY = re.compile(r"[a-z][a-z0-9_]{0,79}")
TAKEN = frozenset({"new"})
"""What addresses of the studio's pages end with."""
EXAMPLE_ROWS = 2


class NoSuchLetter(NotFound):
    """There is no letter {key} in this draft."""


class NotAKey(NotAllowed):
    """Call the file of a letter by small letters, digits and low lines, such as late_appeal_answer."""


class LetterThere(NotAllowed):
    """There is a letter of that name already."""


class NothingToSet(NotAllowed):
    """There is nothing to look at yet: the letter needs a title, whom it goes to, and a paragraph."""


@dataclass(frozen=True)
class LetterPage:
    """A letter of a draft. `sent_by` are the steps that send it, as (process, step); `facts` what their cases know."""

    draft_id: int
    draft_name: str
    key: str
    file: DraftFile
    letter: Letter
    problems: tuple[Problem, ...]
    policy: Policy
    facts: tuple[FactOffered, ...]
    sent_by: tuple[tuple[str, str], ...]
    may_edit: bool


def letter_page(session: Session, *, viewer: Viewer, draft_id: int, key: str) -> LetterPage:
    """A letter with all that its places may name. Raises NotYourStudio, NoSuchDraft, NoSuchLetter."""
    may = check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    files = drafts.files(session, draft_id=draft.id)
    path = path_of(key)
    if path not in files:
        raise NoSuchLetter(key=key[:80])
    base = release_rows.by_id(session, release_id=draft.base_release_id)
    books = library(files, {})
    trust = base.policy if base else ""
    own = next((one for one in books.policies if one.key == trust), None)  # none while it cannot be read
    senders = [
        (process, node.id, drawing.name, node.name)
        for process, drawing in books.drawings.items()
        for node in drawing.nodes.values()
        if node.letter == key
    ]
    facts = {
        fact.key: fact
        for process in sorted({process for process, *_ in senders})
        for fact in offer(files, process=process, policy=trust).facts
    }
    return LetterPage(
        draft_id=draft.id,
        draft_name=draft.name,
        key=key,
        file=drafts.file(session, viewer=viewer, draft_id=draft.id, path=path),
        letter=read_letter(files[path]),
        problems=tuple(pages.problems(files, [path])),
        policy=own or releases.of(session, release_id=draft.base_release_id).policy,
        facts=tuple(sorted(facts.values(), key=lambda fact: fact.label.casefold())),
        sent_by=tuple((process, step) for _, _, process, step in senders),
        may_edit=Permission.EDIT in may and draft.status not in CLOSED,
    )


def path_of(key: str) -> str:
    """Where a letter lies in a set."""
    return f"{FOLDER}{key}{ENDING}"


def judged(session: Session, *, viewer: Viewer, draft_id: int, key: str, text: str) -> list[Problem]:
    """What the checker says of a letter as it is being written; nothing is kept. Raises NotYourStudio, NoSuchDraft."""
    check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    path = path_of(key)
    return beside_clauses({**drafts.files(session, draft_id=draft.id), path: text[: LONGEST + 1]}, [path])


def save(session: Session, *, by: Acting, draft_id: int, key: str, text: str, read: int, now: datetime) -> None:
    """Keep the words of a letter, sound or not. Raises what drafts.save_file raises."""
    title = read_letter(text).title or key
    said = f"Wrote the letter “{title[:100]}”."
    drafts.save_file(session, by=by, draft_id=draft_id, path=path_of(key), text=text, read=read, said=said, now=now)


def add(session: Session, *, by: Acting, draft_id: int, key: str, title: str, to: str, now: datetime) -> None:
    """Begin a new letter. Raises NotAKey, LetterThere, and what drafts.save_file raises."""
    check_may(session, by=by, permission=Permission.EDIT, now=now)
    drafts.find(session, by.trust_id, draft_id)
    if not KEY.fullmatch(key) or key in TAKEN:
        raise NotAKey
    if path_of(key) in drafts.files(session, draft_id=draft_id):
        raise LetterThere
    text = f"title: {title}\nto: {to}\n\nDear {{to}},\n\nWrite here what the letter says.\n\nYours sincerely,\n"
    said, read = f"Added the letter “{title[:100]}”.", drafts.version(session, draft_id=draft_id, path=path_of(key))
    drafts.save_file(session, by=by, draft_id=draft_id, path=path_of(key), text=text, read=read, said=said, now=now)


def remove(session: Session, *, by: Acting, draft_id: int, key: str, now: datetime) -> None:
    """Take a letter out. Raises NoSuchLetter, and what drafts.save_file raises."""
    check_may(session, by=by, permission=Permission.EDIT, now=now)
    drafts.find(session, by.trust_id, draft_id)
    if path_of(key) not in drafts.files(session, draft_id=draft_id):
        raise NoSuchLetter(key=key[:80])
    said, read = f"Took out the letter {key}.", drafts.version(session, draft_id=draft_id, path=path_of(key))
    drafts.save_file(session, by=by, draft_id=draft_id, path=path_of(key), text=None, read=read, said=said, now=now)


# -------------------------------------------------------------------------------------------------------------- looking


def preview(session: Session, *, viewer: Viewer, draft_id: int, key: str, text: str, now: datetime) -> bytes:
    """How a letter would look to each who gets it, as a PDF, on examples: nothing of a real case is in it.

    Raises NotYourStudio, NoSuchDraft, NoSuchLetter, NothingToSet.
    """
    page = letter_page(session, viewer=viewer, draft_id=draft_id, key=key)
    letter = read_letter(text)
    roles = [role for role in (*letter.to, *letter.copies) if role in set(Role)]
    if not letter.title or not roles or not letter.blocks:
        raise NothingToSet
    example = Example(page.policy, {fact.key: fact for fact in page.facts}, now)
    data = {
        "title": letter.title,
        "trust": page.policy.name,
        "reference": example.word("reference"),
        "date": example.word("today"),
        "sender": {"name": example.word("sender"), "role": ""},
        "draft": True,
        "letters": [_letter(example, letter, role) for role in roles],
    }
    return typesetting.letter(data, now=now)


class Look(NamedTuple):
    """How a letter reads to the first who gets it. `paragraphs` are pairs of the line on which one begins and what is
    said there (domain.letters.Filled); `also` are the titles of the others who get it."""

    title: str
    to: str
    also: tuple[str, ...]
    paragraphs: tuple[tuple[int, Filled], ...]


def look(page: LetterPage, text: str, now: datetime) -> Look:
    """How the words of a letter read on examples, whatever is wrong with them."""
    letter = read_letter(text)
    example = Example(page.policy, {fact.key: fact for fact in page.facts}, now)
    first, *others = [role for role in (*letter.to, *letter.copies) if role in set(Role)] or [""]
    paragraphs = (
        (block.line, filled)
        for block in letter.blocks
        for filled in fill(
            replace(letter, blocks=(block,)),
            word=lambda name: example.name(first) if name == "to" and first else example.word(name),
            table=example.table,
            holds=lambda when: example.holds(when, first),
        )
    )
    also = tuple(page.policy.title(role) for role in others)
    return Look(letter.title, page.policy.title(first) if first else "", also, tuple(paragraphs))


def _letter(example: "Example", letter: Letter, role: str) -> dict[str, Any]:
    to = [one for one in letter.to if one in set(Role)] if role not in letter.to else [role]
    return {
        "to": [{"name": example.name(one), "role": example.policy.title(one)} for one in to],
        "copy_for": "" if role in letter.to else f"{example.name(role)}, {example.policy.title(role)}",
        "blocks": fill(letter, word=example.word, table=example.table, holds=lambda when: example.holds(when, role)),
    }


@dataclass(frozen=True)
class Example:
    """What stands in the places of a letter while there is no case: plainly an example, and no name of anybody."""

    policy: Policy
    facts: Mapping[str, FactOffered]
    now: datetime

    def word(self, name: str) -> str:
        """What stands for a name in braces."""
        kind, _, rest = name.partition(".")
        later = civil_day(self.now) + timedelta(days=28)
        match kind:
            case "case":
                return self._fact(rest, in_full(later))
            case "policy":
                return self._value(rest)
            case "due":
                return in_full(later)
            case "name":
                return self.name(rest)
            case "today":
                return in_words(civil_day(self.now))
            case _:
                return self.policy.title(name) if name in set(Role) else f"[{WORDS.get(name, name)}]"

    def name(self, role: str) -> str:
        """ "[name of the Mediator]"."""
        return f"[name of the {self.policy.title(role)}]" if role in set(Role) else f"[{role}]"

    def _fact(self, key: str, day: str) -> str:
        fact = self.facts.get(key)
        if fact is None:
            return f"[{key.replace('_', ' ')}]"
        if fact.options:
            return fact.options[0][1]
        return {"date": day, "number": "2", "time": "10:00"}.get(fact.type, f"[{fact.label}]")

    def _value(self, path: str) -> str:
        value: Any = self.policy.values
        for key in path.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        return "[not said]" if value is None else str(value)

    def table(self, name: str) -> Table:
        """A table with rows that say what they would hold."""
        words = TABLES.get(name, name)
        head = (f"{words[:1].upper()}{words[1:]}",)
        return Table(head, tuple((f"[example {place}]",) for place in range(1, EXAMPLE_ROWS + 1)))

    def holds(self, condition: str, role: str) -> bool:
        """Whether a paragraph is shown: one for another reader is not; what depends on the case always is."""
        try:
            asked = read_expression(condition)
            if asked.names == {"to"} and not asked.facts and not asked.all_facts:
                return bool(asked.evaluate({}, self.policy.values, {"to": role}))
        except Broken:
            pass
        return True
