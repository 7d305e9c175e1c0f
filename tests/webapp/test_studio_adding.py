"""A process that a draft begins by a form, and what a draft has added taken out again."""

from collections.abc import Callable

from tests.factories import World, shipped_files
from tests.webapp.apps import Store
from tests.webapp.studio_cast import begun, of_the_studio, text_of
from tests.webapp.visitor import Visitor
from workflows.engine.drawings import read
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
PATH = "processes/study_leave.bpmn"
TYPED = {
    "title": "Study leave", "about": "A doctor asks for leave; the manager hears of it.", "step": "Ask for leave",
    "documentation": "Say what for, and when.", "role": "practitioner", "end": "Leave asked for",
}  # fmt: skip


def begin(visitor: Visitor, draft_id: int, status: int = 200, **typed: str) -> None:
    """Fill in the form, and send it."""
    address = f"/studio/drafts/{draft_id}/new-process"
    visitor.open(address)
    asked = {f"answer-{key}": value for key, value in {**TYPED, **typed}.items()}
    visitor.send(address, {"csrf_token": visitor.page.token, **asked}, status)


def test_a_process_is_begun_by_a_form_and_stands_in_the_list_sound_and_drawn(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    assert f"/studio/drafts/{draft_id}/new-process" in visitor.open(f"/studio/drafts/{draft_id}").links
    begin(visitor, draft_id)
    for said in ("1. It begins", "2. Ask for leave", "3. Leave asked for", "The check finds nothing to mend"):
        assert said in visitor.page.text, said
    text = text_of(store, draft_id, PATH) or ""
    drawing = read(text)
    assert (drawing.name, drawing.nodes["ask_for_leave"].lane) == ("Study leave", "practitioner")
    assert text.count("BPMNShape id=") == 5, "pool, lane, beginning, step and end are drawn"
    visitor.open(f"/studio/drafts/{draft_id}")
    assert "No fault is found in any file of this draft." in visitor.page.text
    assert "No case comes to “Study leave” yet: no other process goes through it, or starts it." in visitor.page.text
    visitor.open(f"/studio/drafts/{draft_id}/diagrams/study_leave")
    visitor.open(f"/studio/drafts/{draft_id}/soundness")
    assert "Study leave" in visitor.page.text


def test_a_process_is_not_begun_over_another_and_needs_a_name_that_a_file_can_have(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    begin(visitor, draft_id, 409, title="Mediation")
    assert "This draft has a process “Mediation” already." in visitor.page.text
    begin(visitor, draft_id, 409, title="2027")
    assert "with a word that has one" in visitor.page.text
    begin(visitor, draft_id, 422, title="W" * 201, documentation="")
    assert "must be 200 characters or fewer; it has 201" in visitor.page.text
    assert "“What is the person asked to do?” needs an answer." in visitor.page.text
    assert text_of(store, draft_id, "processes/mediation.bpmn") == shipped_files()["processes/mediation.bpmn"]


def test_what_a_draft_has_added_is_taken_out_by_a_button_and_nothing_else_can_be(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    begin(visitor, draft_id)
    visitor.open(f"/studio/drafts/{draft_id}")
    ways = [link for link in visitor.page.links if "/take-out/" in link]
    assert ways == [f"/studio/drafts/{draft_id}/take-out/processes/study_leave"] * len(ways)
    assert ways
    visitor.open(ways[0])
    visitor.send(ways[0], {"csrf_token": visitor.page.token})
    assert "Took out the process “Study leave”." in visitor.page.text
    assert text_of(store, draft_id, PATH) is None
    visitor.open(ways[0], 404)
    there = f"/studio/drafts/{draft_id}/take-out/processes/mediation"
    visitor.open(there, 403)
    assert "“Mediation” was there before this draft." in visitor.page.text
    begin(visitor, draft_id)
    assert text_of(store, draft_id, PATH), "it can be begun again"


def test_a_table_that_came_by_import_is_taken_out_too(owner: Person, visit: Visit, store: Store) -> None:
    text = shipped_files()["decisions/spa_minimum.dmn"].replace('id="spa_minimum"', 'id="spa_most"')
    draft_id = begun(store, owner, {"decisions/spa_most.dmn": text})
    visitor = visit(owner)
    address = f"/studio/drafts/{draft_id}/take-out/decisions/spa_most"
    assert address in visitor.open(f"/studio/drafts/{draft_id}").links
    visitor.open(address)
    visitor.send(address, {"csrf_token": visitor.page.token})
    assert text_of(store, draft_id, "decisions/spa_most.dmn") is None


def test_an_approver_begins_and_takes_out_nothing(world: World, store: Store, visit: Visit, draft_id: int) -> None:
    visitor = visit(of_the_studio(world, store, "Edwin Appleby", "process_approver"))
    assert not [link for link in visitor.open(f"/studio/drafts/{draft_id}").links if "new-process" in link]
    visitor.open(f"/studio/drafts/{draft_id}/new-process", 403)
