"""Who sees what: the rows of the table."""

import pytest

from tests.domain.factories import DR_ADEYEMI, DR_KOWALSKI, DR_MORGAN, DR_SHAH
from workflows.domain.standing import MAY_SEE, Standing, may_see, may_see_field, may_see_of_stage

DISPUTE = {"plan_draft", "positions", "referral", "decision", "letters"}


def seen(*standings: str) -> set[str]:
    return {what for what in MAY_SEE if may_see(standings, what)}


def test_the_parties_see_everything_but_the_notes_of_separate_hearings_and_the_others_statement() -> None:
    assert set(MAY_SEE) - seen("party") == {"separate_notes"}


@pytest.mark.parametrize("standing", ["amd", "medical_director"])
def test_amd_and_medical_director_see_the_case_and_its_papers(standing: str) -> None:
    assert seen(standing) == DISPUTE | {"case", "plan_in_force", "history", "team_plan"}


def test_only_the_mediator_sees_the_notes_of_separate_hearings() -> None:
    assert MAY_SEE["separate_notes"] == {"mediator"}


def test_the_panel_and_the_directorate_see_statements_once_released() -> None:
    assert MAY_SEE["released_statement"] == {"party", "panel", "directorate"}
    assert MAY_SEE["own_statement"] == {"party"}


@pytest.mark.clause("CPFT-7.6.7-c")
@pytest.mark.parametrize("standing", ["hr", "finance"])
def test_hr_and_finance_see_the_plan_in_force_alone(standing: str) -> None:
    assert seen(standing) == {"plan_in_force"}


def test_a_holder_of_a_step_sees_comments_and_evidence_but_no_draft() -> None:
    assert {"comments", "evidence"} <= seen("holder")
    assert not DISPUTE & seen("holder")


def test_a_stranger_sees_nothing() -> None:
    assert seen() == seen("stranger") == set()


def test_what_there_is_not_cannot_be_asked_for() -> None:
    with pytest.raises(KeyError):
        may_see({"party"}, "salary")


def test_standings_follow_from_who_is_who() -> None:
    case = Standing(
        party=frozenset({DR_SHAH, DR_ADEYEMI}), amd=frozenset({DR_KOWALSKI}), holder=frozenset({DR_SHAH, DR_KOWALSKI})
    )
    assert case.of(DR_SHAH) == {"party", "holder"}
    assert case.of(DR_KOWALSKI) == {"amd", "holder"}
    assert case.of(DR_MORGAN) == frozenset()


def test_a_new_field_is_seen_by_parties_and_holder_unless_it_says_otherwise() -> None:
    assert may_see_field({"party"}, ())
    assert may_see_field({"holder"}, ())
    assert not may_see_field({"amd"}, ())
    assert may_see_field({"amd"}, ("amd", "practitioner"))
    assert not may_see_field({"party", "clinical_manager"}, ("practitioner",))


@pytest.mark.parametrize("what", ["comments", "evidence"])
@pytest.mark.parametrize(
    ("standings", "holds_there", "sees"),
    [
        ({"party"}, False, True),
        ({"party", "holder"}, True, True),
        ({"directorate"}, False, True),
        ({"panel"}, False, True),
        ({"amd"}, False, False),
        ({"amd", "holder"}, False, False),
        ({"amd", "holder"}, True, True),
        ({"medical_director", "holder"}, True, True),
        ({"mediator"}, True, True),
        ({"holder"}, True, True),
        ({"holder"}, False, False),
        ({"team"}, False, False),
        ({"hr", "holder"}, True, False),
        ({"finance", "holder"}, True, False),
        ({"hr", "amd", "holder"}, True, True),
        (set(), False, False),
    ],
)
def test_comments_and_evidence_are_for_parties_and_holders_of_that_stage(
    what: str, standings: set[str], holds_there: bool, sees: bool
) -> None:
    assert may_see_of_stage(standings, what, holds_there=holds_there) is sees


def test_only_comments_and_evidence_belong_to_a_stage() -> None:
    with pytest.raises(KeyError):
        may_see_of_stage({"party"}, "history", holds_there=True)
