"""A diagram of a draft on the canvas: given to the script that draws it, kept as it is drawn, and checked each time."""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.factories import NOW, World, add_account, add_person, add_post
from tests.webapp.apps import Store
from tests.webapp.studio_cast import begun
from tests.webapp.visitor import Visitor
from workflows.cases import Actor
from workflows.store.models import Person
from workflows.studio import drafts

Visit = Callable[[Person], Visitor]
PATH = "processes/mediation.bpmn"
POLICY = "policies/cumbria.toml"
NEW_DEADLINE = """
[deadlines.explaining]
title = "Explaining the decision"
clause = "CPFT-7.8.5-b"
kind = "after"
start = "outcome_given_date"
start_words = "The outcome was given on {date}."
length = "10 working days"
strength = "normally"
effect = "late"
"""
GIVEN = re.compile(r"<script[^>]*data-modeller-given>(.*?)</script>", re.DOTALL)


def of_the_studio(world: World, store: Store, name: str, role: str) -> Person:
    with store() as session:
        person = add_person(session, trust=world.cpft.trust, name=name)
        add_post(session, person=person, role=role, care_group=world.cpft.care_group, team=world.cpft.team)
        add_account(session, person=person, persona=f"{name} in the studio")
        session.commit()
        return person


def address(draft_id: int, process: str = "mediation") -> str:
    return f"/studio/drafts/{draft_id}/diagrams/{process}"


def given(visitor: Visitor, draft_id: int) -> dict[str, Any]:
    """What the open canvas is given."""
    visitor.open(address(draft_id))
    found = GIVEN.search(visitor.client.get(address(draft_id)).text)
    assert found, "nothing is given to the script"
    said: dict[str, Any] = json.loads(found[1])
    return said


def save(visitor: Visitor, draft_id: int, text: str, version: int = 0) -> tuple[int, dict[str, Any]]:
    boxes = {"csrf_token": visitor.page.token, "text": text, "version": str(version)}
    answer = visitor.client.post(address(draft_id), data=boxes)
    return answer.status_code, answer.get_json()


def test_the_canvas_is_given_the_diagram_and_every_name_that_it_may_use(
    owner: Person, visit: Visit, draft_id: int
) -> None:
    said = given(visit(owner), draft_id)
    assert 'id="name_mediator"' in said["text"]
    assert ["amd", "Associate Medical Director"] in said["offer"]["roles"]
    assert ["mediation_meeting", "Mediation meeting"] in said["offer"]["deadlines"]
    asked = next(fact for fact in said["offer"]["facts"] if fact["key"] == "mediator_choice")
    assert (asked["label"], asked["options"][0]) == ("Who mediates?", ["self", "I do"])
    assert said["edits"]
    assert said["problems"] == []


def test_what_is_drawn_is_kept_and_judged_in_the_checkers_own_sentences(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    text = given(visitor, draft_id)["text"].replace('name="Name the mediator"', 'name=""')
    status, said = save(visitor, draft_id, text)
    assert status == 200
    assert said["version"] > 0
    assert [(one["element"], one["sentence"]) for one in said["problems"]] == [
        ("name_mediator", "The step has no name.")
    ]
    with store() as session:
        assert drafts.files(session, draft_id=draft_id)[PATH] == text


def test_what_is_to_be_mended_is_told_in_the_order_in_which_the_drawing_is_read(
    owner: Person, visit: Visit, draft_id: int
) -> None:
    visitor = visit(owner)
    text = given(visitor, draft_id)["text"]
    for words, instead in (
        ('name="Decide on the late appeal"', 'name=""'),
        ('case.mediation_result == "agreed"', ""),
        ('name="Name the mediator"', 'name=""'),
    ):
        assert words in text
        text = text.replace(words, instead)
    save(visitor, draft_id, text)
    found = [one["element"] for one in given(visitor, draft_id)["problems"]]
    assert found == ["name_mediator", "agreement_reached_to_mediation_agreed", "admit_late_appeal"]


def test_what_cannot_be_read_is_kept_too_and_said_to_be_so(owner: Person, visit: Visit, draft_id: int) -> None:
    visitor = visit(owner)
    given(visitor, draft_id)
    status, said = save(visitor, draft_id, "<half a drawing")
    assert status == 200
    assert said["problems"]


def test_a_second_window_is_told_who_was_first_and_nothing_is_overwritten(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    text = given(visitor, draft_id)["text"]
    first = text.replace("Name the mediator", "Choose the mediator")
    assert save(visitor, draft_id, first)[0] == 200
    status, said = save(visitor, draft_id, text.replace("Name the mediator", "Find the mediator"))
    assert status == 409
    assert said["sentence"].startswith("You changed this since you opened it here, in another window, at")
    assert said["opens"] == "Open it as it is now"
    with store() as session:
        assert drafts.files(session, draft_id=draft_id)[PATH] == first


def test_an_approver_looks_at_the_diagram_but_changes_nothing(
    world: World, store: Store, visit: Visit, draft_id: int
) -> None:
    visitor = visit(of_the_studio(world, store, "Edwin Appleby", "process_approver"))
    said = given(visitor, draft_id)
    assert not said["edits"]
    assert "You can look at this drawing. Only those who may edit the processes can change it." in visitor.page.text
    visitor.send(address(draft_id), {"text": "", "version": "0"}, status=403)


def test_a_drawing_of_a_closed_draft_is_only_to_look_at(
    world: World, owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    text = given(visitor, draft_id)["text"]
    with store() as session:
        by = Actor(person_id=owner.id, trust_id=world.cpft.trust.id)
        drafts.drop(session, by=by, draft_id=draft_id, now=NOW)
        session.commit()
    status, said = save(visitor, draft_id, text.replace("Name the mediator", "Choose the mediator"))
    assert (status, said["opens"]) == (409, "Open it as it is now")
    assert said["sentence"].startswith("This draft is closed")
    opened = given(visitor, draft_id)
    assert not opened["edits"]
    assert opened["text"] == text
    assert "The draft is closed, so its drawings are only to look at." in visitor.page.text


def test_whoever_comes_back_to_the_canvas_finds_the_deadline_that_was_added_meanwhile(
    world: World, owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    opened = given(visitor, draft_id)
    known = visitor.client.get(opened["choices"]).get_json()
    assert known == opened["offer"]
    with store() as session:
        by = Actor(person_id=owner.id, trust_id=world.cpft.trust.id)
        text = drafts.files(session, draft_id=draft_id)[POLICY] + NEW_DEADLINE
        drafts.save_file(
            session, by=by, draft_id=draft_id, path=POLICY, text=text, read=0, said="Added a deadline.", now=NOW
        )
        session.commit()
    added = visitor.client.get(opened["choices"]).get_json()["deadlines"]
    assert [one for one in added if one not in known["deadlines"]] == [["explaining", "Explaining the decision"]]


def test_a_process_that_is_not_in_the_draft_has_no_canvas(owner: Person, visit: Visit, draft_id: int) -> None:
    visit(owner).open(address(draft_id, "no_such_process"), status=404)


def ways(visitor: Visitor, draft_id: int) -> dict[str, Any]:
    """What is found of whether every case can end."""
    said: dict[str, Any] = visitor.client.get(f"{address(draft_id)}/ways").get_json()
    return said


UNMET = ('case.mediation_result == "agreed"', 'case.mediation_result == "settled"')
"""An answer that nobody can give takes the place of one."""


def test_what_goes_wrong_on_some_way_is_told_as_on_the_page_of_ways_with_a_link_to_it(
    owner: Person, visit: Visit, draft_id: int
) -> None:
    visitor = visit(owner)
    text = given(visitor, draft_id)["text"]
    assert ways(visitor, draft_id)["problems"] == []
    assert save(visitor, draft_id, text.replace(*UNMET))[1]["problems"] == []
    [fault] = ways(visitor, draft_id)["problems"]
    assert fault["element"] == "mediation_agreed"
    address, _, anchor = fault["href"].partition("#")
    page = visitor.open(address)
    assert [page.text_of(one) for one in page.root.iter("h3") if one.get("id") == anchor] == [fault["sentence"]]


def test_ways_are_looked_at_once_the_rules_have_nothing_to_say(owner: Person, visit: Visit, draft_id: int) -> None:
    visitor = visit(owner)
    text = given(visitor, draft_id)["text"].replace(*UNMET)
    save(visitor, draft_id, text.replace('name="Name the mediator"', 'name=""'))
    said = ways(visitor, draft_id)
    assert said == {"problems": [], "said": "Whether every case can end is looked at once this is mended."}


def test_a_drawing_opens_while_no_policy_of_the_draft_can_be_read(owner: Person, visit: Visit, store: Store) -> None:
    policies = ("national_england", "cumbria", "blackpool")
    broken = begun(store, owner, {f"policies/{name}.toml": "name = " for name in policies})
    assert given(visit(owner), broken)["offer"]["roles"]
