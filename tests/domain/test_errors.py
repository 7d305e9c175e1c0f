"""A broken rule speaks in a sentence."""

import pytest

from workflows.domain.errors import BadValues, Broken, NotAllowed, Unsound


class Spoken(NotAllowed):
    """This step has already
    been completed by {who}."""


def test_the_docstring_of_a_rule_is_its_sentence() -> None:
    broken = Spoken(who="Dr Shah")
    assert broken.sentence == str(broken) == "This step has already been completed by Dr Shah."
    assert broken.who == "Dr Shah"


def test_a_family_without_a_sentence_of_its_own_speaks_as_its_parent() -> None:
    class Quiet(Spoken):
        pass

    assert Quiet(who="Dr Shah").sentence == "This step has already been completed by Dr Shah."


def test_a_rule_cannot_be_broken_without_the_facts_of_its_sentence() -> None:
    with pytest.raises(KeyError):
        Spoken()


def test_a_sentence_names_roles_as_the_readers_trust_does() -> None:
    class Asked(NotAllowed):
        """Ask the {medical_directorate} about {what}."""

    asked = Asked(what="{amd}")
    assert asked.sentence == "Ask the medical directorate about {amd}."
    assert asked.said({"medical_directorate": "Medical Workforce"}) == "Ask the Medical Workforce about {amd}."


def test_words_of_people_cannot_reach_into_a_sentence() -> None:
    assert Spoken(who="{who.__class__}").sentence.endswith("by {who.__class__}.")


def test_what_a_rule_does_not_know_is_no_attribute() -> None:
    with pytest.raises(AttributeError):
        _ = Spoken(who="Dr Shah").whom


def test_bad_values_hold_a_sentence_for_each_field() -> None:
    bad = BadValues({"grounds": "Give a reason.", "day": "Give a day."})
    assert bad.problems == {"grounds": "Give a reason.", "day": "Give a day."}
    assert bad.sentence == "Some answers need another look. Give a reason. Give a day."


def test_a_fault_of_a_diagram_names_its_element() -> None:
    fault = Unsound(element="sign_plan")
    assert (fault.element, isinstance(fault, Broken)) == ("sign_plan", True)
