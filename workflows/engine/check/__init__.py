"""The checker: whatever would fail, stand still or be silently ignored later is refused before a drawing is published.

    check(files) -> [Problem(file, line, element, sentence), ...]
    remarks(files) -> the same of what is odd, and no fault

Each rule is a sentence's worth of code in the module of its family; a rule sees one sheet and the whole library.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from workflows.domain.letters import ENDING
from workflows.engine.check import elements, expressions, facts, kinds, letters, lists, naming, paths, steps, work
from workflows.engine.check.library import Files, Library, library, text_of
from workflows.engine.check.options import answers_are_offered
from workflows.engine.check.policies import policy_problems, policy_remarks
from workflows.engine.check.problems import Problem
from workflows.engine.check.sheet import B, Rule, Sheet
from workflows.engine.check.tables import table_problems, tables_of
from workflows.engine.drawings import NoProcess, read_tree
from workflows.engine.xml import NotAcceptable, as_text, parse

__all__ = ["Files", "Problem", "check", "remarks"]

MOST_AT_ONCE = 100
"""Faults that one rule tells of one file: each may take a search for the word that was meant."""
AND_MORE = "There are more faults of this kind than are told here. Mend these first."

RULES: tuple[Rule, ...] = (
    *elements.RULES,
    *naming.RULES,
    *paths.RULES,
    *steps.RULES,
    *work.RULES,
    *expressions.RULES,
    *facts.RULES,
    *kinds.RULES,
    *lists.RULES,
    *letters.RULES,
)


def check(files: Files, only: Collection[str] | None = None) -> list[Problem]:
    """Check a whole set of diagrams, decision tables, policies and letters: texts by path, told apart by their endings.

    With `only`, the problems of these paths alone are handed back, judged within the whole set. Sorted by file and
    line; the same files always give the same list.
    """
    wanted = sorted(files.keys() & (files.keys() if only is None else set(only)))
    sheets, problems = _opened(files, [path for path in wanted if path.endswith(".bpmn")])
    books = library(files, {sheet.path: sheet.drawing for sheet in sheets})
    for sheet in sheets:
        problems += _judged(sheet, books)
    for path in wanted:
        if path.endswith(".dmn"):
            problems += _judged_tables(files[path], path, books)
        elif path.endswith(ENDING):
            found = letters.letter_problems(path, text_of(files[path]), books)
            problems += _first(found, Problem(path, 0, "", AND_MORE))
    problems += policy_problems(files, wanted, books)
    return sorted(set(problems))


def remarks(files: Files, only: Collection[str] | None = None) -> list[Problem]:
    """What nothing is refused for, and somebody should be sure of before it is published; sorted as faults are."""
    wanted = files.keys() if only is None else files.keys() & set(only)
    return sorted(set(policy_remarks(files, wanted, library(files, {}))))


def _opened(files: Files, wanted: Iterable[str]) -> tuple[list[Sheet], list[Problem]]:
    """The diagrams that can be read at all, and what is wrong with the others."""
    sheets, problems = [], []
    for path in wanted:
        try:
            sheets.append(_sheet(path, files[path]))
        except NotAcceptable as fault:
            problems.append(Problem(path, fault.line, "", fault.sentence))
    return sheets, problems


@lru_cache(maxsize=64)
def _sheet(path: str, text: str | bytes) -> Sheet:
    """A diagram as it is read, once for as long as its text stays: of a draft mostly one has changed."""
    root = parse(text)
    if root.tag != f"{B}definitions":
        raise NoProcess(fault="This file is not a BPMN drawing.", line=root.sourceline)
    drawing = read_tree(root, path)
    process = next(each for each in root.iterfind(f"{B}process") if each.sourceline == drawing.line)
    return Sheet(path, as_text(text), root, process, drawing)


def _judged(sheet: Sheet, books: Library) -> Iterator[Problem]:
    """What the rules say; of the standard's own faults only those in lines that no rule has spoken of more plainly."""
    if problem := elements.too_large(sheet):
        yield problem
        return
    more = sheet.whole(AND_MORE)
    own = [problem for rule in RULES for problem in _first(rule(sheet, books), more)]
    own += _drawn_once(sheet, books)
    spoken_of = {problem.line for problem in own}
    yield from own
    yield from (problem for problem in elements.follows_the_standard(sheet, books) if problem.line not in spoken_of)


def _first(found: Iterator[Problem], more: Problem) -> Iterator[Problem]:
    """The first of the faults, and that there are more; those are not even looked for."""
    yield from islice(found, MOST_AT_ONCE)
    if next(found, None):
        yield more


def _judged_tables(text: str | bytes, path: str, books: Library) -> Iterator[Problem]:
    tables, problems = tables_of(text, path)
    rules = (table_problems, answers_are_offered)
    found = (problem for asked in tables for rule in rules for problem in rule(asked, books))
    yield from problems
    yield from _first(found, Problem(path, 0, "", AND_MORE))


def _drawn_once(sheet: Sheet, books: Library) -> Iterator[Problem]:
    others = [path for path in books.paths.get(sheet.drawing.process, ()) if path != sheet.path]
    if others:
        yield sheet.whole(f"The process “{sheet.drawing.process}” is drawn in another file too: {others[0]}.")
