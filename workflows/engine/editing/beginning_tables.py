"""A new decision table from nothing: what it looks at, what it answers, and one rule for everything."""

from typing import NamedTuple

from workflows.engine.editing.diagram import Edited
from workflows.engine.editing.source import Node, Source, make, put

EMPTY = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="{key}_definitions" namespace="https://accord.example/dmn/1.0">
  <decision id="{key}">
    <description></description>
    <decisionTable id="{key}_table" hitPolicy="{which}">
      <rule id="{key}_everything_else">
        <description>Everything else</description>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="{key}_diagram">
      <dmndi:DMNShape id="{key}_shape" dmnElementRef="{key}">
        <dc:Bounds height="80" width="180" x="160" y="80" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""  # noqa: E501 - one line is one element
TYPES = {
    **dict.fromkeys(("text", "long_text", "choice", "time"), "string"),
    "number": "number",
    "yes_no": "boolean",
    "date": "date",
}
"""What columns are declared as, by the type of the answer that they look at or give."""


class Column(NamedTuple):
    """A column: its key is that of a fact of the case, that an input reads or an output supplies. `type`: of TYPES."""

    key: str
    label: str
    type: str


class NewTable(NamedTuple):
    """A table to begin. `which` rules count where several fit: FIRST or COLLECT."""

    title: str
    about: str
    which: str
    asks: tuple[Column, ...]
    answers: tuple[Column, ...]


def begin(key: str, new: NewTable) -> Edited:
    """A table whose only rule holds always and answers nothing yet. `key`: a name as diagram.slug makes them. Raises
    ValueError for a character that XML does not take."""
    source = Source(EMPTY.format(key=key, which=new.which))
    root = source.root
    root.set("name", new.title)
    decision = next(root.iter("{*}decision"))
    decision.set("name", new.title)
    next(decision.iter("{*}description")).text = new.about
    table, rule = next(decision.iter("{*}decisionTable")), next(decision.iter("{*}rule"))
    space = str(table.tag).removesuffix("decisionTable")
    for place, column in enumerate(new.asks):
        drawn = make(table, f"{space}input", id=f"{key}_asks_{column.key}", label=column.label)
        put(table, drawn, place)
        looks = make(drawn, f"{space}inputExpression", id=f"{key}_reads_{column.key}", typeRef=TYPES[column.type])
        put(drawn, looks, 0)
        _say(looks, f"{space}text", f"case.{column.key}")
    for place, column in enumerate(new.answers, start=len(new.asks)):
        about_it = {"label": column.label, "name": column.key, "typeRef": TYPES[column.type]}
        put(table, make(table, f"{space}output", id=f"{key}_answers_{column.key}", **about_it), place)
    for kind, columns, text in (("inputEntry", new.asks, "-"), ("outputEntry", new.answers, "")):
        for column in columns:
            cell = make(rule, f"{space}{kind}", id=f"{key}_{kind}_{column.key}")
            put(rule, cell, len(rule))
            _say(cell, f"{space}text", text)
    return Edited(source.text(), f"Began the decision table “{new.title[:100]}”.", key)


def _say(parent: Node, tag: str, text: str) -> None:
    said = make(parent, tag)
    said.text = text
    put(parent, said, 0)
