"""Who signs, and what an edit voids."""

import pytest

from tests.domain.factories import DR_ADEYEMI, DR_KOWALSKI, DR_MORGAN, DR_SHAH, activity, plan, policy
from workflows.domain.roles import Role
from workflows.domain.signatures import signatories, voided_by

CHIEF = 9
HOLDERS = {
    Role.CLINICAL_MANAGER: [DR_ADEYEMI],
    Role.AMD: [DR_KOWALSKI],
    Role.MEDICAL_DIRECTOR: [DR_MORGAN],
    Role.CHIEF_EXECUTIVE: [CHIEF],
}


@pytest.mark.clause("CPFT-7.5-a")
def test_in_cumbria_doctor_and_clinical_manager_sign_in_this_order() -> None:
    assert signatories(policy("cumbria"), DR_SHAH, HOLDERS) == [
        (Role.PRACTITIONER, DR_SHAH),
        (Role.CLINICAL_MANAGER, DR_ADEYEMI),
    ]


@pytest.mark.clause("BTH-App5-f")
def test_in_blackpool_the_divisional_director_signs_third() -> None:
    assert [person for _, person in signatories(policy("blackpool"), DR_SHAH, HOLDERS)] == [
        DR_SHAH, DR_ADEYEMI, DR_KOWALSKI,
    ]  # fmt: skip


def test_nobody_signs_their_own_plan_as_manager_and_nobody_signs_twice() -> None:
    assert signatories(policy("blackpool"), DR_ADEYEMI, HOLDERS) == [
        (Role.PRACTITIONER, DR_ADEYEMI),
        (Role.CLINICAL_MANAGER, DR_KOWALSKI),
        (Role.AMD, DR_MORGAN),
    ]


def test_a_second_holder_of_the_post_comes_before_the_stand_in() -> None:
    shared = HOLDERS | {Role.CLINICAL_MANAGER: [DR_SHAH, DR_ADEYEMI]}
    assert signatories(policy("cumbria"), DR_SHAH, shared)[1] == (Role.CLINICAL_MANAGER, DR_ADEYEMI)


def test_a_medical_director_who_is_a_party_is_passed_over() -> None:
    one_hat = {Role.CLINICAL_MANAGER: [DR_MORGAN], Role.AMD: [DR_MORGAN]} | {
        Role.MEDICAL_DIRECTOR: [DR_MORGAN],
        Role.CHIEF_EXECUTIVE: [CHIEF],
    }
    assert signatories(policy("cumbria"), DR_MORGAN, one_hat)[1] == (Role.CLINICAL_MANAGER, CHIEF)


def test_a_vacant_post_is_left_to_be_filled() -> None:
    vacant = HOLDERS | {Role.CLINICAL_MANAGER: []}
    assert signatories(policy("cumbria"), DR_SHAH, vacant)[1] == (Role.CLINICAL_MANAGER, None)


def test_the_end_of_the_chain_is_left_to_be_filled() -> None:
    alone = {Role.CLINICAL_MANAGER: [DR_SHAH]}
    assert signatories(policy("cumbria"), DR_SHAH, alone)[1] == (Role.CLINICAL_MANAGER, None)


def test_an_edit_voids_only_the_signatures_that_cover_it() -> None:
    old = plan(activity("clinic"), notes="Draft").section_hashes()
    new = plan(activity("clinic"), notes="Final").section_hashes()
    assert voided_by(old, new, policy("blackpool").covers) == {
        "practitioner": ("notes",),
        "clinical_manager": ("notes",),
    }


def test_an_edit_of_an_activity_voids_all_three_and_says_which_section() -> None:
    old = plan(activity("clinic")).section_hashes()
    new = plan(activity("clinic", pas="2")).section_hashes()
    assert voided_by(old, new, policy("blackpool").covers) == dict.fromkeys(
        ("practitioner", "clinical_manager", "amd"), ("dcc",)
    )


def test_saving_without_a_change_voids_nothing() -> None:
    hashes = plan(activity("clinic")).section_hashes()
    assert voided_by(hashes, dict(hashes), policy("blackpool").covers) == {}
