"""Rules of a decision table, written row by row: what was not changed stays as it was written."""

from dataclasses import replace
from difflib import unified_diff

import pytest

from tests.factories import shipped_files
from workflows.engine.decisions import read_tables
from workflows.engine.editing.rules import NoTable, Row, sheet, written

TABLES = {path: text for path, text in shipped_files().items() if path.endswith(".dmn")}
TARIFF = "decisions/spa_tariff.dmn"


def key_of(path: str) -> str:
    return read_tables(TABLES[path])[0].key


def changes(before: str, after: str) -> list[str]:
    found = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line.strip("+- ") for line in found if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize("path", sorted(TABLES))
def test_a_table_that_is_written_as_it_was_read_stays_letter_for_letter(path: str) -> None:
    found = sheet(TABLES[path], key_of(path))
    table = read_tables(TABLES[path])[0]
    assert [row.inputs for row in found.rows] == [rule.cells for rule in table.rules]
    assert written(TABLES[path], found.key, found.rows) == TABLES[path]


def test_one_cell_that_changes_changes_its_line_alone() -> None:
    text, found = TABLES[TARIFF], sheet(TABLES[TARIFF], "spa_tariff")
    first = found.rows[0]
    rows = (replace(first, outputs=(first.outputs[0], "0.75", *first.outputs[2:])), *found.rows[1:])
    assert changes(text, written(text, "spa_tariff", rows)) == ["<text>0.5</text>", "<text>0.75</text>"]


def test_rules_are_added_taken_out_and_put_in_another_order() -> None:
    text, found = TABLES[TARIFF], sheet(TABLES[TARIFF], "spa_tariff")
    new = Row("", ('"blackpool"', '"a & b <new>"'), tuple("" for _ in found.outputs), "A new role")
    rows = (found.rows[2], new, found.rows[0], *found.rows[3:])
    after = sheet(written(text, "spa_tariff", rows), "spa_tariff")
    assert [row.key for row in after.rows if row.key in {one.key for one in found.rows}] == [
        row.key for row in rows if row.key
    ]
    assert (after.rows[1].inputs, after.rows[1].note) == (new.inputs, "A new role")
    assert after.rows[1].key not in {row.key for row in found.rows}
    assert len(read_tables(written(text, "spa_tariff", rows))[0].rules) == len(found.rows)
    assert written(written(text, "spa_tariff", rows), "spa_tariff", found.rows[:1]).count("<rule ") == 1


def test_two_new_rules_have_ids_of_their_own_and_a_table_can_be_emptied() -> None:
    text, found = TABLES[TARIFF], sheet(TABLES[TARIFF], "spa_tariff")
    new = Row("", ("", ""), tuple("" for _ in found.outputs))
    after = sheet(written(text, "spa_tariff", (*found.rows, new, new)), "spa_tariff")
    assert len({row.key for row in after.rows}) == len(found.rows) + 2
    assert sheet(written(text, "spa_tariff", ()), "spa_tariff").rows == ()


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(NoTable):
        sheet(TABLES[TARIFF], "no_such_table")
