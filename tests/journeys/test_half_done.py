"""What happens to work that is left, done twice, done by two, or done wrong: nothing that was typed is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys import drawn
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.people import CPFT, DOCTORS
from tests.journeys.studio_world import OWNER
from tests.journeys.visitor import COMPLETE, SAVE, Visitor

COLLEAGUE, MANAGER = CPFT["colleague"], CPFT["manager"]
STEP = "prepare_review"
GONE = "This step is no longer waiting"
ANSWERS = {"effect_on_service": "One clinic moves to Thursday", "effect_on_team": "Somebody covers the ward round"}


def box(at: Visitor, key: str) -> str:
    """What stands in a box."""
    label = re.compile(rf"^\s*{re.escape(drawn.question(STEP, key).label)}")
    return at.main.get_by_role("textbox", name=label).input_value()


@pytest.mark.slow
def test_a_step_that_is_saved_half_filled_waits_with_what_was_typed(
    planned: Site, somebody: Callable[[Site], Person]
) -> None:
    doctor = somebody(planned)(DOCTORS[0]).take(STEP)
    doctor.answer(STEP, effect_on_service=ANSWERS["effect_on_service"])
    doctor.press(SAVE)
    doctor.sees("is saved", "Draft saved")
    doctor.take(STEP).sees("You saved this on")
    assert box(doctor, "effect_on_service") == ANSWERS["effect_on_service"]
    doctor.answer(STEP, effect_on_team=ANSWERS["effect_on_team"])
    doctor.complete(STEP)


@pytest.mark.slow
def test_in_two_windows_the_second_is_told_and_keeps_its_words(
    planned: Site, somebody: Callable[[Site], Person]
) -> None:
    first = somebody(planned)(DOCTORS[1]).take(STEP)
    second = first.window().open(first.page.url)
    first.answer(STEP, effect_on_service="From the first window")
    first.press(SAVE)
    second.answer(STEP, effect_on_service="From the second window")
    second.press(SAVE)
    second.reads(drawn.name(STEP))
    second.sees("Nothing is lost")
    assert box(second, "effect_on_service") == "From the second window"
    first.take(STEP).answer(STEP, **ANSWERS)
    first.complete(STEP)
    second.press(COMPLETE)
    second.reads(GONE)
    second.sees("already been completed", "What you had entered", "From the second window")
    second.follow("Open the case").sees("Draft the plan")


@pytest.mark.slow
def test_a_step_completed_a_second_time_after_going_back_says_that_it_is_done(
    planned: Site, somebody: Callable[[Site], Person]
) -> None:
    doctor = somebody(planned)(DOCTORS[2]).take(STEP)
    step = doctor.page.url
    doctor.answer(STEP, **ANSWERS)
    doctor.complete(STEP)
    with doctor.arriving():
        doctor.page.go_back(wait_until="commit")
    doctor.reads(GONE)
    doctor.open(step, status=409).reads(GONE)
    doctor.follow("Go to my steps").sees("Draft the plan")


@pytest.mark.slow
def test_back_to_a_form_that_was_sent_back_with_a_complaint_opens_the_form(
    studio: Site, somebody: Callable[[Site], Person]
) -> None:
    owner = somebody(studio)(OWNER).open("/studio/drafts/new")
    owner.press("Begin this draft").sees("There is a problem")
    owner.main.get_by_role("textbox", name="What is this draft about?").fill("Told twice")
    owner.press("Begin this draft").reads("Told twice")
    with owner.arriving():
        owner.page.go_back(wait_until="commit")
    owner.reads("Begin a draft")
    assert not owner.main.get_by_text("There is a problem").count()


@pytest.mark.slow
def test_the_wrong_person_neither_sees_nor_completes_a_step(planned: Site, somebody: Callable[[Site], Person]) -> None:
    as_ = somebody(planned)
    step = as_(DOCTORS[3]).take(STEP).page.url.removeprefix(planned.url)
    stranger, manager = as_(COLLEAGUE), as_(MANAGER)
    assert stranger.get(step).status in {403, 404}
    assert manager.get(step).status in {403, 404}, "the manager follows the case and does not act for the doctor"
    assert drawn.name(STEP) not in manager.waiting()
    case = manager.open("/cases").follow(DOCTORS[3])
    case.sees(drawn.name(STEP), DOCTORS[3])
    assert not case.main.get_by_role("link", name=f"Do this step: {drawn.name(STEP)}").count()


@pytest.mark.slow
def test_an_empty_form_comes_back_with_a_list_of_problems_that_has_the_focus_and_keeps_what_was_typed(
    planned: Site, somebody: Callable[[Site], Person]
) -> None:
    doctor = somebody(planned)(DOCTORS[4]).take(STEP)
    doctor.press(COMPLETE)
    first, second = (drawn.question(STEP, key).label for key in ("effect_on_service", "effect_on_team"))
    told = doctor.problems()
    assert [first in told[0], second in told[1]] == [True, True], told
    doctor.page.get_by_role("link", name=told[1]).click()
    expect(doctor.main.get_by_role("textbox", name=re.compile(re.escape(second)))).to_be_focused()
    doctor.answer(STEP, effect_on_service=ANSWERS["effect_on_service"], evidence="A diary of March")
    doctor.press(COMPLETE)
    assert len(doctor.problems()) == 1
    assert box(doctor, "effect_on_service") == ANSWERS["effect_on_service"]
    assert box(doctor, "evidence") == "A diary of March"
    doctor.answer(STEP, effect_on_team=ANSWERS["effect_on_team"])
    doctor.complete(STEP)
