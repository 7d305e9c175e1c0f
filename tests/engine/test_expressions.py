"""What the expressions of a diagram mean."""

import pytest

from workflows.engine.expressions import ExpressionFailed, FactMissing, Refused, deadline_of, read, read_script

CASE = {
    "kind": "interim",
    "pas": 10.5,
    "days": 30,
    "agreed": True,
    "refused": None,
    "hearing_date": "2027-03-03",
    "members": [4, 7, 9],
    "attendance": [{"person": 4, "present": True}, {"person": 7, "present": False}],
    "all": {"vote": ["yes", "no", "yes"]},
}
POLICY = {"limits": {"pas": 12, "roles": ("amd", "finance")}, "preparation_material": True}


def value(text: str) -> object:
    return read(text).evaluate(CASE, POLICY, {"round_number": 2})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('case.kind == "interim"', True),
        ('case.kind in ("interim", "in_year")', True),
        ('case.kind not in ["interim"]', False),
        ("case.pas + 1.5 <= policy.limits.pas", True),
        ("policy.preparation_material", True),
        ('"amd" in policy.limits.roles', True),
        ("policy.limits.roles", ["amd", "finance"]),
        ("case.members", [4, 7, 9]),
        ("[case.days, 1]", [30, 1]),
        ("case.attendance[1].present", False),
        ('case.attendance[0]["person"]', 4),
        ("case.attendance[0].absent", None),
        ("case.members[-1]", 9),
        ('count(case.all.vote, "yes") > count(case.all.vote, "no")', True),
        ("len(case.all.vote)", 3),
        ("case.all.unheard_of", []),
        ("10 < case.days < 31", True),
        ("not case.agreed", False),
        ('"late" if case.days > 28 else "in time"', "late"),
        ("round_number + 1", 3),
        ("-case.days", -30),
        ("7 // 2 + 7 % 2", 4),
        ('days_between("2027-02-03", case.hearing_date)', 28),
        ('case.hearing_date > "2027-02-28"', True),
        ("min(3, 1, 2) + max([3, 1, 2])", 4),
        ("abs(-2.5)", 2.5),
        ("round(2.345, 1)", 2.3),
        ("round(2.6)", 3),
        ('int("12") + int(2.9)', 14),
        ('str(12) + " days"', "12 days"),
        ("case.agreed == 1", False),
        ("case.attendance == None", False),
        ("None", None),
    ],
)
def test_an_expression_has_the_value_that_it_reads_like(text: str, expected: object) -> None:
    assert value(text) == expected


def test_decimals_add_up_as_people_add_them() -> None:
    assert value("0.1 + 0.2 == 0.3") is True


def test_a_fact_that_nobody_has_written_is_none() -> None:
    assert value("case.never_written") is None
    assert value("case.never_written == None") is True
    assert value('case.never_written == "yes"') is False
    assert value("case.never_written or 5") == 5


@pytest.mark.parametrize("text", ["case.missing > 3", "3 >= case.missing", "case.missing + 1", "len(case.missing)"])
def test_a_missing_fact_that_is_needed_is_named(text: str) -> None:
    with pytest.raises(FactMissing, match=r"case\.missing has no value yet"):
        value(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("policy.unsaid", "The policy does not say what policy.unsaid is."),
        ("policy.limits.unsaid", "The policy does not say what policy.limits.unsaid is."),
        ("unset_name", "Nothing has set the name “unset_name” yet."),
        ('case.days < "soon"', "cannot be put in order"),
        ("case.agreed > 0", "cannot be put in order"),
        ("case.days / 0", "cannot be divided by nothing"),
        ("case.members[9]", "has no place 9"),
        ("case.kind + 1", "is not a number"),
        ('days_between("yesterday", case.hearing_date)', "is not a date"),
        ("min()", "An empty list has no smallest"),
        ('int("12.5")', "is not a whole number"),
        ("len(1, 2)", "does not take these values"),
        ('due("sign_off")', "cannot be used here"),
        ("case.refused.reason", "case.refused has no value yet"),
    ],
)
def test_what_has_no_value_says_why(text: str, reason: str) -> None:
    with pytest.raises(ExpressionFailed, match=reason) as failure:
        value(text)
    assert failure.value.sentence.startswith("“")


def test_reading_tells_what_an_expression_uses() -> None:
    expression = read(
        'case.days > policy.limits.days and due("sign_off") != None '
        'and count(case.all.vote, "no") == 0 and attempts < 3'
    )
    assert expression.facts == {"days"}
    assert expression.all_facts == {"vote"}
    assert expression.policy_paths == {"limits.days"}
    assert expression.functions == {"due", "count"}
    assert expression.names == {"attempts"}


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("case.a > 1", {"a"}),
        ("case.a == 1", set()),
        ("case.a == case.b + 1", {"b"}),
        ("days_between(case.a, case.b) == 7", {"a", "b"}),
        ('case.a in ("x", "y")', set()),
        ('"x" in case.a', {"a"}),
        ("case.a != None and case.a > 1", set()),
        ("case.a is not None and case.b > 1", {"b"}),
        ("case.a and case.a > 1", set()),
        ("case.a == None or case.a > 1", set()),
        ("case.a == None and case.a > 1", {"a"}),
        ("not (case.a == None) and case.a > 1", set()),
        ("case.a > 1 if case.a != None else False", set()),
        ("0 if case.a != None else case.a + 1", {"a"}),
        ("(case.a or 5) > 1", set()),
        ("case.a.rows", {"a"}),
        ("case.a", set()),
        ("count(case.a, case.b)", {"a"}),
        ('due("sign_off") > case.a', {'due("sign_off")', "a"}),
        ('days_between("2027-03-03", due("sign_off"))', {'due("sign_off")'}),
        ('due("sign_off") == None', set()),
        ('due("sign_off") != None and due("sign_off") > "2027-03-03"', set()),
        ('due("referral") != None and due("sign_off") > "2027-03-03"', {'due("sign_off")'}),
        ("max(case.all.a) == 3", {"all.a"}),
        ("len(case.all.a) > 0 and max(case.all.a) == 3", set()),
        ('count(case.all.a, "no") > 0 and min(case.all.a) == "no"', set()),
        ("len(case.all.b) > 0 and max(case.all.a) == 3", {"all.a"}),
        ("max(len(case.all.a), 1) == 1", set()),
    ],
)
def test_facts_that_must_have_a_value_are_told_apart_from_those_asked_for_first(text: str, needed: set[str]) -> None:
    assert read(text).ordered_facts == needed


def test_what_asks_first_never_fails() -> None:
    for text in ("case.no != None and case.no > 1", "case.no == None or case.no > 1", "(case.no or 5) > 1"):
        assert value(text) in {True, False}


def test_a_deadline_that_has_not_started_is_missing_where_it_is_needed() -> None:
    later = read('due("sign_off") > "2027-03-03"')
    assert later.evaluate(CASE, functions={"due": lambda _: "2027-04-01"}) is True
    with pytest.raises(FactMissing, match="The deadline has not started yet"):
        later.evaluate(CASE, functions={"due": lambda _: None})


def test_an_expression_may_run_over_several_lines() -> None:
    assert value('case.kind == "interim"\n    and case.days > 28') is True


def test_a_script_is_lines_of_names() -> None:
    lines = read_script('\n  attempts = 1\n  outcome = "late" if case.days > 28 else "in time"\n')
    assert [name for name, _ in lines] == ["attempts", "outcome"]
    assert lines[1][1].evaluate(CASE) == "late"


@pytest.mark.parametrize(
    "text",
    [
        "case.kind",
        "attempts == 1",
        "case.kind = 'annual'",
        "case = 1",
        "due = 1",
        "a, b = 1, 2",
        "a[0] = 1",
        "a += 1",
        "import os",
        "del a",
        "for x in case.members: x",
        "_private = 1",
        "x = 1\n" * 41,
    ],
)
def test_a_script_that_is_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_script(text)


def test_an_expression_is_read_once() -> None:
    assert read("case.days > 1") is read("case.days > 1")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('due("sign_off")', "sign_off"),
        (" due( 'sign_off' ) ", "sign_off"),
        ('"PT1H"', ""),
        ("due(case.x)", ""),
        ('due("Sign off")', ""),
        ('due("sign_off") + 1', ""),
        ("", ""),
    ],
)
def test_a_timer_names_a_deadline_and_nothing_else(text: str, name: str) -> None:
    assert deadline_of(text) == name
