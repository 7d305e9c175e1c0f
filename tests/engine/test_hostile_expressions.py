"""Whatever is written where an expression stands, nothing but an expression happens, quickly and in little memory."""

import ast
import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.domain.errors import Unsound
from workflows.domain.vocabulary import FUNCTIONS as VOCABULARY
from workflows.engine.expressions import FUNCTIONS, ExpressionFailed, Refused, read, read_script

CASE = {"a": 3, "text": "x" * 1000, "rows": [{"p": True}], "name": "Dr A", "all": {"v": [1, 2]}}
HOSTILE = [
    '__import__("os").system("id")',
    '__builtins__["eval"]("1")',
    "().__class__.__base__.__subclasses__()",
    "case.__class__",
    "case._newest",
    "case.rows.__class__.__mro__",
    "case.a.real.__class__",
    'getattr(case, "a")',
    'eval("1")',
    'exec("x = 1")',
    'open("/etc/passwd").read()',
    "globals()",
    "len.__globals__",
    "case.clear()",
    "case.update(a=1)",
    'case.text.replace("x", "y" * 1000)',
    "case.text.format(1)",
    '"{0.__class__}".format(case.rows)',
    '"x".center(10**9)',
    'f"{1:>999999999}"',
    "9**9**9**9",
    "2 << 99999999",
    "1 | 2",
    "~1",
    "[x for x in case.rows]",
    "{x: 1 for x in case.rows}",
    "sum(x for x in case.rows)",
    "lambda: 1",
    "(lambda f: f(f))(lambda f: f(f))",
    "(a := 1)",
    "await case.a",
    "yield 1",
    "case.a if True",
    "import os",
    "a = 1",
    "case.a; case.b",
    'case["a"]',
    "case",
    "policy",
    "case.all",
    "len",
    "len(*case.rows)",
    "len(**case.rows)",
    'str(object="x")',
    "case.rows[0:1]",
    "{1, 2}",
    '{"typename": "datetime"}',
    "b'bytes'",
    "1j",
    "...",
    "1e999",
    "10000000000000000",
    "case.a @ case.a",
    "case.\u200ba",
    '"\\x41"',
    "case.a == 1 # and case.b == 2",
    "",
    "   ",
    "\x00",
    "(" * 500,
    "-" * 1900 + "1",
    "not " * 450 + "1",
    "1+" * 900 + "1",
    "[" * 100 + "]" * 100,
    "1" * 1999,
    "x" * 5000,
    "case" + ".a" * 400,
    "1 if " * 100 + "1",
    "\ud800",
]


def within_bounds(text: str) -> object:
    """Its value, or the fault that refuses it; anything else is an escape."""
    try:
        return read(text).evaluate(CASE, {"p": {"q": 1}}, {"n": 1})
    except Unsound as fault:
        return fault


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_expression_is_refused_before_it_is_worked_out(text: str) -> None:
    before = copy.deepcopy(CASE)
    with pytest.raises(Refused):
        read(text)
    assert before == CASE


@pytest.mark.parametrize(
    "text",
    [
        '"%d" % 3',
        "case.text * 1000",
        "999999999999999 * 999999999999999",
        "case.text * case.text",
        "int(case.text)",
        "int(str(999999999999999) + str(999999999999999))",
        '"%0999999999d" % 1',
        '"a" * 1000000000',
        "[1] * 1000000000",
        "round(1.5, 1000000)",
        "min(case.rows)",
        'max(1, "a")',
        "len(1)",
        "-case.text",
        "case.name.length",
        "case.rows[case.rows]",
        "str(case.rows)",
        "days_between(1, 2)",
        "0.0 / 0",
        "1 % 0",
    ],
)
def test_what_is_written_well_and_means_harm_has_no_value(text: str) -> None:
    with pytest.raises(ExpressionFailed):
        read(text).evaluate(CASE)


def test_a_value_cannot_be_doubled_without_end() -> None:
    names: dict[str, object] = {"a": "x" * 1000}
    with pytest.raises(ExpressionFailed, match="is not a number"):
        grow("a + a", names)


def test_a_list_cannot_be_nested_without_end() -> None:
    names: dict[str, object] = {"a": [1]}
    with pytest.raises(ExpressionFailed, match="too large"):
        grow("[a, a]", names)


def grow(text: str, names: dict[str, object]) -> None:
    for _ in range(64):
        names["a"] = read(text).evaluate(CASE, {}, names)


def test_a_huge_number_in_a_fact_is_refused_not_reckoned_with() -> None:
    with pytest.raises(ExpressionFailed, match="too large"):
        read("case.huge + 1").evaluate({"huge": 10**400})
    with pytest.raises(ExpressionFailed, match="too large"):
        read("case.odd + 1").evaluate({"odd": float("nan")})


def test_an_object_that_is_no_json_never_comes_out() -> None:
    with pytest.raises(ExpressionFailed, match="cannot be used"):
        read("case.thing").evaluate({"thing": object()})
    with pytest.raises(ExpressionFailed):
        read("case.thing.real").evaluate({"thing": 3})


def test_what_comes_out_is_a_copy_of_what_went_in() -> None:
    out = read("case.rows").evaluate(CASE)
    assert out == CASE["rows"]
    assert out is not CASE["rows"]
    assert out[0] is not CASE["rows"][0]  # type: ignore[index]


def test_the_functions_are_exactly_those_of_the_vocabulary() -> None:
    assert set(FUNCTIONS) | {"due"} == set(VOCABULARY)


PIECES = st.sampled_from(
    [
        *(
            "case",
            "policy",
            ".a",
            ".all",
            ".v",
            ".rows",
            "[0]",
            ".p",
            "n",
            "1",
            "0",
            "2.5",
            '"x"',
            "None",
            "True",
            "f'",
        ),
        *("(", ")", "[", "]", "{", "}", ",", ":", "+", "-", "*", "/", "%", "**", "<", ">=", "==", "!=", "__class__"),
        *(
            "in",
            "not",
            "and",
            "or",
            "if",
            "else",
            "lambda x:",
            "len(",
            "min(",
            "round(",
            "str(",
            "int(",
            "count(",
            "due(",
        ),
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=8).map("".join)
    )
)
def test_any_text_is_either_a_json_value_or_a_sentence(text: str) -> None:
    before = copy.deepcopy(CASE)
    out = within_bounds(text)
    assert before == CASE
    if isinstance(out, Unsound):
        assert out.sentence.strip()
    else:
        assert isinstance(out, type(None) | bool | int | float | str | list | dict)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "b", "_x", "case", "due", " = ", "=", "==", "1", "a + 1", "\n", "(", "import os"]))
)
def test_any_script_is_either_lines_of_names_or_refused(pieces: list[str]) -> None:
    try:
        lines = read_script("".join(pieces))
    except Refused:
        return
    for name, expression in lines:
        assert name.isidentifier()
        assert isinstance(ast.parse(expression.text, mode="eval"), ast.Expression)
