"""What a release means for running cases, and moving them: the list, the batch on its way, stopped, undone."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.cases import sketches
from tests.cases.moves import NEW, OLD, RECORD, drawn
from tests.cases.walk import Walk
from tests.factories import World, add_post
from tests.webapp.apps import Store
from tests.webapp.test_studio_canvas import of_the_studio
from tests.webapp.visitor import Visitor
from webapp.presenters import studio_moves as in_words
from workflows.clock import moving as clock
from workflows.engine.moving import Met
from workflows.store.models import Person
from workflows.studio import drafts
from workflows.studio.impact import Counted

Visit = Callable[[Person], Visitor]
ASKED = "What is meeting_date?"
REASON = {"because": "Signing is said more plainly now."}


@pytest.fixture
def walk(world: World, engine: Engine) -> Walk:
    """Two running cases, one of which waits where the newer release draws another step."""
    made = Walk(engine, world.cpft)
    sketches.publish(made, OLD)
    for year in ("2027/28", "2028/29"):
        facts = {"subject": world.cpft.doctor.id, "team": world.cpft.team.id, "year": year}
        made.start(world.cpft.directorate, "disagreement", **facts)
    made.do(world.cpft.manager, "record_it", made.references()[0], meeting_date=made.today)
    return made


def test_what_lies_ahead_is_told_in_words_of_people() -> None:
    """A process that is new has a beginning, at which nobody waits."""
    met = [
        Met("added", "startEvent", "It begins", "leave", "begins"),
        Met("added", "callActivity", "Study leave", "round", "leave"),
        Met("changed", "serviceTask", "Tell both", "round", "tell"),
        Met("added", "parallelGateway", "", "round", "both"),
    ]
    line = Counted("round", "Round", "can", "ahead", "", "", 1, tuple(met))
    assert in_words.ahead(line) == (
        "Ahead: the new stage “Study leave”; the work of Accord “Tell both”, which is changed; the new place where "
        "ways part or come together."
    )


def number(walk: Walk, xml: str) -> int:
    """Publish it; its number."""
    sketches.publish(walk, xml)
    return len(walk.references()) + 1


def test_the_page_counts_and_lists_what_can_move_and_why_the_rest_cannot(
    owner: Person, visit: Visit, walk: Walk, world: World
) -> None:
    at = number(walk, drawn(RECORD, sketches.step("check_it", "checked text")))
    stuck, free = walk.references()
    visitor = visit(owner)
    page = visitor.open(f"/studio/impact/{at}")
    assert "Of 2 running cases, 1 can move to it and 1 cannot." in page.text
    because = "The case waits at “Sign it”, which the new diagrams no longer draw, so nobody could finish it there."
    assert because in page.text
    assert world.cpft.doctor.name not in page.text, "who looks after processes has no business with people"
    boxes = [box for box in page.root.iter("input") if box.get("name") == "case"]
    assert [box.get("checked") for box in boxes] == [None], "nothing is chosen by itself, and what cannot move never"
    narrowed = visitor.open(f"/studio/impact/{at}?answer=cannot")
    assert stuck in narrowed.text
    assert free not in narrowed.text


def test_the_page_says_whom_the_change_touches_and_can_be_narrowed_to_them(
    owner: Person, visit: Visit, walk: Walk, world: World
) -> None:
    behind, before = walk.references()
    at = number(walk, OLD.replace('name="Record it"', 'name="Record the meeting"'))
    visitor = visit(owner)
    page = visitor.open(f"/studio/impact/{at}")
    assert "Of those that can, 1 has something ahead that changes; ahead of the other 1 nothing does." in page.text
    assert "Ahead: the step “Record the meeting”, which is changed." in page.text
    touched = visitor.open(f"/studio/impact/{at}?answer=ahead").text
    assert before in touched
    assert behind not in touched
    apart = visitor.open(f"/studio/impact/{at}?answer=apart").text
    assert behind in apart
    assert before not in apart
    assert "Move the one that can of those shown" in apart


def test_whoever_may_open_a_case_is_told_whom_it_is_about_and_led_to_it_and_nobody_else(
    owner: Person, visit: Visit, walk: Walk, world: World, store: Store
) -> None:
    at = number(walk, NEW)
    with store() as session:
        add_post(session, person=owner, role="amd", care_group=world.cpft.care_group, team=world.cpft.team)
        session.commit()
    for address in (f"/studio/impact/{at}", "/studio/moves/1"):
        visitor = visit(owner)
        page = visitor.open(address)
        assert world.cpft.doctor.name in page.text
        assert f"/cases/{walk.references()[0]}" in {link.get("href") for link in page.root.iter("a")}
        if "impact" in address:
            visitor.send(address, {"which": "all", **REASON})
    page = visit(of_the_studio(world, store, "Zoe Catterall", "process_approver")).open(f"/studio/impact/{at}")
    assert world.cpft.doctor.name not in page.text


def test_cases_are_moved_watched_and_put_back(owner: Person, visit: Visit, walk: Walk, world: World) -> None:
    at = number(walk, NEW)
    first, _ = walk.references()
    visitor = visit(owner)
    visitor.open(f"/studio/impact/{at}")
    page = visitor.send(f"/studio/impact/{at}", {"which": "chosen", **REASON}, status=422)
    assert "choose at least one case that can move" in page.text
    page = visitor.send(f"/studio/impact/{at}", {"which": "all", "because": ""}, status=422)
    assert "Say why the cases are moved" in page.text
    page = visitor.send(f"/studio/impact/{at}", {"which": "chosen", "case": str(walk.case(first).id), **REASON})
    assert "0 of 1 case moved and 1 waiting." in page.text
    assert REASON["because"] in page.text
    batch = visitor.client.get("/studio/impact/" + str(at)).text.partition("/studio/moves/")[2].partition('"')[0]
    address = f"/studio/moves/{batch}"
    clock.move_waiting(walk.session, at=walk.at)
    assert "1 of 1 case moved." in visitor.open(address).text
    assert f"release {at}" in visit(world.cpft.doctor).open(f"/cases/{first}").text
    visitor.open(address)
    assert "is being undone" in visitor.send(f"{address}/undo", {}).text
    clock.move_waiting(walk.session, at=walk.at)
    assert "The case was put back." in visitor.open(address).text
    visitor.open(f"/studio/impact/{at}")
    page = visitor.send(f"/studio/impact/{at}", {"which": "all", **REASON})
    assert "0 of 2 cases moved and 2 waiting." in page.text


def test_what_was_answered_in_a_step_that_is_no_longer_drawn_is_still_read_and_its_page_still_opens(
    owner: Person, visit: Visit, walk: Walk, world: World
) -> None:
    at = number(walk, drawn(sketches.step("sign_it", "signed text"), sketches.step("check_it", "checked text")))
    first, _ = walk.references()
    house = world.cpft
    readers = {person.name: visit(person) for person in (house.doctor, house.manager, house.directorate)}
    before = {name: ASKED in reader.open(f"/cases/{first}").text for name, reader in readers.items()}
    assert any(before.values())
    visitor = visit(owner)
    visitor.open(f"/studio/impact/{at}")
    visitor.send(f"/studio/impact/{at}", {"which": "all", **REASON})
    done = walk.steps(first, "record_it")[0].id
    clock.move_waiting(walk.session, at=walk.at)
    assert walk.case(first).release_id != world.cpft.release.id
    for name, reader in readers.items():
        assert (ASKED in reader.open(f"/cases/{first}").text) == before[name]
        assert reader.client.get(f"/steps/{done}").status_code < 500
        reader.open("/")


def test_a_batch_is_stopped_and_one_that_has_moved_on_says_so(
    owner: Person, visit: Visit, walk: Walk, world: World
) -> None:
    at = number(walk, NEW)
    first, _ = walk.references()
    visitor = visit(owner)
    visitor.open(f"/studio/impact/{at}")
    visitor.send(f"/studio/impact/{at}", {"which": "all", **REASON})
    address = "/studio/moves/1"
    assert "The batch is stopped." in visitor.send(f"{address}/stop", {}).text
    assert "The batch goes on." in visitor.send(f"{address}/go-on", {}).text
    clock.move_waiting(walk.session, at=walk.at)
    walk.do(world.cpft.doctor, "sign_it", first, signed="yes")
    page = visitor.open(address)
    assert f"Nothing was undone: something has happened since in {first}." in page.text
    assert "Undo the whole batch" not in page.text
    assert first in visitor.send(f"{address}/undo", {}, status=403).text


def test_whoever_may_not_move_cases_sees_the_page_without_its_buttons(
    visit: Visit, walk: Walk, world: World, store: Store
) -> None:
    at = number(walk, NEW)
    visitor = visit(of_the_studio(world, store, "Zoe Catterall", "process_approver"))
    page = visitor.open(f"/studio/impact/{at}")
    assert "2 can move to it" in page.text
    assert "Move all" not in page.text
    visitor.send(f"/studio/impact/{at}", {"which": "all", **REASON}, status=403)
    visit(world.cpft.directorate).open(f"/studio/impact/{at}", status=404)


def test_a_draft_says_what_it_would_mean_before_it_is_published(
    owner: Person, visit: Visit, walk: Walk, store: Store
) -> None:
    with store() as session:
        by = walk.actor(owner)
        draft_id = drafts.begin(session, by=by, name="Plain words", now=walk.at)
        said: dict[str, Any] = {"path": "processes/disagreement.bpmn", "said": "Changed it.", "read": 0, "now": walk.at}
        drafts.save_file(
            session, by=by, draft_id=draft_id, text=drawn(RECORD, sketches.step("check_it", "x text")), **said
        )
        session.commit()
    visitor = visit(owner)
    page = visitor.open(f"/studio/drafts/{draft_id}/impact")
    assert "1 can move to it and 1 cannot" in page.text
    assert "Move all" not in page.text
    with store() as session:
        faulty = drawn(RECORD).replace('name="Record it"', "")
        drafts.save_file(session, by=by, draft_id=draft_id, text=faulty, **{**said, "read": 1})
        session.commit()
    assert "This draft has faults" in visitor.open(f"/studio/drafts/{draft_id}/impact").text


def test_whoever_may_move_cases_finds_the_way_from_a_case_to_moving_it_alone(
    owner: Person, visit: Visit, walk: Walk, world: World, store: Store
) -> None:
    at = number(walk, drawn(RECORD, sketches.step("check_it", "checked text")))
    stuck, free = walk.references()
    with store() as session:
        house = world.cpft
        add_post(session, person=owner, role="medical_directorate", care_group=house.care_group, team=house.team)
        session.commit()
    visitor = visit(owner)
    page = visitor.open(f"/cases/{free}")
    assert f"New cases start on release {at}." in page.text
    (way,) = (
        link.get("href", "") for link in page.root.iter("a") if "whether this case can move" in page.text_of(link)
    )
    page = visitor.open(way)
    assert f"The case {free}" in page.text
    assert stuck not in page.text
    boxes = [box for box in page.root.iter("input") if box.get("name") == "case"]
    assert [box.get("checked") is not None for box in boxes] == [True]
    visitor.send(way.partition("#")[0], {"which": "all", **REASON})
    clock.move_waiting(walk.session, at=walk.at)
    assert "release" in visitor.open(f"/cases/{free}").text
    assert "New cases start on" not in visitor.page.text
    assert "New cases start on" in visitor.open(f"/cases/{stuck}").text


def test_a_case_says_nothing_of_newer_releases_to_whoever_may_not_move_it(
    visit: Visit, walk: Walk, world: World
) -> None:
    number(walk, drawn(RECORD, sketches.step("check_it", "checked text")))
    assert "New cases start on" not in visit(world.cpft.directorate).open(f"/cases/{walk.references()[1]}").text


def test_the_studio_lists_what_was_moved_with_how_far_it_is(owner: Person, visit: Visit, walk: Walk) -> None:
    at = number(walk, drawn(RECORD, sketches.step("check_it", "checked text")))
    visitor = visit(owner)
    assert "Cases moved to another release" not in visitor.open("/studio").text
    visitor.open(f"/studio/impact/{at}")
    visitor.send(f"/studio/impact/{at}", {"which": "all", **REASON})
    text = visitor.open("/studio").text
    assert REASON["because"] in text
    assert f"To release {at}: 0 of 1 case moved and 1 waiting." in text
    clock.move_waiting(walk.session, at=walk.at)
    text = visitor.open("/studio").text
    assert f"To release {at}: 1 of 1 case moved." in text
    assert [link for link in visitor.page.root.iter("a") if link.get("href") == "/studio/moves/1"]
