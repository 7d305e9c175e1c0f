"""What an editor offers for a diagram, in words that tell one thing from another."""

import re
from collections import Counter

import pytest

from tests.factories import shipped_files
from workflows.studio.offering import Offer, days, offer

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


@pytest.mark.parametrize("process", ["", *PROCESSES])
def test_every_day_from_which_a_deadline_may_run_has_words_that_no_other_has(process: str) -> None:
    found = days(FILES, process)
    often = Counter(words for _, words in found)
    assert [words for words, times in often.items() if times > 1] == []
    assert [words for _, words in found if not re.match(r"(Day|First day|Last day) ", words)] == [], (
        "none is a question"
    )


def test_a_day_is_called_by_the_step_that_asks_for_it_and_by_its_question_where_that_asks_for_several() -> None:
    found = dict(days(FILES))
    assert found["mediation_booked_for"] == "Day given at “Book the mediation meeting”"
    assert found["extra_from"] == "Day given at “Ask for extra activities” (“From which day?”)"
    assert found["apa_changes_from"] == "Day from which the extra activities change or end"
    again = FILES["processes/mediation.bpmn"].replace("Book the mediation meeting", "Book the hearing")
    assert dict(days({**FILES, "processes/mediation.bpmn": again}))["mediation_booked_for"] == (
        "Day given at “Book the hearing” (“On what date do you meet?”)"
    )
