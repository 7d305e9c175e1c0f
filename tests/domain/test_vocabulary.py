"""What diagrams may name hangs together."""

from collections import Counter

from workflows.domain.fact_words import FACT_WORDS
from workflows.domain.fields import FIELD_TYPES
from workflows.domain.roles import GROUP_ROLES, Role
from workflows.domain.vocabulary import (
    ACTIONS,
    EVERY_CASE,
    HANDED_DOWN,
    ITEM_FACT,
    MESSAGE_WORDS,
    MESSAGES,
    PROCESSES,
    SCREENS,
    START_FACTS,
)

TYPES = {*FIELD_TYPES, "team", "care_group", "teams", "plan", "rows", "mapping", "list"}


def test_every_fact_has_a_known_type() -> None:
    supplied = [screen.supplies for screen in SCREENS.values()] + [action.supplies for action in ACTIONS.values()]
    for facts in [*supplied, *START_FACTS.values(), *MESSAGES.values()]:
        assert set(facts.values()) <= TYPES


def test_a_fact_has_one_type_wherever_it_comes_from() -> None:
    types: dict[str, set[str]] = {}
    supplied = [screen.supplies for screen in SCREENS.values()] + [action.supplies for action in ACTIONS.values()]
    for facts in [*supplied, *START_FACTS.values(), *MESSAGES.values()]:
        for key, type_ in facts.items():
            types.setdefault(key, set()).add(type_)
    assert {key: found for key, found in types.items() if len(found) > 1} == {}


def test_every_process_that_can_be_started_has_a_title_and_starts_with_what_every_case_has() -> None:
    assert set(START_FACTS) <= set(PROCESSES)
    assert all(facts.items() >= EVERY_CASE.items() for facts in START_FACTS.values())


def test_the_item_of_a_started_case_is_one_of_its_start_facts() -> None:
    assert all(fact in START_FACTS[process] for process, fact in ITEM_FACT.items())
    assert set(ITEM_FACT) == set(START_FACTS)


def test_what_is_handed_down_reaches_the_individual_case() -> None:
    assert "individual_plans_due" in HANDED_DOWN
    assert "individual_plans_due" in START_FACTS["team_planning"].keys() & START_FACTS["individual_planning"].keys()


def test_every_message_has_words() -> None:
    assert set(MESSAGE_WORDS) == set(MESSAGES)


def test_groups_whose_steps_anyone_may_claim_are_roles() -> None:
    assert {str(role) for role in GROUP_ROLES} == {"medical_directorate", "hr_workforce", "finance", "board_secretary"}
    assert len(Role) == 16


def test_every_fact_that_accord_writes_by_itself_has_words_of_its_own() -> None:
    supplied = [screen.supplies for screen in SCREENS.values()] + [action.supplies for action in ACTIONS.values()]
    keys = {key for facts in [*supplied, *START_FACTS.values(), *MESSAGES.values()] for key in facts}
    assert keys - FACT_WORDS.keys() == set()
    assert [words for words, times in Counter(FACT_WORDS.values()).items() if times > 1] == []
