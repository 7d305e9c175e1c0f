"""Letters that a case sends: the words of its release filled with what it knows, set as PDF, and kept as they are."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.domain.calendars import in_words
from workflows.domain.errors import Unsound
from workflows.domain.letters import ENDING, FOLDER, Letter, fill, read_letter
from workflows.engine.drawings import Node
from workflows.engine.letter_words import Words
from workflows.engine.moves import Move
from workflows.engine.notices import tell
from workflows.store import letters as letter_rows
from workflows.store.models import Letter as LetterRow
from workflows.typesetting import letter as typeset


class NoLetter(Unsound):
    """There is no letter “{key}” in the release of this case."""


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets a letter, in which role, and whether only as a copy."""

    person_id: int
    role: str
    is_copy: bool = False


def of_release(files: Mapping[str, str], key: str) -> Letter:
    """A letter of a release. Raises NoLetter."""
    text = files.get(f"{FOLDER}{key}{ENDING}")
    if text is None:
        raise NoLetter(key=key)
    return read_letter(text)


def recipients(move: Move, letter: Letter) -> list[Recipient]:
    """Everybody who gets it, each once: of a vacant role whoever stands in for it."""
    found: dict[int, Recipient] = {}
    for roles, is_copy in ((letter.to, False), (letter.copies, True)):
        for role in roles:
            for person in move.bench.told([role]):
                found.setdefault(person, Recipient(person, role, is_copy))
    return list(found.values())


def papers(move: Move, letter: Letter, *, draft: bool) -> Iterator[tuple[Recipient, bytes]]:
    """The letter for each who gets it, as PDF. Whoever it has nothing to say to does not get one."""
    everybody = recipients(move, letter)
    main = [one for one in everybody if not one.is_copy]
    for one in everybody:
        data = paper(move, letter, one, main if one.is_copy else [one], draft=draft)
        if data["blocks"]:
            yield one, typeset(data, now=move.now)


def paper(move: Move, letter: Letter, one: Recipient, to: list[Recipient], *, draft: bool) -> dict[str, Any]:
    """What is set: texts alone, see typesetting.letter."""
    names = move.names_of([each.person_id for each in (one, *to)])
    words = Words(move, one.role, " and ".join(names[each.person_id] for each in to))
    return {
        "title": letter.title,
        "trust": move.loaded.policy.name,
        "reference": move.case.reference,
        "date": in_words(move.today),
        "to": [{"name": names[each.person_id], "role": words.title(each.role)} for each in to],
        "copy_for": f"{names[one.person_id]}, {words.title(one.role)}" if one.is_copy else "",
        "sender": words.sender,
        "blocks": fill(letter, word=words.word, table=words.table, holds=words.holds),
        "draft": draft,
    }


def drafts(move: Move, node: Node) -> list[bytes]:
    """What a step would send if it were completed like this, each marked as a preview."""
    letter = of_release(move.loaded.files, node.letter)
    return [content for _, content in papers(move, letter, draft=True)]


def send(move: Move, node: Node, *, stage: str) -> None:
    """Send the letter that an element names: kept with its hash, told to whoever gets it, a line of the history."""
    letter = of_release(move.loaded.files, node.letter)
    for one, content in papers(move, letter, draft=False):
        row = letter_rows.add(
            move.session,
            letter=LetterRow(
                trust_id=move.case.trust_id,
                case_id=move.case.id,
                stage=stage,
                key=node.letter,
                step_id=move.step.id if move.step else None,
                to_person_id=one.person_id,
                role=one.role,
                is_copy=one.is_copy,
                title=letter.title,
                content=content,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                sent_at=move.now,
                by_id=move.by.person_id,
                on_behalf_of_id=move.by.on_behalf_of_id,
            ),
        )
        move.record(
            "letter_sent",
            clause=node.clause,
            letter=row.id,
            key=node.letter,
            name=letter.title,
            to=one.person_id,
            sha256=row.sha256,
        )
        tell(
            move,
            [one.person_id],
            key=f"letter:{row.id}",
            kind="letter",
            subject=f"{move.case.title}: {letter.title}",
            words="A letter for you is in the case. You can read it on the case’s page, under Letters.",
        )


def send_by_itself(move: Move, node: Node) -> None:
    """The action `send_letter`: the case itself sends what the element names."""
    diagrams = move.loaded.diagrams
    stages = diagrams.stages(move.case.process)
    send(move, node, stage=next(one for one in stages if diagrams.drawing(one).nodes.get(node.id) is node))
