"""Letters: the words that a process owner edits, read, checked and filled in. How they look is not theirs to say.

    title: The decision after mediation
    to: practitioner clinical_manager
    copy: amd

    Dear {to},

    [case.mediation_result == "not_agreed"]
    You did not agree. You can appeal until {due.lodge_appeal}.

    # What was decided
    {outcomes}

Above the first empty line stands what the letter is called and which roles get it; after it come paragraphs with empty
lines between them. One that begins with # is a heading, one whose lines begin with - a list, and one that is nothing
but the name of a table, in braces, that table. A line in square brackets says when the paragraph under it is said.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from workflows.domain.roles import Role
from workflows.domain.wording import code

FOLDER, ENDING = "letters/", ".md"
LONGEST = 20_000
"""Characters of a letter as it is edited."""
NOT_RECORDED = "(not recorded)"

PLACE = re.compile(r"\{([^{}]*)\}")
HEADER = re.compile(r"([a-z]+):\s*(.*)")

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "to": "the name of whom the letter is addressed to",
        "sender": "the name of who sends it",
        "trust": "the name of the trust",
        "reference": "the reference of the case",
        "today": "the day on which the letter goes out",
        "year": "the planning year",
        "team": "the team",
        "doctor": "the name of the doctor whom the case is about",
        "contract": "the kind of the doctor's own contract, as payroll holds it",
        "effective_from": "from when pay changes",
        "effective_because": "why from then",
    }
)
"""What a place in a letter may name by itself. Besides: the key of a role for its title, and `name.` before it for who
holds it in this case; `case.` before a fact, `policy.` before a value, `due.` before a deadline."""

TABLES: Mapping[str, str] = MappingProxyType(
    {
        "outcomes": "each disputed part of the plan, with what stands and why",
        "disputed": "each disputed part of the plan, with what both sides want",
        "agenda": "the order of speaking at the hearing, as the policy has it",
        "panel": "the members of the appeal panel",
        "contract_pas": "what the doctor is contracted for: standard activities and written agreements, by clause",
        "criteria": "the seven criteria of pay progression as they were reported, with what shows them",
        "failed_criteria": "the criteria of pay progression that were found unmet, with the evidence",
        "standards": "how the doctor stands with job planning",
        "open_disputes": "the disputes that are open, with their stage and their next date",
    }
)
"""What a paragraph of its own may be."""

CONDITION_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "to": "the key of the role of whoever gets the letter",
        "pay_changes": "whether what has been decided changes pay",
    }
)
"""What a condition may name besides facts and values of the policy."""

Kind = Literal["heading", "paragraph", "list", "table"]


@dataclass(frozen=True)
class Fault:
    """Something wrong in a letter: the line on which it stands (from 1), and a sentence."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Block:
    """A paragraph of a letter: its texts as edited (of a list one each), and when it is said ("": always)."""

    kind: Kind
    texts: tuple[str, ...]
    line: int
    when: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter as its owner wrote it. `to` and `copies` are keys of roles."""

    title: str
    to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    faults: tuple[Fault, ...] = field(default=(), compare=False)

    @property
    def places(self) -> Iterator[tuple[int, str]]:
        """What stands in braces, with the line of its paragraph; tables apart."""
        for block in self.blocks:
            if block.kind != "table":
                yield from ((block.line, name.strip()) for text in block.texts for name in PLACE.findall(text))


Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What fills the place of a table. Without rows it is left out."""

    head: Row
    rows: tuple[Row, ...] = ()


@lru_cache(maxsize=256)
def read_letter(text: str) -> Letter:
    """The letter in a text. What cannot be read is among its faults."""
    if len(text) > LONGEST:
        return Letter("", faults=(Fault(0, f"The letter is longer than {LONGEST:,} characters."),))
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    top = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    said, faults = _header(lines[:top])
    blocks = tuple(_blocks(lines, top))
    to, copies = (tuple(said.get(key, "").replace(",", " ").split()) for key in ("to", "copy"))
    found = [*faults, *_lacking(said, blocks), *_strange_roles((*to, *copies), lines), *_braces(lines)]
    found += [Fault(block.line, fault) for block in blocks for fault in _block_faults(block)]
    return Letter(said.get("title", ""), to, copies, blocks, tuple(sorted(found, key=lambda one: one.line)))


def _header(lines: list[str]) -> tuple[dict[str, str], list[Fault]]:
    said: dict[str, str] = {}
    faults = []
    for number, line in enumerate(lines, start=1):
        found = HEADER.fullmatch(line.strip())
        if found is None or found[1] not in ("title", "to", "copy"):
            faults.append(Fault(number, "Above the first empty line stand only “title: …”, “to: …” and “copy: …”."))
        elif found[1] in said:
            faults.append(Fault(number, f"“{found[1]}” is said twice."))
        else:
            said[found[1]] = found[2].strip()
    return said, faults


def _lacking(said: Mapping[str, str], blocks: tuple[Block, ...]) -> Iterator[Fault]:
    if PLACE.search(said.get("title", "")):
        yield Fault(1, "The title is the same in every case: it has no places to fill.")
    for key, words in (("title", "what it is called"), ("to", "which roles get it")):
        if not said.get(key):
            yield Fault(1, f"The letter does not say {words}. Write “{key}: …” at its top.")
    if not blocks:
        yield Fault(0, "The letter says nothing.")


def _strange_roles(roles: tuple[str, ...], lines: list[str]) -> Iterator[Fault]:
    for role in roles:
        if role not in set(Role):
            line = next((number for number, line in enumerate(lines, start=1) if role in line), 1)
            yield Fault(line, f"{code(role)} is no role that can get a letter.")


def _braces(lines: list[str]) -> Iterator[Fault]:
    for number, line in enumerate(lines, start=1):
        if "{" in PLACE.sub("", line) or "}" in PLACE.sub("", line):
            yield Fault(number, "A brace is opened and not closed in this line, or closed and not opened.")


def _blocks(lines: list[str], top: int) -> Iterator[Block]:
    here: list[str] = []
    for number, line in enumerate([*lines[top:], ""], start=top + 1):
        if line.strip():
            here.append(line.strip())
        elif here:
            yield _block(here, number - len(here))
            here = []


def _block(lines: list[str], first: int) -> Block:
    when = ""
    if lines[0].startswith("[") and lines[0].endswith("]"):
        when, lines, first = lines[0][1:-1].strip(), lines[1:], first + 1
    text = " ".join(lines)
    if text.startswith("#"):
        return Block("heading", (text.lstrip("# "),), first, when)
    if lines and all(line.startswith("- ") for line in lines):
        return Block("list", tuple(line[2:].strip() for line in lines), first, when)
    if (found := PLACE.fullmatch(text)) and found[1].strip() in TABLES:
        return Block("table", (found[1].strip(),), first, when)
    return Block("paragraph", (text,), first, when)


def _block_faults(block: Block) -> Iterator[str]:
    if not "".join(block.texts).strip():
        yield "There is nothing under this condition." if block.when else "This says nothing."
    for text in block.texts:
        for name in PLACE.findall(text) if block.kind != "table" else ():
            if name.strip() in TABLES:
                yield f"{code(f'{{{name}}}')} is a table: it needs a paragraph of its own."


Filled = dict[str, Any]
"""A paragraph to be set: {"kind": "heading" | "paragraph", "text"}, {"kind": "said", "label", "text"} for an answer
with its question, {"kind": "list", "items"}, or {"kind": "table", "head", "rows", "widths"} with the columns' shares of
the line. The rest is text."""


def fill(
    letter: Letter, *, word: Callable[[str], str], table: Callable[[str], Table], holds: Callable[[str], bool]
) -> list[Filled]:
    """The paragraphs that are said, with their places filled. What fills a place is not looked at for places again.

    word: what stands for a name in braces; table: the rows of a table; holds: whether a condition does.
    """
    return [
        filled for block in letter.blocks if not block.when or holds(block.when) for filled in _fill(block, word, table)
    ]


def filled_in(text: str, word: Callable[[str], str]) -> str:
    """A text with its places filled."""
    return PLACE.sub(lambda found: word(found[1].strip()), text)


def _fill(block: Block, word: Callable[[str], str], table: Callable[[str], Table]) -> Iterator[Filled]:
    if block.kind == "table":
        yield from table_of(table(block.texts[0]))
    elif block.kind == "list":
        yield {"kind": "list", "items": [filled_in(text, word) for text in block.texts]}
    else:
        yield {"kind": block.kind, "text": filled_in(block.texts[0], word)}


def table_of(table: Table) -> Iterator[Filled]:
    """A table to be set, unless it has no rows."""
    if table.rows:
        rows = [list(row) for row in table.rows]
        yield {"kind": "table", "head": list(table.head), "rows": rows, "widths": widths(table)}


def widths(table: Table) -> list[int]:
    """The shares of a table's columns: what has more to say gets more room, up to four times as much."""
    longest = (max(len(cell) for cell in column) for column in zip(table.head, *table.rows, strict=True))
    return [min(max(length // 12, 1), 4) for length in longest]
