"""Letters that a case sends: the words of its release filled with what it knows, set as PDF, and kept as they are."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflows import typesetting
from workflows.domain.calendars import in_words
from workflows.domain.letters import Letter, fill
from workflows.engine.drawings import Node
from workflows.engine.letter_words import Words, joined, sender
from workflows.engine.moves import Move
from workflows.engine.notices import tell
from workflows.store import letters as letter_rows
from workflows.store.models import Letter as LetterRow


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets a letter, in which role, and whether only as a copy."""

    person_id: int
    role: str
    is_copy: bool = False


def recipients(move: Move, letter: Letter) -> list[Recipient]:
    """Everybody who gets it, each once: of a vacant role whoever stands in for it."""
    found: dict[int, Recipient] = {}
    for roles, is_copy in ((letter.to, False), (letter.copies, True)):
        for role in roles:
            for person in move.bench.told([role]):
                found.setdefault(person, Recipient(person, role, is_copy))
    return list(found.values())


def written(move: Move, letter: Letter) -> Iterator[tuple[Recipient, dict[str, Any]]]:
    """The letter to each who gets it, as texts. Whoever it has nothing to say to does not get one."""
    everybody = recipients(move, letter)
    main = [one for one in everybody if not one.is_copy]
    names = move.names_of([one.person_id for one in everybody])
    title = move.loaded.policy.title
    for one in everybody:
        to = main if one.is_copy else [one]
        words = Words(move, one.role, joined(names[each.person_id] for each in to))
        if blocks := fill(letter, word=words.word, table=words.table, holds=words.holds):
            yield (
                one,
                {
                    "to": [{"name": names[each.person_id], "role": title(each.role)} for each in to],
                    "copy_for": f"{names[one.person_id]}, {title(one.role)}" if one.is_copy else "",
                    "blocks": blocks,
                },
            )


def typeset(move: Move, letter: Letter, texts: Sequence[Mapping[str, Any]], *, draft: bool) -> bytes:
    """Letters of one move as one PDF."""
    data = {
        "title": letter.title,
        "trust": move.loaded.policy.name,
        "reference": move.case.reference,
        "date": in_words(move.today),
        "sender": sender(move),
        "draft": draft,
        "letters": list(texts),
    }
    return typesetting.letter(data, now=move.now)


def preview(move: Move, node: Node) -> bytes:
    """What a step would send if it were completed like this: the letters to everybody, each marked as a preview."""
    letter = move.loaded.letter(node.letter)
    return typeset(move, letter, [texts for _, texts in written(move, letter)], draft=True)


def send(move: Move, key: str, *, stage: str, clause: str = "") -> None:
    """Send a letter: kept with its hash, told to whoever gets it, a line of the history. `stage` is the diagram in
    which the case is. Raises NoLetter."""
    letter = move.loaded.letter(key)
    for one, texts in written(move, letter):
        row = _row(move, one, texts, letter)
        row.key, row.stage = key, stage
        letter_rows.add(move.session, letter=row)
        move.record(
            "letter_sent", clause=clause, letter=row.id, key=key, name=row.title, to=one.person_id, sha256=row.sha256
        )
        tell(
            move,
            [one.person_id],
            key=f"letter:{row.id}",
            kind="letter",
            subject=f"{move.case.title}: {row.title}",
            words="A letter for you is in the case. You can read it on the case’s page, under Letters.",
        )


def _row(move: Move, one: Recipient, texts: Mapping[str, Any], letter: Letter) -> LetterRow:
    content = typeset(move, letter, [texts], draft=False)
    return LetterRow(
        trust_id=move.case.trust_id,
        case_id=move.case.id,
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
    )


def stage_of(move: Move, node: Node) -> str:
    """The diagram of the case in which an element is drawn."""
    diagrams = move.loaded.diagrams
    stages = diagrams.stages(move.case.process)
    return next(one for one in stages if diagrams.drawing(one).nodes.get(node.id) is node)


def only_its_letter(_move: Move, _node: Node) -> None:
    """The action `send_letter`: whatever an element does, its letter goes out behind it."""
