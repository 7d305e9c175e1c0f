"""Asking a decision table outside any case."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

from tests.domain.factories import policy
from tests.engine.test_decisions import table_xml
from workflows.engine import calculations
from workflows.engine.decisions import Table, read_tables
from workflows.engine.releases import Loaded


def tables(*rules: list[str], inputs: list[str]) -> Mapping[str, Table]:
    """A table of the arithmetic with one output."""
    return {"bands": read_tables(table_xml(inputs, ["band"], list(rules), "FIRST", key="bands"))[0]}


def test_a_table_is_asked_by_plain_names_and_reads_the_policy() -> None:
    drawn = tables(
        ['"blackpool"', ">= 10", '"whole"'], ['"blackpool"', "-", '"part"'], inputs=["policy.key", "pas * 2"]
    )
    here, there = (calculations.deciding(drawn, policy(key)) for key in ("blackpool", "cumbria"))
    assert [here("bands", {"pas": each})["band"] for each in (5, 4.5)] == ["whole", "part"]
    assert there("bands", {"pas": 5}) == {"band": None}


def test_a_table_that_is_not_there_answers_nothing() -> None:
    assert calculations.deciding({}, policy("blackpool"))("bands", {"pas": 1}) == {}


def test_a_release_is_asked_by_its_own_tables_and_policy() -> None:
    drawn: Any = SimpleNamespace(tables=tables(["-", "1"], inputs=["pas"]))
    release = cast(Loaded, SimpleNamespace(diagrams=drawn, policy=policy("cumbria")))
    assert calculations.of_release(release)("bands", {"pas": 3}) == {"band": 1}


def test_files_that_are_in_no_release_can_be_asked_too() -> None:
    files = {
        "decisions/bands.dmn": table_xml(["pas"], ["band"], [["-", "2"]], key="bands"),
        "policies/x.toml": "no DMN",
    }
    assert calculations.of_files(files, policy("cumbria"))("bands", {"pas": 3}) == {"band": 2}
