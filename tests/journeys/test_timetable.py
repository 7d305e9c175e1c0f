"""A job plan built in its week: by the mouse, by the keyboard alone, and without JavaScript.

The terms are Cumbria's: 4 hours a PA from 07:00 to 19:00 on weekdays, 3 hours a PA otherwise, 42 weeks in attendance.
"""

import json
import re
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from tests.journeys import crafted, rules
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.people import DOCTORS
from tests.journeys.test_without import FOCUSED, add_by_form, tab_to
from tests.journeys.visitor import COMPLETE, Visitor

BY_MOUSE, BY_KEYS, BY_FORM, BY_TELEPHONE = DOCTORS[7:11]
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
WHY_THEN = "Evening, night or weekend: why then?"
FINGER = 24
"""Pixels that a finger hits."""
NONE: dict[str, Any] = {"effect_on_service": "None", "effect_on_team": "None"}


def week(at: Visitor) -> Locator:
    """The timetable."""
    return at.main.get_by_role("region", name="The week")


def line(at: Visitor, title: str) -> Locator:
    """A line in the timetable."""
    return week(at).get_by_role("button", name=re.compile(rf"^{title}\s"))


def column(at: Visitor, day: int) -> Locator:
    """A day of the timetable."""
    return week(at).locator(".app-tt__column").nth(day)


def says(at: Visitor, words: str) -> None:
    """The timetable says this to whoever does not see it."""
    expect(week(at).get_by_role("status")).to_have_text(words)


def comes_to(at: Visitor, kind: str, *figures: str) -> None:
    """The row of a kind of activity: PAs and hours a week, PAs and hours a year."""
    row = at.main.get_by_role("region", name="What the plan comes to").get_by_role("row", name=re.compile(rf"{kind}\s"))
    expect(row.locator(".app-table__value")).to_have_text([kind, *figures])


def kept(site: Site, doctor: str) -> dict[str, tuple[str, str, str, str]]:
    """The lines of a doctor's draft as the database has them: day, start, end and PAs, exactly, by title."""
    with sqlite3.connect(site.folder / "accord.sqlite3") as database:
        [content] = database.execute(
            "select v.content from plan_version v join person p on p.id = v.person_id where p.name = ?", [doctor]
        ).fetchone()
    return {
        each["title"]: (each["day"], each["start"], each["end"], each["pas"])
        for each in json.loads(content)["activities"]
    }


# ---------------------------------------------------------------------------------------------------------- by mouse


def press_hour(at: Visitor, day: int, hour: int, title: str, kind: str = "Direct clinical care") -> None:
    """Press an empty hour, and name the line that begins there. The grid begins at 07:00."""
    tall = 44
    column(at, day).click(position={"x": 30, "y": (hour - 7) * tall + 6})
    ask = at.page.get_by_role("dialog", name="A new line")
    expect(ask.get_by_label("Start")).to_have_value(f"{hour:02}:00")
    ask.get_by_label("What is it?").fill(title)
    ask.get_by_label("Kind of activity").select_option(label=kind)
    ask.get_by_role("button", name="Add it to the plan").click()
    expect(line(at, title)).to_be_focused()


def place_of(shown: Locator) -> FloatRect:
    """Where something stands in the window."""
    box = shown.bounding_box()
    assert box is not None
    return box


def drag(at: Visitor, title: str, *, days: int = 0, hours: float = 0, by_edge: bool = False) -> None:
    """Drag a line, or its lower edge."""
    week(at).locator(".app-tt__grid").evaluate("grid => grid.scrollIntoView()")
    box, wide = place_of(line(at, title)), place_of(column(at, MONDAY))
    x, y = box["x"] + box["width"] / 2, box["y"] + (box["height"] - 4 if by_edge else 20)
    at.page.mouse.move(x, y)
    at.page.mouse.down()
    at.page.mouse.move(x + days * wide["width"] / 2, y + hours * 22, steps=4)
    at.page.mouse.move(x + days * wide["width"], y + hours * 44, steps=4)
    at.page.mouse.up()


def deed(at: Visitor, words: str) -> None:
    """Press a button of the chosen line."""
    week(at).get_by_role("group", name="The chosen line").get_by_role("button", name=words).click()


def add_and_stretch(at: Visitor) -> None:
    """A ward round that is dragged, and a theatre list that is stretched past the hours that are shown."""
    press_hour(at, MONDAY, 9, "Ward round")
    drag(at, "Ward round", days=1, hours=1)
    says(at, "Ward round: Tuesday 10:00 to 14:00.")
    press_hour(at, WEDNESDAY, 13, "Theatre")
    drag(at, "Theatre", hours=2, by_edge=True)
    says(at, "Theatre: Wednesday 13:00 to 19:00.")
    for _ in range(4):
        deed(at, "Longer")
    says(at, "Theatre: Wednesday 13:00 to 20:00.")


def overlap_and_part(at: Visitor) -> None:
    """A clinic that is dragged over the ward round, and away from it."""
    press_hour(at, TUESDAY, 15, "Clinic")
    drag(at, "Clinic", hours=-3)
    says(at, "Clinic: Tuesday 12:00 to 16:00. Clashes with Ward round.")
    expect(line(at, "Ward round")).to_contain_text("Clash with Clinic")
    first, second = place_of(line(at, "Ward round")), place_of(line(at, "Clinic"))
    assert first["x"] + first["width"] <= second["x"] + 1, "they are side by side"
    drag(at, "Clinic", days=2)
    says(at, "Clinic: Thursday 12:00 to 16:00.")


def remove_and_undo(at: Visitor) -> None:
    """Supporting activities that are taken out and brought back."""
    press_hour(at, FRIDAY, 9, "Audit", "Supporting professional activities")
    deed(at, "Remove it")
    expect(line(at, "Audit")).to_have_count(0)
    week(at).get_by_role("button", name="Undo").click()
    says(at, "Undone. Audit is back.")


@pytest.mark.slow
@pytest.mark.clause("BTH-3.2.2", "BTH-3.2.8")
def test_a_plan_is_built_by_the_mouse_and_its_figures_are_right_to_the_fraction(
    planned: Site, somebody: Callable[[Site], Person]
) -> None:
    doctor = somebody(planned)(BY_MOUSE)
    doctor.do("prepare_review", **NONE)
    doctor.take("draft_plan")
    week(doctor).scroll_into_view_if_needed()
    add_and_stretch(doctor)
    overlap_and_part(doctor)
    remove_and_undo(doctor)

    # Ward round and clinic: 4 h / 4 = 1 each. Theatre: 13 to 19 is 6 h / 4 = 3/2, 19 to 20 is 1 h / 3 = 1/3. Audit: 1.
    comes_to(doctor, "Direct clinical care", "3.833 (23/6)", "15", "161", "630")
    comes_to(doctor, "Altogether", "4.833 (29/6)", "19", "203", "798")
    doctor.sees("Wednesday 19:00 to 20:00: 1 h premium at 3 h a PA = 0.333 (1/3) PA", "5.167 less than contracted")
    expect(crafted.lines(doctor, "dcc").nth(1)).to_contain_text("1.833 PAs, from its times")
    rules.look_closely(doctor.page)

    doctor.complete("draft_plan")
    assert kept(planned, BY_MOUSE) == {
        "Ward round": ("tuesday", "10:00", "14:00", "1"),
        "Theatre": ("wednesday", "13:00", "20:00", "11/6"),
        "Clinic": ("thursday", "12:00", "16:00", "1"),
        "Audit": ("friday", "09:00", "13:00", "1"),
    }


# ---------------------------------------------------------------------------------------------------------- by keys


def keys(at: Visitor, *pressed: str) -> None:
    """Press keys one after the other."""
    for key in pressed:
        at.page.keyboard.press(key)


def name_by_keys(at: Visitor, title: str, *, kind: str, start: str, end: str) -> None:
    """Add a line to the week."""
    tab_to(at, "Add a line")
    keys(at, "Enter")
    assert at.page.evaluate(FOCUSED) == "What is it?"
    at.page.keyboard.type(title)
    for box, typed in (("Kind of activity", kind), ("Start", start), ("End", end)):
        tab_to(at, box)
        at.page.keyboard.type(typed)
    keys(at, "Enter")
    expect(line(at, title)).to_be_focused()


def open_boxes_by_keys(at: Visitor, title: str, *, often: str, which: str) -> None:
    """From the line in the week to its boxes, and say there how often it is."""
    tab_to(at, title)
    keys(at, "Enter")
    assert at.page.evaluate(FOCUSED) == "What"
    tab_to(at, "More about it")
    keys(at, "Enter")
    for box, typed in (("How often", often), ("If not every week", which)):
        tab_to(at, box)
        at.page.keyboard.type(typed)


@pytest.mark.slow
def test_a_plan_is_built_by_the_keyboard_alone(planned: Site, browsers: Callable[..., Visitor]) -> None:
    doctor = browsers(planned).sign_in(BY_KEYS)
    doctor.do("prepare_review", **NONE)
    doctor.take("draft_plan")

    name_by_keys(doctor, "Night on call", kind="On-call", start="18:30", end="23:00")
    says(doctor, "Added. Night on call: Monday 18:30 to 23:00.")
    keys(doctor, "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown")
    says(doctor, "Night on call: Wednesday 19:00 to 00:00.")
    keys(doctor, *["Shift+ArrowDown"] * 4)
    says(doctor, "Night on call: Wednesday 19:00 to 01:00.")
    keys(doctor, "Delete")
    says(doctor, "Night on call is removed. You can undo this.")
    keys(doctor, "Tab", "Enter")
    says(doctor, "Undone. Night on call is back.")

    # 19:00 to 24:00 is 5 h / 3, and 00:00 to 01:00 is 1 h / 3: 2 PAs; in one week of four a half.
    comes_to(doctor, "On-call", "2", "6", "84", "252")
    open_boxes_by_keys(doctor, "Night on call", often="Every so", which="2 of 4")
    comes_to(doctor, "On-call", "0.5", "1.5", "21", "63")
    rules.look_closely(doctor.page)
    tab_to(doctor, COMPLETE)
    with doctor.arriving():
        keys(doctor, "Enter")
    doctor.sees("You have completed")
    assert kept(planned, BY_KEYS) == {"Night on call": ("wednesday", "19:00", "01:00", "0.5")}


# ------------------------------------------------------------------------------------------------- without JavaScript


@pytest.mark.slow
def test_a_plan_is_built_and_worked_out_without_javascript(planned: Site, browsers: Callable[..., Visitor]) -> None:
    doctor = browsers(planned, java_script_enabled=False).sign_in(BY_FORM)
    doctor.do("prepare_review", **NONE)
    doctor.take("draft_plan")
    expect(week(doctor)).to_be_hidden()
    add_by_form(doctor, "dcc")
    crafted.fill_line(crafted.lines(doctor, "dcc").first, title="Clinic", day="Friday", start="16:00", end="20:00")
    add_by_form(doctor, "spa")
    teaching = crafted.lines(doctor, "spa").first
    crafted.fill_line(teaching, title="Appraisals", day="Monday", start="09:00", end="12:00")
    teaching.get_by_text("More about it").click()
    teaching.get_by_role("combobox", name="How often").select_option(label="So many times a year")
    teaching.get_by_role("textbox", name=re.compile("^If not every week")).fill("14")
    add_by_form(doctor, "dcc")
    broken = crafted.lines(doctor, "dcc").nth(1)
    crafted.fill_line(broken, title="List", day="Tuesday", start="at noon", end="17:00")

    doctor.press("Work out the totals")
    # Clinic: 16 to 19 is 3 h / 4, 19 to 20 is 1 h / 3: 13/12. Appraisals: 14 times 3 h / 4 over 42 weeks: 1/4.
    comes_to(doctor, "Direct clinical care", "1.083 (13/12)", "4", "45.5", "168")
    comes_to(doctor, "Supporting professional activities", "0.25", "1", "10.5", "42")
    comes_to(doctor, "Altogether", "1.333 (4/3)", "5", "56", "210")
    doctor.sees(
        "Not reckoned with", "List: the time must be like 09:30", "The year, week by week", "56 PAs a year count"
    )

    expect(broken).to_contain_text("Start: the time must be like 09:30")
    expect(crafted.lines(doctor, "dcc").first.locator("[data-premium]")).to_contain_text("Part of this is premium time")
    expect(crafted.lines(doctor, "dcc").first.get_by_role("combobox", name=WHY_THEN)).to_be_visible()

    crafted.fill_line(broken, start="12:00", end="17:00")
    doctor.press("Work out the totals")
    comes_to(doctor, "Altogether", "2.583 (31/12)", "10", "108.5", "420")
    doctor.complete("draft_plan")
    assert {title: pas for title, (*_, pas) in kept(planned, BY_FORM).items()} == {
        "Clinic": "13/12",
        "Appraisals": "0.25",
        "List": "1.25",
    }


# -------------------------------------------------------------------------------------------------- on a telephone


def say_of_a_late_line(at: Visitor) -> None:
    """A line that cannot be read yet, and once it can lies in the last quarter of an hour of Monday."""
    crafted.add_line(at, "dcc", title="Handover", day="Monday", start="23:45", end="24:00")
    written = crafted.lines(at, "dcc").last
    expect(written).to_contain_text("End: the time must be like 09:30; midnight is 00:00.")
    expect(written.get_by_role("combobox", name=WHY_THEN)).to_be_hidden()
    crafted.fill_line(written, end="00:00")
    expect(written.locator("[data-unread]")).to_be_hidden()
    expect(written.get_by_text("All of this is premium time")).to_be_visible()
    expect(written.get_by_role("combobox", name=WHY_THEN)).to_be_visible()
    expect(line(at, "Handover")).to_be_visible()
    assert place_of(line(at, "Handover"))["height"] >= FINGER
    line(at, "Handover").tap()
    week(at).get_by_role("button", name="Remove it").tap()


@pytest.mark.slow
def test_a_telephone_shows_a_day_at_a_time_and_the_weeks_of_a_cycle(
    planned: Site, browsers: Callable[..., Visitor]
) -> None:
    doctor = browsers(planned, has_touch=True).sign_in(BY_TELEPHONE)
    doctor.do("prepare_review", **NONE)
    doctor.take("draft_plan")
    doctor.page.set_viewport_size(rules.TELEPHONE)
    for title, often, which in (("Clinic", "weeks", "1 of 2"), ("Theatre", "weeks", "2 of 2"), ("Talks", "year", "14")):
        crafted.add_line(doctor, "dcc", title=title, day="Monday", start="09:00", end="13:00")
        written = crafted.lines(doctor, "dcc").last
        written.get_by_text("More about it").tap()
        written.get_by_role("combobox", name="How often").select_option(often)
        written.get_by_role("textbox", name=re.compile("^If not every week")).fill(which)

    say_of_a_late_line(doctor)
    expect(week(doctor).get_by_text("Clash")).to_have_count(0)
    expect(week(doctor).get_by_role("listitem").filter(has_text="14 times a year")).to_contain_text("Talks")
    week(doctor).get_by_label("Show").select_option(label="Week 2 of 2")
    expect(line(doctor, "Clinic")).to_have_count(0)
    line(doctor, "Theatre").tap()
    week(doctor).get_by_role("button", name="Day after").tap()
    says(doctor, "Theatre: Tuesday 09:00 to 13:00, week 2 of 2.")
    expect(week(doctor).get_by_role("button", name=re.compile("^Tuesday"))).to_have_attribute("aria-pressed", "true")
    expect(week(doctor).get_by_role("group", name="Monday")).to_be_hidden()
    # Clinic and theatre are 21 times a year each, the talks 14 times: 56 PAs, over 42 weeks 4/3.
    comes_to(doctor, "Direct clinical care", "1.333 (4/3)", "5.333 (16/3)", "56", "224")
    rules.look_closely(doctor.page)
