"""The screens that are made by hand, filled in as people would: the plan's lines, who took part, what is needed."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, expect

from tests.journeys.visitor import Visitor
from workflows.domain.plan import CATEGORIES, PARTS, STATEMENTS

Whole = Mapping[str, Mapping[str, str] | str]
"""A plan to be typed: for each kind of activity its one line, or the reason why there is none."""
WANTED = ("duties", "objectives", "resources", "leave")
"""The parts that a policy wants, beside the kinds of activity."""
BOXES = {"title": "What", "start": "Start", "end": "End", "place": "Place", "pas": "PAs a week"}
TEACHING = {
    "title": "Teaching clinic",
    "day": "Thursday",
    "start": "14:00",
    "end": "16:00",
    "place": "Penrith",
    "pas": "0.5",
}


def kind(at: Visitor, category: str) -> Locator:
    """The part of the plan editor for one kind of activity."""
    return at.main.get_by_role("group", name=re.compile(rf"^\s*{re.escape(CATEGORIES[category])}\s+[\d.]+ PAs"))


def lines(at: Visitor, category: str) -> Locator:
    """The lines of that kind."""
    return kind(at, category).get_by_role("group", name=re.compile(r", line \d+$"))


def add_line(at: Visitor, category: str, **values: str) -> None:
    """One more line. The first of a kind comes from the server, further ones without a page."""
    there = lines(at, category).count()
    kind(at, category).get_by_role("button", name=re.compile("^Add a line")).click()
    expect(lines(at, category)).to_have_count(there + 1)
    fill_line(lines(at, category).nth(there), **values)


def fill_line(line: Locator, **values: str) -> None:
    """The boxes of one line."""
    for key, value in values.items():
        if key == "day":
            line.get_by_role("combobox", name="Day").select_option(label=value)
        else:
            line.get_by_role("textbox", name=BOXES[key], exact=True).fill(value)


RESTS = {
    "details": "Description",
    "evidence": "Evidence: what shows it, and where is that?",
    "need": "Which need of the organisation does it serve?",
}


def rest_line(line: Locator, *, agreed: bool = False, **values: str) -> None:
    """What a line rests on, where the trust asks for it."""
    grounds = line.locator("details").filter(has_text="What it rests on")
    if grounds.get_attribute("open") is None:
        line.get_by_text("What it rests on").click()
    for key, value in values.items():
        grounds.get_by_role("textbox", name=RESTS[key], exact=True).fill(value)
    if agreed:
        grounds.get_by_role("combobox", name="Discussed and agreed at the meeting?").select_option(label="Yes")


def does_not_apply(at: Visitor, section: str, reason: str) -> None:
    """Say why there are no lines of that kind, or no rows of that part."""
    there = at.main.locator(f"#part-{section}") if section in PARTS else kind(at, section)
    there.get_by_role("textbox", name=re.compile("why does this not apply|“None” will do")).fill(reason)


def state(at: Visitor, **said: str) -> None:
    """What a plan states once, by the key of the statement."""
    statements = at.main.locator("#part-statements")
    if statements.locator("details").first.get_attribute("open") is None:
        statements.locator("summary").first.click()
    for key, words in said.items():
        label = next(each.label for each in STATEMENTS if each.key == key)
        statements.get_by_role("textbox", name=re.compile(rf"^{re.escape(label)}")).fill(words)


def fill_plan(at: Visitor, plan: Whole) -> None:
    """A whole plan from nothing."""
    for section, said in plan.items():
        if isinstance(said, str):
            does_not_apply(at, section, said)
        else:
            add_line(at, section, **said)
    for part in WANTED:
        does_not_apply(at, part, "As last year")
    state(at, private_work="None", conflict_of_interest="None")


REVIEW: Mapping[str, Any] = {
    "review_achievement": "Two posts were vacant",
    "review_objectives": "The audit is done",
    "review_duties": "None",
    "review_workload": "Fewer letters",
    "review_career": "A course next year",
    "next_objectives": "See new patients sooner",
    "next_plan": "One more clinic",
    "next_resources": "None",
}
"""What is said of the past year and the next where an earlier plan is reviewed."""


def look_back(at: Visitor) -> None:
    """Say of each supporting activity and objective of the plan so far what came of it."""
    asked = re.compile("^(What came of it in the year|How far was it met)")
    for box in at.main.get_by_role("textbox", name=asked).all():
        box.fill("Done as planned")


def note_who_took_part(at: Visitor, away: Mapping[str, str]) -> None:
    """Everybody who is expected was there, but those who are away for a reason, by the words of their group."""
    rows = at.main.get_by_role("group", name=re.compile(r"^Person \d+$"))
    for row in rows.all():
        group = row.get_by_role("combobox", name="Group").locator("option:checked").inner_text()
        name = row.get_by_role("textbox", name="Name")
        if not name.input_value():
            name.fill("Nobody yet")
        row.get_by_role("radio", name="No" if group in away else "Yes", exact=True).check()
        if group in away:
            row.get_by_role("textbox", name=re.compile("^If not")).fill(away[group])


def note_needs(at: Visitor, *needs: tuple[str, str, str]) -> None:
    """What the team and the service need, the objective that it serves, and who leads."""
    rows = at.main.get_by_role("group", name=re.compile(r"^Need \d+$"))
    for number, (need, objective, lead) in enumerate(needs):
        row = rows.nth(number)
        row.get_by_role("textbox", name="What is needed").fill(need)
        row.get_by_role("textbox", name=re.compile("^Trust objective")).fill(objective)
        row.get_by_role("textbox", name="Who leads").fill(lead)


def return_section(at: Visitor, section: str, reason: str) -> None:
    """The directorate's reason for one section of a plan that it sends back."""
    at.main.get_by_text("Return the plan: say what each section needs").click()
    at.main.get_by_role("textbox", name=re.compile(rf"“{re.escape(section)}”")).fill(reason)


def dispute(at: Visitor, part: str, *, doctor: tuple[str, str], manager: tuple[str, str], reason: str) -> None:
    """The first point in dispute: what each side wants of a part of the plan, in words and in PAs."""
    point = at.main.get_by_role("group", name="Point 1")
    box = point.get_by_role("combobox", name="Which part of the plan?")
    box.select_option(label=box.get_by_role("option").filter(has_text=part).first.inner_text())
    for side, (words, pas) in (("doctor", doctor), ("manager", manager)):
        point.get_by_role("textbox", name=f"What the {side} wants").fill(words)
        point.get_by_role("textbox", name=f"PAs a week, as the {side} wants").fill(pas)
    point.get_by_role("textbox", name="Why they differ").fill(reason)


def rule(at: Visitor, title: str, stands: str, **otherwise: str) -> None:
    """What is to stand of a point; `otherwise` are `words` and `pas` of what neither side wanted."""
    point = at.main.get_by_role("group", name=title, exact=True)
    point.get_by_role("radio", name=stands).check()
    if otherwise:
        point.get_by_role("textbox", name="If otherwise: what is to stand?").fill(otherwise["words"])
        point.get_by_role("textbox", name="If otherwise: PAs a week").fill(otherwise["pas"])
