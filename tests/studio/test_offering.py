"""What an editor offers for a diagram, in words that tell one thing from another."""

from collections import Counter

import pytest

from tests.factories import shipped_files
from workflows.studio.offering import Offer, offer

FILES = shipped_files()
PROCESSES = [path.removeprefix("processes/").removesuffix(".bpmn") for path in FILES if path.endswith(".bpmn")]


def offered(process: str) -> Offer:
    return offer(FILES, process=process, policy="cumbria")


@pytest.mark.parametrize("process", PROCESSES)
def test_no_two_answers_that_a_condition_may_look_at_are_called_the_same(process: str) -> None:
    often = Counter(fact.label for fact in offered(process).facts)
    assert [label for label, times in often.items() if times > 1] == []


def test_questions_of_the_same_words_are_told_apart_by_their_step_and_then_by_who_does_it() -> None:
    mediation = {fact.key: fact.label for fact in offered("mediation").facts}
    assert mediation["mediation_time"] == "At what time? (Book the mediation meeting)"
    assert mediation["hearing_time"] == "At what time? (Book the hearing)"
    assert mediation["mediation_place"] == "Where?", "what nothing else is called needs no more words"
    planning = {fact.key: fact.label for fact in offered("individual_planning").facts}
    assert planning["manager_answer"] == "Do you agree to this plan? (Say whether you agree, Clinical Manager)"
