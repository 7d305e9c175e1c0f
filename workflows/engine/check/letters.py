"""Letters: whatever a letter names is there, and whatever a drawing sends is one of the letters."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from workflows.domain.letters import CONDITION_NAMES, ENDING, TABLES, WORDS, Letter, read_letter
from workflows.domain.roles import ROLE_WORDS, Role
from workflows.domain.signs import plays_tricks
from workflows.domain.wording import code
from workflows.engine.check import facts
from workflows.engine.check.library import Library
from workflows.engine.check.problems import Problem, guess
from workflows.engine.check.sheet import Rule, Sheet
from workflows.engine.expressions import Refused, read

STANDS_FOR: Mapping[str, str] = {**WORDS, **TABLES, **ROLE_WORDS}
"""What may stand in braces by its key alone."""


def letters_exist(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """Every letter that a step or an action sends is in the set."""
    for node in sheet.drawing.nodes.values():
        if node.letter and node.letter not in library.letters:
            yield sheet.of(
                node, f"There is no letter {code(node.letter)}.{guess(node.letter, library.letters, library.letters)}"
            )


def letter_problems(path: str, text: str, library: Library) -> Iterator[Problem]:
    """What is wrong with a letter: how it is written, and what it names."""
    letter, key = read_letter(text), PurePosixPath(path).name.removesuffix(ENDING)
    for fault in letter.faults:
        yield Problem(path, fault.line, key, fault.sentence)
    for line, words in enumerate(text.split("\n") if plays_tricks(text) else (), start=1):
        if plays_tricks(words):
            yield Problem(path, line, key, "There is an invisible control character here. Type it anew.")
    known = known_to(key, library)
    for line, name in letter.places:
        if name not in TABLES and (words := _place_fault(name, known, library)):
            yield Problem(path, line, key, words)
    for line, words in _condition_faults(letter, known, library):
        yield Problem(path, line, key, words)


def known_to(key: str, library: Library) -> facts.Known:
    """By drawing that sends the letter: the facts that its case may have. There are none for a letter that none sends,
    and nothing of it to be known."""
    return {
        process: facts.of_family(process, library)
        for process, drawing in library.drawings.items()
        if any(node.letter == key for node in drawing.nodes.values())
    }


def _place_fault(name: str, known: facts.Known, library: Library) -> str:
    kind, _, rest = name.partition(".")
    if kind == "case":
        return _fact_fault(rest, known, library)
    if kind == "policy" and rest:
        return library.policy_fault(rest)
    if kind == "due" and rest:
        return library.deadline_fault(rest)
    if kind == "name" and rest:
        return "" if rest in set(Role) else f"{code(rest)} is no role.{guess(rest, set(Role), ROLE_WORDS)}"
    if name in WORDS or name in set(Role):
        return ""
    return f"{code(f'{{{name}}}')} stands for nothing.{guess(name, STANDS_FOR, STANDS_FOR)}"


def _fact_fault(key: str, known: facts.Known, library: Library) -> str:
    for process, keys in sorted(known.items()):
        if key not in keys:
            reads = f"“{library.title(process)}” sends this letter, which reads {code(f'case.{key}')}"
            return f"{reads}, but nothing there supplies it.{library.meant(key, keys)}"
    return ""


def _condition_faults(letter: Letter, known: facts.Known, library: Library) -> Iterator[tuple[int, str]]:
    for block in letter.blocks:
        if not block.when:
            continue
        line = block.line - 1
        try:
            condition = read(block.when)
        except Refused as fault:
            yield line, fault.sentence
            continue
        for key in sorted(condition.facts | condition.all_facts):
            if words := _fact_fault(key, known, library):
                yield line, words
        yield from ((line, fault) for fault in library.expression_faults(condition))
        for name in sorted(condition.names - CONDITION_NAMES.keys()):
            meant = guess(name, CONDITION_NAMES, CONDITION_NAMES)
            yield line, f"{code(name)} means nothing in the condition of a letter.{meant}"
        if condition.ordered_facts:
            yield line, "A letter's condition may ask what something is, not whether it is more or less."


RULES: tuple[Rule, ...] = (letters_exist,)
