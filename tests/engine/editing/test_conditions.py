"""Conditions are picked from answers, and told in words."""

import pytest

from tests.engine.editing.drawn import SHIPPED
from workflows.domain.fields import FIELD_TYPES
from workflows.engine.drawings import read as read_drawing
from workflows.engine.editing.conditions import Known, Picked, comparisons, picked, written
from workflows.engine.editing.diagram import CannotChange
from workflows.engine.editing.telling import in_words
from workflows.engine.expressions import Refused, read

FACTS = {
    "state": Known("Is it dealt with?", "choice", (("dealt", "Yes, it is"), ("open", "No"))),
    "days": Known("How many days?", "number"),
    "held_on": Known("When was it?", "date"),
    "agreed": Known("Agreed?", "yes_no", (("True", "Yes"), ("False", "No"))),
    "who": Known("Who?", "several", (("all", "Everybody"),)),
}
VALUES = {"number": "2.5", "date": "2027-03-31", "time": "09:30", "yes_no": "True"}


@pytest.mark.parametrize("kind", FIELD_TYPES)
def test_what_was_picked_is_found_again_in_the_condition(kind: str) -> None:
    for comparison in comparisons(kind):
        value = "" if comparison in ("known", "unknown") else VALUES.get(kind, "dealt")
        one = Picked("state", comparison, value)
        assert picked(written(one, kind)) == one


@pytest.mark.parametrize("comparison", comparisons("number"))
def test_an_order_never_fails_for_want_of_an_answer(comparison: str) -> None:
    expression = read(written(Picked("days", comparison, "5"), "number"))
    assert expression.ordered_facts == frozenset()
    assert expression.evaluate({"days": None}) in (True, False)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('case.state == "dealt"', "“Is it dealt with?” is “Yes, it is”"),
        ("case.agreed", "“Agreed?” is yes"),
        ("not case.agreed", "“Agreed?” is no"),
        ("case.agreed != True", "“Agreed?” is no"),
        ("case.days != None and case.days > 5", "“How many days?” is more than 5"),
        ('case.held_on != None and case.held_on < "2027-03-31"', "“When was it?” is before “2027-03-31”"),
        ('case.who != None and "all" in case.who', "“Who?” includes “Everybody”"),
        ("case.days == None", "“How many days?” has no answer"),
        ('case.agreed and (case.state == "open" or case.days == None)',
         "“Agreed?” is yes and (“Is it dealt with?” is “No” or “How many days?” has no answer)"),
        ('not (case.state == "open")', "it is not so that “Is it dealt with?” is “No”"),
        ("len(case.who) > 0", "“Who?” is not empty"),
        ("len(case.who) > 2", "the number in “Who?” is more than 2"),
        ('count(case.all.state, "open") >= 1', "the number of answers “No” to “Is it dealt with?” is at least 1"),
        ('policy.decided_by == "chief_executive"', "“Decided by” of the policy is “chief executive”"),
        ("policy.panel.yearly and not policy.asked",
         "“Panel, yearly” of the policy is yes and “Asked” of the policy is no"),
        ('case.state in ["open", "dealt"]', "“Is it dealt with?” is “No” or “Yes, it is”"),
        ('case.state not in ["open"]', "“Is it dealt with?” is not “No”"),
        ("case.days > case.allowed", "“How many days?” is more than “Allowed”"),
        ('due("sign_off") != None', "the last day of “Sign off” has an answer"),
        ("days_between(case.held_on, case.sent_on) > 28",
         "the number of days from “When was it?” to “Sent on” is more than 28"),
        ("late", "“Late” is yes"),
        ("1 < case.days < 3", "1 < case.days < 3"),
        ("((", "(("),
    ],
)  # fmt: skip
def test_conditions_are_told_in_words(condition: str, words: str) -> None:
    assert in_words(condition, FACTS) == words


@pytest.mark.parametrize(
    ("one", "kind", "fault"),
    [
        (Picked("state", "is", ""), "choice", CannotChange),
        (Picked("days", "more", "many"), "number", CannotChange),
        (Picked("state", "is", 'a" or "b'), "text", CannotChange),
        (Picked("state", "more", "a"), "text", CannotChange),
        (Picked("state) or (1", "is", "a"), "text", Refused),
    ],
)
def test_what_cannot_be_compared_is_refused(one: Picked, kind: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        written(one, kind)


def test_every_shipped_condition_has_words() -> None:
    for path in SHIPPED:
        for flow in read_drawing(path.read_text(encoding="utf-8")).flows:
            if flow.condition:
                told = in_words(flow.condition, {})
                assert not [sign for sign in ("case.", "policy.", "==", "_", "'") if sign in told], told
