"""The demonstration's front page lets a visitor play every role: a first-time user of each finds a step, and completes
it with what its form asks; whoever has none by nature is told what there is to see and do."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.factories import NOW
from tests.webapp.apps import kept_app
from tests.webapp.page import Element, Page
from tests.webapp.visitor import Visitor
from webapp.presenters.idle import idle
from webapp.presenters.personas import LOOKS_ON
from workflows import releases
from workflows.domain.policy import read_policy
from workflows.domain.roles import Role
from workflows.engine import releases as read_releases
from workflows.seeding.cast import BLACKPOOL, CUMBRIA, Company

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("standstill")]

ASKED = (
    "practitioner", "clinical_manager", "service_manager", "amd", "medical_director", "medical_directorate",
    "hr_workforce", "chief_executive", "board_secretary", "mediator", "panel_chair", "panel_member",
)  # fmt: skip
"""The roles to which the shipped diagrams give something to do."""
TRUSTS = pytest.mark.parametrize("company", [CUMBRIA, BLACKPOOL], ids=lambda company: company.key)
TODAY = {"day": NOW.day, "month": NOW.month, "year": NOW.year}


class Persona(NamedTuple):
    """Somebody on the front page: what stands there, and where their button leads."""

    name: str
    posts: str
    finds: str
    button: str


@pytest.fixture
def visitor(whole_demonstration: Path, place: Path) -> Visitor:
    """Somebody who has just come to a site of their own, and has seen nothing but its front page."""
    app = kept_app(f"sqlite:///{shutil.copy(whole_demonstration, place / 'site.sqlite3')}")
    read_releases.forget()
    visitor = Visitor(app)
    assert visitor.open("/").heading == "Sign in"
    return visitor


@TRUSTS
@pytest.mark.parametrize("role", ASKED)
def test_a_first_time_user_of_each_role_finds_their_step_and_completes_it(
    visitor: Visitor, company: Company, role: str
) -> None:
    [persona, *_] = [one for one in listed(visitor.page, company, "Something waits") if holds(one, company, role)]
    visitor.send(persona.button, {})
    step = next(link for link in visitor.page.links if link.startswith("/steps/"))
    name = visitor.open(step).heading
    assert name in persona.finds, "the front page has promised it"
    assert ("You stand in for the " if role == "medical_director" else "You are asked as ") in visitor.page.text
    own = "The policy says why:" in visitor.page.text
    assert own is (f" {company.key} " in visitor.page.text), "clauses of others are not called the policy"
    if "Claim this step" in visitor.page.text:
        visitor.send(f"{step}/claim", {})
    visitor.change("complete", answers(visitor.page))
    assert f"You have completed “{name}”" in visitor.page.text


@TRUSTS
@pytest.mark.parametrize(
    ("role", "promised", "told"),
    [
        ("finance", "Reads the job plans in force.", "You read the job plans that are in force"),
        ("nursing_quality_manager", "Follows the cases of the team.", "You follow your team"),
    ],
)
def test_whoever_has_no_step_by_nature_is_told_what_there_is(
    visitor: Visitor, company: Company, role: str, promised: str, told: str
) -> None:
    [persona] = [one for one in listed(visitor.page, company, "Nothing waits") if holds(one, company, role)]
    assert persona.finds == promised
    page = visitor.send(persona.button, {})
    assert "Nothing waits for you" in page.text
    assert told in page.text


@pytest.mark.parametrize(
    ("role", "promised", "told"),
    [
        (Role.CHIEF_EXECUTIVE, "Comes in when a doctor appeals", "you name the chair of the panel"),
        (Role.BOARD_SECRETARY, "Comes in when an appeal goes to the board", "you record what the board decides"),
    ],
)
def test_whoever_comes_in_with_an_appeal_is_told_for_what_while_there_is_none(
    role: Role, promised: str, told: str
) -> None:
    assert LOOKS_ON[role].startswith(promised)
    assert told in " ".join(idle({role}, ()).words)


@TRUSTS
def test_finance_comes_to_a_plan_in_force_by_what_it_is_told(visitor: Visitor, company: Company) -> None:
    [persona] = [one for one in listed(visitor.page, company, "Nothing waits") if holds(one, company, "finance")]
    visitor.send(persona.button, {})
    for beginning in ("/teams", "/teams/", "/plans/"):
        visitor.open(next(link for link in visitor.page.links if link.startswith(beginning)))
    assert visitor.page.heading.startswith("The job plan of") or "job plan" in visitor.page.heading.lower()


@TRUSTS
def test_the_front_page_says_of_everybody_what_waits_for_them(visitor: Visitor, company: Company) -> None:
    front = visitor.page
    for persona in listed(front, company, "Something waits"):
        page = sign_in(visitor, persona)
        waiting = [page.text_of(link) for link in page.root.iter("a") if link.get("href", "").startswith("/steps/")]
        assert {name for name in waiting if name in persona.finds}, persona
        assert persona.finds.startswith(waiting[0])
    for persona in listed(front, company, "Nothing waits"):
        assert "Nothing waits for you" in sign_in(visitor, persona).text, persona


def sign_in(visitor: Visitor, persona: Persona) -> Page:
    """Sign in as somebody from the front page, in place of whoever was there."""
    visitor.client.delete_cookie("accord")
    visitor.open("/sign-in")
    return visitor.send(persona.button, {})


def listed(page: Page, company: Company, heading: str) -> Iterator[Persona]:
    """The personas of a trust under a heading of the front page."""
    [house] = [each for each in page.root.iter("section") if page.text_of(each.find("h2")) == company.name]
    inside = list(house)
    places = [number for number, each in enumerate(inside) if page.text_of(each).startswith(heading)]
    for item in inside[places[0] + 1]:
        button = next(item.iter("form")).get("action", "")
        name, posts, finds = (page.text_of(each) for each in next(iter(item)))
        yield Persona(name, posts, finds, button)


def holds(persona: Persona, company: Company, role: str) -> bool:
    """Whether somebody holds a role and no other, but for disputes in which they mediate."""
    policy = read_policy(company.policy, releases.shipped_files(company.policy))
    return re.fullmatch(rf"{policy.title(role)}(, [^;]*)?(; {policy.title('mediator')})?", persona.posts) is not None


def answers(page: Page) -> dict[str, str | list[str]]:
    """An answer to each question of the open step that has none and wants one: the first choice, everybody who may have
    been there, today, a few words."""
    form = next(each for each in page.root.iter("form") if each.get("id") == "step-form")
    labels = {label.get("for"): page.text_of(label) for label in form.iter("label")}
    sent = page.values()
    found: dict[str, str | list[str]] = {}
    for box in form.iter():
        name, kind = box.get("name"), box.get("type", box.tag)
        if not name or kind in {"hidden", "submit", "checkbox"} or any(sent.get(name, [])) or is_optional(box, labels):
            continue
        found.setdefault(name, box.get("value", "") if kind == "radio" else typed(name))
    people = [box for box in form.iter("input") if box.get("name", "").endswith("_present")]
    return found | {box.get("name", ""): [one.get("value", "") for one in people] for box in people}


def is_optional(box: Element, labels: dict[str | None, str]) -> bool:
    """Whether a question says that it may be left."""
    return "(optional)" in labels.get(box.get("id"), "")


def typed(name: str) -> str:
    """What somebody types into a box: a part of today's date, or a few words."""
    return str(TODAY.get(name.rpartition("-")[2], "As we said."))
