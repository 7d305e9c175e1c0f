"""Everything that is worked out can be read, and names only what the policies hold."""

from collections.abc import Iterator

from workflows.engine.check.library import Library
from workflows.engine.check.problems import Problem
from workflows.engine.check.sheet import Rule, Sheet


def expressions_can_be_read(sheet: Sheet, _: Library) -> Iterator[Problem]:
    """Nothing unsafe, unknown or too large is written, and a script task has a script."""
    for drawn, sentence in sheet.formulas.refused:
        yield sheet.of(drawn, sentence)
    for node in sheet.drawing.nodes.values():
        if node.type == "scriptTask" and not node.script:
            yield sheet.of(node, "Nothing is worked out here. Write lines of the form name = expression.")


def expressions_name_what_the_policies_hold(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """Values and deadlines that an expression names are in every policy."""
    for formula in sheet.formulas.sound:
        for fault in library.expression_faults(formula.expression):
            yield sheet.of(formula.drawn, fault)


RULES: tuple[Rule, ...] = (expressions_can_be_read, expressions_name_what_the_policies_hold)
