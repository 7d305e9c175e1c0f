"""Everything that is worked out can be read, and names what the policies hold."""

import pytest

from tests.engine.check.sound import FILES, REVIEW, REVIEW_FILE, edited, line_of, refused
from workflows.engine.check import check

CONDITION = "case.days &gt; 28 and not policy.preparation_material"


@pytest.mark.parametrize(
    "hostile",
    [
        "__import__('os').system('id')",
        "().__class__.__base__.__subclasses__()",
        "open('/etc/passwd')",
        "'x'.center(10**9)",
        "[x for x in case.all.answer]",
        "9**9**9",
        "case.days &gt;",
        "lambda: 1",
        "${case.days &gt; 28}",
        "case.days == " + "(" * 300 + "1" + ")" * 300,
        "case.days == '" + "x" * 3000 + "'",
    ],
)
def test_an_expression_that_is_unsafe_or_unknown_is_refused(hostile: str) -> None:
    text = edited(REVIEW, (CONDITION, hostile))
    found = check({**FILES, REVIEW_FILE: text}, only=[REVIEW_FILE])
    assert [(each.line, each.element) for each in found] == [(line_of(text, '<sequenceFlow id="to_stage"'), "to_stage")]
    assert found[0].sentence.startswith("The condition: “")
    assert "cannot be used." in found[0].sentence


@pytest.mark.parametrize(
    ("old", "new", "element", "sentence"),
    [
        ("policy.preparation_material", "policy.preparation_marterial", "to_stage",
         "`policy.preparation_marterial` is used here, but the policy of"),
        ("case.days &gt; 28", 'due("sign_of") == None', "to_stage", "There is no deadline `sign_of` in any policy."),
        ("case.days &gt; 28", "due(case.note) == None", "to_stage",
         'Write the name in `due("…")` itself, between quotes.'),
        ("case.days &gt; 28", "sum(case.all.answer) == None", "to_stage", "The condition: “sum(case.all.answer)"),
        ('accord:for_each="case.members"\n        accord:until', 'accord:for_each="import os"\n        accord:until',
         "ask_members", "The list of those who each get this: “import os” cannot be used."),
        ('count(case.all.answer, "no") &gt; 0', "count(", "ask_members", (
            "The rule by which it is over before all have answered:"
            " “count(”"
        )),
        ('route = "long"', 'import os; route = "long"', "keep_route", "What is worked out: “import os; route"),
        ('route = "long" if case.size == "large" else "short"', "", "keep_route",
         "Nothing is worked out here. Write lines of the form name = expression."),
    ],
)  # fmt: skip
def test_each_place_of_an_expression_is_looked_at(old: str, new: str, element: str, sentence: str) -> None:
    text = edited(REVIEW, (old, new))
    found = [
        each for each in check({**FILES, REVIEW_FILE: text}, only=[REVIEW_FILE]) if each.sentence.startswith(sentence)
    ]
    assert [(each.line, each.element) for each in found] == [(line_of(text, f'id="{element}"'), element)]


def test_a_value_that_one_policy_lacks_is_refused_with_the_trusts_name() -> None:
    own = FILES["policies/cumbria.toml"].replace("[values]\n", "[values]\nonly_here = true\n", 1)
    text = edited(REVIEW, ("policy.preparation_material", "policy.only_here"))
    found = check({**FILES, "policies/cumbria.toml": own, REVIEW_FILE: text}, only=[REVIEW_FILE])
    assert len(found) == 1
    assert "Blackpool" in found[0].sentence
    assert "Cumbria" not in found[0].sentence


def test_what_is_wrong_is_said_of_the_step_and_of_no_other() -> None:
    refused(
        ('case.outcome == "x"', "") if 'case.outcome == "x"' in REVIEW else (CONDITION, "case.days &gt; other"),
        at='<sequenceFlow id="to_stage"',
        element="to_stage",
        sentence="`other` is used here, but it is not worked out on every way here.",
    )
