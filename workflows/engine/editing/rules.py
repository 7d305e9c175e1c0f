"""The rules of a decision table, read and written row by row; all else in the text stays as it stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from workflows.domain.errors import NotFound
from workflows.engine.cells import Column, answers, asks, faults
from workflows.engine.editing.source import Node, Source, is_element, make, put, take_out
from workflows.engine.xml import Element, NotAcceptable

INPUTS, OUTPUTS = "inputEntry", "outputEntry"
_NO_ID = re.compile(r"[^a-z0-9_]+")


class NoTable(NotFound):
    """There is no decision table {key} in this file."""


@dataclass(frozen=True)
class Row:
    """A rule: what it asks of each input, and what it answers, as it is written. `key` is its id, "" for a new one."""

    key: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table as rows. `inputs` and `outputs` are its columns: (label, what is looked at or the name of the answer)."""

    key: str
    name: str
    hit_policy: str
    inputs: tuple[tuple[str, str], ...]
    outputs: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    asks: tuple[Column, ...] = ()
    """What the cells of each input may hold, and of each answer."""
    answers: tuple[Column, ...] = ()

    def faults(self, number: int, row: Row) -> dict[tuple[str, int], str]:
        """What is wrong in a rule, by kind of the cell and the place of its column."""
        cells = ((INPUTS, self.asks, row.inputs), (OUTPUTS, self.answers, row.outputs))
        return {
            (kind, place): sentence
            for kind, columns, texts in cells
            for place, sentence in faults(number, columns, texts)
        }


def sheet(text: str, key: str) -> Sheet:
    """A table of a DMN text. Raises NotAcceptable for what cannot be read, NoTable."""
    decision, table = _table(Source(text), key)
    return Sheet(
        key=key,
        name=decision.get("name") or key,
        hit_policy=table.get("hitPolicy") or "UNIQUE",
        inputs=tuple((each.get("label") or _text(each), _text(each)) for each in _children(table, "input")),
        outputs=tuple(
            (each.get("label") or each.get("name") or "", each.get("name") or "") for each in _children(table, "output")
        ),
        rows=tuple(_row(rule) for rule in _children(table, "rule")),
        asks=tuple(asks(key, cast(Element, each)) for each in _children(table, "input")),
        answers=tuple(answers(key, cast(Element, each)) for each in _children(table, "output")),
    )


def written(text: str, key: str, rows: Sequence[Row]) -> str:
    """The text with these rules in this order. Rules that stay are known by their ids, and what else they hold stays.

    Raises NotAcceptable, NoTable.
    """
    source = Source(text)
    _, table = _table(source, key)
    there = {rule.get("id") or "": rule for rule in _children(table, "rule")}
    ids = {each.get("id") for each in source.root.iter()}
    placed = []
    for row in rows:
        rule = there.pop(row.key, None)
        if rule is None:
            rule = _new(table, row, ids)
        else:
            _fill(rule, row)
        placed.append(rule)
    for rule in there.values():
        take_out(rule)
    _order(table, placed)
    return source.text()


def _table(source: Source, key: str) -> tuple[Node, Node]:
    for decision in source.root.iter("{*}decision"):
        if decision.get("id") == key:
            for table in _children(decision, "decisionTable"):
                return decision, table
    raise NoTable(key=key[:80])


def _children(node: Node, name: str) -> Iterator[Node]:
    return (each for each in node if is_element(each) and str(each.tag).rpartition("}")[2] == name)


def _text(node: Node) -> str:
    return "".join("".join(str(part) for part in each.itertext()) for each in node.iter("{*}text")).strip()


def _row(rule: Node) -> Row:
    inputs, outputs = (tuple(_text(cell) for cell in _children(rule, kind)) for kind in (INPUTS, OUTPUTS))
    return Row(rule.get("id") or "", inputs, outputs, _note(rule))


def _note(rule: Node) -> str:
    return next(("".join(str(part) for part in each.itertext()).strip() for each in _children(rule, "description")), "")


def _fill(rule: Node, row: Row) -> None:
    """Write the texts of a rule, those that differ alone."""
    for kind, texts in ((INPUTS, row.inputs), (OUTPUTS, row.outputs)):
        for cell, text in zip(_children(rule, kind), texts, strict=False):
            if _text(cell) != text:
                _say(cell, text)
    if row.note != _note(rule):
        for old in list(_children(rule, "description")):
            take_out(old)
        if row.note:
            note = make(rule, _named(rule, "description"))
            note.text = row.note
            put(rule, note, 0)


def _say(cell: Node, text: str) -> None:
    place = next(_children(cell, "text"), None)
    if place is None:
        place = make(cell, _named(cell, "text"))
        put(cell, place, 0)
    for inner in list(place):
        place.remove(inner)
    place.text = text


def _new(table: Node, row: Row, ids: set[str | None]) -> Node:
    rule = make(table, _named(table, "rule"), id=_free(f"{row.key or 'rule'}", ids))
    put(table, rule, len(table))
    for kind, texts in ((INPUTS, row.inputs), (OUTPUTS, row.outputs)):
        for place, text in enumerate(texts, start=1):
            cell = make(rule, _named(rule, kind), id=_free(f"{rule.get('id')}_{kind}_{place}", ids))
            put(rule, cell, len(rule))
            _say(cell, text)
    if row.note:
        _fill(rule, row)
    return rule


def _free(wanted: str, ids: set[str | None]) -> str:
    """An id that nothing has yet."""
    base = _NO_ID.sub("_", wanted.lower()).strip("_") or "rule"
    number, found = 1, base if base != "rule" else "rule_1"
    while found in ids:
        number += 1
        found = f"{base}_{number}"
    ids.add(found)
    return found


def _named(beside: Node, name: str) -> str:
    space, brace, _ = str(beside.tag).rpartition("}")
    return f"{space}{brace}{name}"


def _order(table: Node, rules: Sequence[Node]) -> None:
    """Put the rules in this order, in the places where rules stand."""
    now = list(_children(table, "rule"))
    if now == list(rules):
        return
    places = [(table.index(rule), rule.tail) for rule in now]
    for rule in now:
        table.remove(rule)
    for (place, tail), rule in zip(places, rules, strict=True):
        table.insert(place, rule)
        rule.tail = tail


def readable(text: str, key: str) -> Sheet | None:
    """The table, or None where the text holds none that can be read."""
    try:
        return sheet(text, key)
    except (NotAcceptable, NoTable):
        return None
