"""Decision tables: what their cells mean, and what is refused."""

import pytest

from tests.engine.trial import Trial, begin, move, path, release_of, sketch
from workflows.engine.decisions import NoSingleAnswer, Table, TableUnsound, read_tables, read_test
from workflows.engine.xml import NotAcceptable

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table_xml(
    inputs: list[str], outputs: list[str], rules: list[list[str]], policy: str = "UNIQUE", key: str = "t"
) -> str:
    """A DMN file of one table; a rule is the texts of its input and output cells."""
    columns = "".join(
        f"<input label='{text}'><inputExpression><text>{text}</text></inputExpression></input>" for text in inputs
    )
    columns += "".join(f'<output name="{name}"/>' for name in outputs)
    rows = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text><![CDATA[{cell}]]></text></inputEntry>" for cell in rule[: len(inputs)])
        + "".join(f"<outputEntry><text><![CDATA[{cell}]]></text></outputEntry>" for cell in rule[len(inputs) :])
        + "</rule>"
        for rule in rules
    )
    return (
        f'<definitions xmlns="{DMN}" id="d" name="d" namespace="n"><decision id="{key}" name="Table {key}">'
        f'<decisionTable hitPolicy="{policy}">{columns}{rows}</decisionTable></decision></definitions>'
    )


def table(rules: list[list[str]], policy: str = "UNIQUE", inputs: int = 1, outputs: int = 1) -> Table:
    names = [f"case.in{number}" for number in range(inputs)]
    return read_tables(table_xml(names, [f"out{number}" for number in range(outputs)], rules, policy))[0]


@pytest.mark.parametrize(
    ("cell", "yes", "no"),
    [
        ("-", [1, None, "x", True], []),
        ("", [1, None], []),
        ('"interim"', ["interim"], ["annual", None, 1]),
        ('"a", "b"', ["a", "b"], ["c", None]),
        ("1,2, 3", [1, 2, 3, 2.0], [4, "1", True, None]),
        ("true", [True], [False, 1, "true", None]),
        ("false", [False], [True, 0, None]),
        ("null", [None], [0, "", False]),
        ("10", [10, 10.0], [11, "10"]),
        ("-2.5", [-2.5], [2.5]),
        (">= 10", [10, 11.5], [9.99, None, "11", True]),
        ("<10", [9, -3], [10, None]),
        ("> 0.5", [0.75], [0.5]),
        ("<= 7", [7], [8]),
        ('!= "x"', ["y", None, 1], ["x"]),
        ("= 3", [3], [4, True]),
        ("[5..12]", [5, 12, 7.5], [4.99, 12.01, None, "7"]),
        ("(5..12]", [5.01, 12], [5]),
        ("]5..12]", [5.01, 12], [5]),
        ("[5..12)", [5, 11.99], [12]),
        ("[5..12[", [5, 11.99], [12]),
        ('["2027-01-01".."2027-03-31"]', ["2027-02-01"], ["2027-04-01", None, 5]),
        ('>= "2027-01-01"', ["2027-01-01"], ["2026-12-31", 2027]),
    ],
)
def test_a_cell_matches_what_it_says_and_nothing_else(cell: str, yes: list[object], no: list[object]) -> None:
    test = read_test(cell)
    assert [value for value in yes if not test(value)] == []
    assert [value for value in no if test(value)] == []


@pytest.mark.parametrize(
    "cell",
    [
        *("interim", "case.x > 1", '__import__("os")', "[5..", "1..2", '"a" or "b"', ">= true", "[true..false]"),
        *("not(1)", "date('x')", '"a\\"b"', "1e5", "> ", "9999999999999999999", '"' + "x" * 600 + '"', "(1..null)"),
    ],
)
def test_a_cell_of_any_other_kind_is_refused_with_its_rule(cell: str) -> None:
    with pytest.raises(TableUnsound, match="Rule 1:"):
        table([[cell, '"x"']])


def test_a_unique_table_gives_its_one_answer() -> None:
    days = table([["<= 28", '"in_time"', "1"], ["> 28", '"late"', "2"]], outputs=2)
    assert days.decide([28]) == {"out0": "in_time", "out1": 1}
    assert days.decide([29]) == {"out0": "late", "out1": 2}
    assert days.decide([None]) == {"out0": None, "out1": None}


def test_two_answers_of_a_unique_table_are_a_fault_that_names_the_rules() -> None:
    with pytest.raises(NoSingleAnswer, match="rules 1, 3"):
        table([["> 1", '"a"'], ["< 0", '"b"'], ["> 2", '"c"']]).decide([3])


def test_the_first_of_several_answers_counts_where_the_table_says_so() -> None:
    first = table([["> 2", '"a"'], ["> 1", '"b"'], ["-", '"c"']], "FIRST")
    assert [first.decide([value])["out0"] for value in (3, 2, None)] == ["a", "b", "c"]


def test_collected_answers_come_in_the_order_of_the_rules() -> None:
    signers = table([["-", '"practitioner"'], ["> 10", '"medical_director"'], ["-", "-"]], "COLLECT")
    assert signers.decide([12]) == {"out0": ["practitioner", "medical_director", None]}
    assert table([["> 10", '"x"']], "COLLECT").decide([1]) == {"out0": []}


def test_an_output_may_be_a_list() -> None:
    assert table([["-", '"a", "b"']]).decide([1]) == {"out0": ["a", "b"]}


@pytest.mark.parametrize("policy", ["ANY", "PRIORITY", "RULE ORDER", "OUTPUT ORDER"])
def test_other_hit_policies_are_refused(policy: str) -> None:
    with pytest.raises(TableUnsound, match="hit policy"):
        table([["-", "1"]], policy)


@pytest.mark.parametrize(
    ("inputs", "outputs", "rules"),
    [(["case.a"], [], [["-"]]), (["case.a"], ["x", "x"], []), (["case.a"], ["x"], [["-"]]), (["case.a"], [""], [])],
)
def test_a_table_whose_columns_do_not_fit_is_refused(
    inputs: list[str], outputs: list[str], rules: list[list[str]]
) -> None:
    with pytest.raises(TableUnsound):
        read_tables(table_xml(inputs, outputs, rules))


def test_a_decision_without_a_table_is_refused() -> None:
    with pytest.raises(TableUnsound, match="holds no table"):
        read_tables(
            f'<definitions xmlns="{DMN}"><decision id="t" name="t"><literalExpression/></decision></definitions>'
        )


def test_tables_come_through_the_hardened_parser() -> None:
    with pytest.raises(NotAcceptable):
        read_tables('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')


def test_a_drawn_decision_is_worked_out_from_the_case_and_the_policy() -> None:
    xml = table_xml(
        ["case.days", "policy.limit"], ["outcome"], [["> 28", "true", '"late"'], ["-", "-", '"in_time"']], "FIRST"
    )
    diagrams = release_of(sketch(path("ask", '<businessRuleTask id="judge" accord:decision="t"/>')), tables=xml)
    for days, outcome in ((30, "late"), (3, "in_time"), (None, "in_time")):
        trial = Trial({"days": days}, {"limit": True})
        process = begin(diagrams, trial)
        move(process, "ask")
        assert trial.decisions == [{"element": "judge", "outcome": outcome}]
        assert process.finished


def test_a_column_that_needs_a_fact_that_is_not_there_has_no_value_and_the_case_goes_on() -> None:
    xml = table_xml(["days_between(case.a, case.b)"], ["fits"], [["[7..14]", "true"], ["-", "false"]], "FIRST")
    diagrams = release_of(sketch(path("ask", '<businessRuleTask id="judge" accord:decision="t"/>')), tables=xml)
    trial = Trial({"b": "2027-01-01"})
    move(begin(diagrams, trial), "ask")
    assert trial.decisions == [{"element": "judge", "fits": False}]
