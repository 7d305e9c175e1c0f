"""Attacks by decision tables."""

from collections.abc import Mapping

from tests.engine.check.sound import TABLE, TABLE_FILE, edited
from tests.hostile.attack import Attack
from tests.hostile.diagrams import DOCTYPE, LAUGHS, many

NO_CELL = "is no value, list, comparison or range"
TOO_LONG = "at most 500 characters"
ROW = (
    '<rule id="r#"><inputEntry id="i#"><text>&gt; #</text></inputEntry>'
    '<outputEntry id="o#"><text>"x"</text></outputEntry></rule>'
)


def cell(text: str, says: str = NO_CELL) -> Attack:
    """The sound table with another test in its first row."""
    return Attack(TABLE_FILE, edited(TABLE, ("&gt;= 10", text)), says)


def answer(text: str, says: str = NO_CELL) -> Attack:
    """The sound table with another answer in its first row."""
    return Attack(TABLE_FILE, edited(TABLE, ('"large"', text)), says)


def column(text: str, says: str) -> Attack:
    """The sound table that looks at something else."""
    return Attack(TABLE_FILE, edited(TABLE, ("len(case.members)", text)), says)


def table(*edits: tuple[str, str], says: str = "") -> Attack:
    """The sound table after some edits."""
    return Attack(TABLE_FILE, edited(TABLE, *edits), says)


TABLES: Mapping[str, Attack] = {
    "billion laughs": Attack(TABLE_FILE, f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><d>&l9;</d>', DOCTYPE),
    "a cell that calls": cell("__import__('os').system('id')"),
    "a cell that builds": cell('[x for x in "abc"]'),
    "an answer that calls": answer("open('/etc/passwd').read()"),
    "an answer that reads a fact": answer("case.days"),
    "an answer with a text in a text": answer('"a" "b"'),
    "an answer that opens a text": answer('"a'),
    "an answer that hides a sign": answer('"\\u0022"'),
    "an answer with script": answer('"&lt;script&gt;alert(1)&lt;/script&gt;"', ""),
    "a formula of FEEL": cell("for i in 1..1000000000 return i"),
    "a function of FEEL": cell('function(x) external {java: {class: "java.lang.Runtime"}}'),
    "a test of FEEL": cell("? &gt; 5 and ? &lt; 10"),
    "a not of FEEL": cell('not("a")'),
    "a range of a thousand million": cell("[1..999999999999999]", ""),
    "a range beyond all numbers": cell("[1..9999999999999999999999]"),
    "a range of the infinite": cell("[1..1e999]"),
    "a range of nothing": cell("[..]"),
    "a range the wrong way round": cell("[9..1]", "nothing lies in"),
    "a range of yes": cell("[true..false]", "have an order"),
    "a number of 400 digits": cell("9" * 400),
    "a cell of 100 KB": cell('"' + "x" * 100_000 + '"', TOO_LONG),
    "a list that almost ends": cell('"a",' * 120 + "!"),
    "signs that almost end": cell(" " * 200 + "," * 200 + "!"),
    "a column that calls": column("open('/etc/passwd')", "cannot be used"),
    "a column that burns": column("9**9**9", "A power"),
    "a column of 100 KB": column("1+" * 50_000 + "1", "longer than 2000"),
    "5,000 rows": table(('<rule id="row_1"', many(ROW, 2_400) + '<rule id="row_1"')),
    "1,000 columns without cells": table(
        ('<output id="out"', many('<input id="n#"><inputExpression><text>1</text></inputExpression></input>', 1_000)
         + '<output id="out"'),
        says="does not have a cell for each column",
    ),
    "1,000 tables": table(
        ('<decision id="size_of_team"', many('<decision id="d#"/>', 1_000) + '<decision id="size_of_team"'),
        says="holds no table",
    ),
    "a formula in place of a table": table(
        ('<decisionTable id="rows" hitPolicy="FIRST">',
         '<literalExpression><text>1</text></literalExpression><decisionTable id="rows" hitPolicy="FIRST">'),
    ),
    "an import of another file": table(
        ('<decision id="size_of_team"',
         '<import namespace="x" locationURI="file:///etc/passwd" importType="x"/><decision id="size_of_team"'),
    ),
    "an order that there is not": table(('"FIRST"', '"RULE ORDER"'), says="hit policy"),
    "an answer's name that is code": table(('name="size"', 'name="__class__"'), says=""),
    "a cell of 50 ranges": cell(",".join(f"[{n}..{n + 1}]" for n in range(50))),
    "a cell of signs that turn": cell('"a\u202eb"', ""),
    "400 cells that are wrong": table(
        ('<rule id="row_1"', many(ROW.replace("&gt; #", "eval(#)"), 400) + '<rule id="row_1"'), says=NO_CELL
    ),
    "tables in tables": table(
        ('<decision id="size_of_team"', "<a>" * 200 + "</a>" * 200 + '<decision id="size_of_team"')
    ),
}  # fmt: skip
