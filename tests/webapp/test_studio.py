"""The studio in the browser: who finds it, what comes next with a draft, and each act on the way to a release."""

import pytest
from flask import Flask

from tests.factories import NOW, World, add_post, shipped_files
from tests.webapp.apps import Store
from tests.webapp.studio_cast import CALM, STEP, Cast, actor, approved, decide, press, save, seen
from tests.webapp.test_statements import counted
from workflows.domain.releases import content_hash
from workflows.domain.studio import Status
from workflows.store import acts as act_rows
from workflows.store import release_drafts
from workflows.store.models import ReleaseDraft
from workflows.studio import drafts

ADDRESSES = (
    "/studio",
    "/studio/history",
    "/studio/drafts/new",
    "/studio/releases/1",
    "/studio/releases/1/processes/mediation",
    "/studio/releases/1/processes/mediation.bpmn",
)
OF_A_DRAFT = ("", "/rename", "/drop", "/submit", "/approve", "/withdraw", "/publish", "/up-to-date")


@pytest.fixture
def cast(app: Flask, store: Store, world: World) -> Cast:
    return Cast(app, store, world.bth)


def test_only_whoever_looks_after_the_processes_finds_the_studio(cast: Cast) -> None:
    draft_id = cast.draft()
    everything = [*ADDRESSES, *(f"/studio/drafts/{draft_id}{end}" for end in OF_A_DRAFT)]
    for person in (cast.house.doctor, cast.house.medical_director, cast.house.directorate):
        visitor = cast.at(person)
        assert "/studio" not in visitor.page.links
        for address in everything:
            visitor.open(address, 404)
    for person in (cast.owner, cast.approver):
        assert "/studio" in cast.at(person).page.links


def test_an_approver_reads_everything_and_changes_nothing(cast: Cast) -> None:
    draft_id = cast.draft()
    visitor = cast.at(cast.approver)
    for address in (*(one for one in ADDRESSES if one != "/studio/drafts/new"), f"/studio/drafts/{draft_id}"):
        visitor.client.get(address)
        assert visitor.client.get(address).status_code == 200, address
    visitor.open("/studio")
    assert "/studio/drafts/new" not in visitor.page.links
    for end in ("/rename", "/drop", "/submit", "/withdraw", "/publish", "/up-to-date"):
        visitor.open(f"/studio/drafts/{draft_id}{end}", 403)
    visitor.open("/studio/drafts/new", 403)


def test_a_draft_is_begun_renamed_and_dropped(cast: Cast) -> None:
    visitor = cast.at(cast.owner)
    press(visitor, "/studio/drafts/new", {"answer-name": " "}, 422)
    press(visitor, "/studio/drafts/new", {"answer-name": "Shorter times"})
    assert visitor.page.heading == "Shorter times"
    assert "Choose what you want to change." in visitor.page.text
    press(visitor, "/studio/drafts/1/rename", {"answer-name": "Longer times"})
    assert visitor.page.heading == "Longer times"
    press(visitor, "/studio/drafts/1/drop")
    assert "The draft is dropped." in visitor.page.text
    visitor.open("/studio/drafts/1")
    assert "It was dropped." in visitor.page.text
    changing = {f"/studio/drafts/1/{what}" for what in ("rename", "drop", "submit", "import")}
    assert changing.isdisjoint(visitor.page.links)


def test_the_page_says_what_is_undone_and_done_again(cast: Cast) -> None:
    draft_id = cast.draft()
    visitor = cast.at(cast.owner)
    visitor.open(f"/studio/drafts/{draft_id}")
    assert "Undo: Gave the mediation another name." in visitor.page.text
    visitor.send(f"/studio/drafts/{draft_id}/undo", {"number": "1"})
    assert "Undone: Gave the mediation another name." in visitor.page.text
    assert "Do again: Gave the mediation another name." in visitor.page.text
    visitor.send(f"/studio/drafts/{draft_id}/undo", {"number": "1"})
    assert "There is nothing to undo." in visitor.page.text
    visitor.send(f"/studio/drafts/{draft_id}/redo", {"number": "1"})
    assert "Done again: Gave the mediation another name." in visitor.page.text


@pytest.mark.parametrize("number", ["", "x", "-1", "٣", "9" * 30])
def test_an_edit_that_nobody_showed_is_not_undone(cast: Cast, number: str) -> None:
    draft_id = cast.draft()
    visitor = cast.at(cast.owner)
    visitor.open(f"/studio/drafts/{draft_id}")
    visitor.send(f"/studio/drafts/{draft_id}/undo", {"number": number})
    assert "Your change is not saved" in visitor.page.text
    assert "Calm mediation Changed" in visitor.page.text


def test_a_draft_goes_from_its_owner_by_a_second_person_to_new_cases(cast: Cast) -> None:
    draft_id = cast.draft()
    owner, approver = cast.at(cast.owner), cast.at(cast.approver)
    owner.open(f"/studio/drafts/{draft_id}")
    assert "No fault was found." in owner.page.text
    press(owner, f"/studio/drafts/{draft_id}/submit", {"answer-words": ""}, 422)
    press(owner, f"/studio/drafts/{draft_id}/submit", {"answer-words": "People asked for it."})
    assert "It waits for Zoe Catterall." in owner.page.text
    approver.open("/")
    assert "A change of the processes waits for your approval" in approver.page.text
    assert "Waits for you A calmer mediation Somebody asks for your approval" in approver.page.text
    assert "Nothing waits for you" not in approver.page.text
    assert f"/studio/drafts/{draft_id}" in approver.page.links
    approver.open("/studio")
    assert "Waits for you A calmer mediation Somebody asks for your approval" in approver.page.text
    approver.open(f"/studio/drafts/{draft_id}/approve")
    assert "People asked for it." in approver.page.text
    assert "Calm mediation (process) Changed" in approver.page.text
    decide(approver, draft_id)
    assert "The draft is approved." in approver.page.text
    approver.open("/")
    assert "Nothing waits for you" in approver.page.text
    owner.open("/studio")
    assert "Approved, and can be published" in owner.page.text
    press(owner, f"/studio/drafts/{draft_id}/publish")
    assert "It is published: new cases start on it from now on." in owner.page.text
    owner.open("/studio/releases/2")
    assert "Published by Yvonne Sharples, approved by Zoe Catterall" in owner.page.text
    owner.open("/studio/releases/2/processes/mediation")
    assert owner.page.heading == "Calm mediation"
    owner.open("/studio/releases/1/processes/mediation")
    assert owner.page.heading == "Mediation", "an old release stays readable"


def test_a_published_draft_leads_on_to_its_release_and_to_moving_cases_and_shows_no_form_any_more(cast: Cast) -> None:
    first, second = approved(cast), cast.draft()
    owner = cast.at(cast.owner)
    press(owner, f"/studio/drafts/{first}/publish")
    owner.open(f"/studio/drafts/{first}")
    assert "Published as release 2 on " in owner.page.text
    assert {"/studio/releases/2", f"/studio/drafts/{first}/impact"} <= set(owner.page.links)
    assert "Look at the running cases, and move them" in owner.page.text
    owner.open(f"/studio/drafts/{first}/impact")
    assert owner.page.heading == "What release 2 means for running cases", "where cases are moved"
    for deed in ("submit", "rename", "list/mediation/decide/change", "import"):
        owner.open(f"/studio/drafts/{first}/{deed}", 403)
        assert "This draft cannot be changed any more" in owner.page.text
        assert f"/studio/drafts/{first}" in owner.page.links
    owner.open(f"/studio/drafts/{first}/publish")
    assert "Publish it now" not in owner.page.text
    owner.open(f"/studio/drafts/{second}/impact")
    assert owner.page.heading == "What “A calmer mediation” would mean for running cases"


def test_what_is_too_large_is_refused_with_the_way_back_to_the_draft(cast: Cast) -> None:
    draft_id = cast.draft()
    owner = cast.at(cast.owner)
    owner.open(f"/studio/drafts/{draft_id}/import")
    owner.send(f"/studio/drafts/{draft_id}/import", {"text": "x" * 2_500_000}, 413)
    assert "That was too much at once" in owner.page.text
    assert f"/studio/drafts/{draft_id}" in owner.page.links


@pytest.mark.parametrize("person", ["owner", "approver"])
def test_the_studio_takes_as_many_statements_for_nine_drafts_as_for_three(cast: Cast, person: str) -> None:
    def sent() -> list[str]:
        for status in (Status.OPEN, Status.SUBMITTED, Status.DROPPED):
            draft_id = cast.draft()
            with cast.store() as session:
                session.get_one(ReleaseDraft, draft_id).status = status
        visitor = cast.at(getattr(cast, person))
        visitor.client.get("/studio")
        with counted() as statements:
            assert visitor.client.get("/studio").status_code == 200
        return statements

    few = sent()
    sent()
    assert len(sent()) == len(few)


def test_the_studio_leads_to_all_that_was_done_in_it_and_to_nothing_about_people(cast: Cast) -> None:
    draft_id = approved(cast)
    with cast.store() as session:
        act_rows.record(
            session,
            trust_id=cast.owner.trust_id,
            who_id=cast.owner.id,
            kind="person_added",
            details={"person": cast.second.id},
            now=NOW,
        )
    owner = cast.at(cast.owner)
    press(owner, f"/studio/drafts/{draft_id}/publish")
    owner.open("/studio")
    assert "/studio/history" in owner.page.links
    text = owner.open("/studio/history").text
    done = [
        f"Yvonne Sharples published draft {draft_id} of the processes as release 2.",
        f"Zoe Catterall approved draft {draft_id} of the processes.",
        f"Yvonne Sharples submitted draft {draft_id} of the processes for approval.",
        f"Yvonne Sharples began draft {draft_id} of the processes.",
    ]
    assert sorted(map(text.index, done)) == [text.index(one) for one in done], "the newest comes first"
    assert "Alan Dewhurst" not in text
    assert {f"/studio/drafts/{draft_id}", "/studio/releases/2"} <= set(owner.page.links)


def test_a_returned_draft_says_why(cast: Cast) -> None:
    draft_id = cast.draft()
    owner, approver = cast.at(cast.owner), cast.at(cast.approver)
    press(owner, f"/studio/drafts/{draft_id}/submit", {"answer-words": "People asked for it."})
    decide(approver, draft_id, "return", "", 422)
    decide(approver, draft_id, "return", "Nobody knows that name.")
    owner.open("/studio")
    assert "Returned, with reasons" in owner.page.text
    owner.open(f"/studio/drafts/{draft_id}")
    assert "Returned by Zoe Catterall Nobody knows that name." in owner.page.text


def test_a_fault_is_listed_where_a_draft_cannot_be_submitted(cast: Cast) -> None:
    draft_id = cast.draft("<html/>")
    owner = cast.at(cast.owner)
    owner.open(f"/studio/drafts/{draft_id}")
    assert "This file is not a BPMN drawing." in owner.page.text
    assert f"/studio/drafts/{draft_id}/submit" not in owner.page.links
    owner.open(f"/studio/drafts/{draft_id}/submit")
    assert "Submit for approval" not in owner.page.text, "what could only be refused is not offered"
    assert "in the way. Mend what is listed below, then submit it for approval." in owner.page.text
    with cast.store() as session:
        read = content_hash(drafts.files(session, draft_id=draft_id))
    typed = {"content": read, "answer-words": "It is right as it is."}
    owner.send(f"/studio/drafts/{draft_id}/submit", typed, 409)
    assert "Nothing was sent:" in owner.page.text
    assert "It is right as it is." in owner.page.text, "what was typed is still there"
    assert not list(owner.page.root.iter("textarea")), "it would only be refused again"
    assert cast.status(draft_id) == "open"


def test_a_fault_leads_to_the_line_of_the_list_that_has_it(cast: Cast) -> None:
    drawn = shipped_files()[STEP].replace('accord:deadline="mediation_meeting"', 'accord:deadline="soon"')
    draft_id = cast.draft(drawn)
    owner = cast.at(cast.owner)
    for page in ("", "/submit"):
        owner.open(f"/studio/drafts/{draft_id}{page}")
        assert f"/studio/drafts/{draft_id}/list/mediation#line-name_mediator" in owner.page.links
    owner.open(f"/studio/drafts/{draft_id}/rehearsal")
    assert f"/studio/drafts/{draft_id}#faults" in owner.page.links
    assert "what is wrong in Mediation stops its other processes too." in owner.page.text


def test_nobody_approves_their_own_work(cast: Cast) -> None:
    with cast.store() as session:
        house = cast.house
        add_post(session, person=cast.second, role="process_approver", care_group=house.care_group, team=house.team)
    draft_id = cast.draft(by=cast.second)
    press(cast.at(cast.owner), f"/studio/drafts/{draft_id}/submit", {"answer-words": "People asked for it."})
    visitor = cast.at(cast.second)
    visitor.open(f"/studio/drafts/{draft_id}")
    assert "somebody else has to look at it" in visitor.page.text
    address = f"/studio/drafts/{draft_id}/approve"
    visitor.open(address)
    assert "You have changed or submitted it yourself" in visitor.page.text
    assert "Send your decision" not in visitor.page.text
    with cast.store() as session:
        read = content_hash(drafts.files(session, draft_id=draft_id))
    visitor.send(address, {"content": read, "answer-decision": "approve"}, 409)
    assert "You have changed or submitted this draft yourself" in visitor.page.text
    assert cast.status(draft_id) == "submitted"


def test_a_change_behind_an_open_page_is_not_decided_on(cast: Cast) -> None:
    draft_id = cast.draft()
    press(cast.at(cast.owner), f"/studio/drafts/{draft_id}/submit", {"answer-words": "People asked for it."})
    visitor = cast.at(cast.approver)
    address = f"/studio/drafts/{draft_id}/approve"
    visitor.open(address)
    boxes = {**seen(visitor), "answer-decision": "approve"}
    with cast.store() as session:
        read = drafts.files(session, draft_id=draft_id)[STEP]
        row = release_drafts.file(session, draft_id=draft_id, path=STEP)
        assert row is not None
        save(session, actor(cast.owner), draft_id, f"{read}\n", row.version)
    visitor.send(address, boxes, 409)
    assert "This draft has been changed since you opened this page" in visitor.page.text


@pytest.mark.parametrize("first", ["approve", "return"])
def test_a_second_window_shows_what_was_decided_meanwhile_and_what_was_typed(cast: Cast, first: str) -> None:
    draft_id = cast.draft()
    press(cast.at(cast.owner), f"/studio/drafts/{draft_id}/submit", {"answer-words": "People asked for it."})
    visitor, address = cast.at(cast.approver), f"/studio/drafts/{draft_id}/approve"
    visitor.open(address)
    boxes = {**seen(visitor), "answer-decision": "approve", "answer-words": "Not before the spring."}
    decide(visitor, draft_id, first, "Say why.")
    visitor.send(address, boxes, 409)
    assert "This draft does not wait for approval." in visitor.page.text
    assert "It is not yours to decide on now" in visitor.page.text
    assert "Not before the spring." in visitor.page.text, "what was typed is not lost"
    assert "Send your decision" not in visitor.page.text
    assert cast.status(draft_id) == {"approve": "approved", "return": "open"}[first]


def test_an_approval_that_was_lost_is_said(cast: Cast) -> None:
    draft_id = approved(cast)
    owner = cast.at(cast.owner)
    owner.open(f"/studio/drafts/{draft_id}")
    owner.send(f"/studio/drafts/{draft_id}/undo", {"number": "1"})
    assert "the approval does not count any more" in owner.page.text
    owner.open(f"/studio/drafts/{draft_id}/publish")
    assert "It can be published once a second person has approved it as it stands." in owner.page.text
    assert "Publish it now" not in owner.page.text
    with cast.store() as session:
        read = content_hash(drafts.files(session, draft_id=draft_id))
    owner.send(f"/studio/drafts/{draft_id}/publish", {"content": read}, 409)
    assert "This draft is not approved as it stands" in owner.page.text


def test_an_approved_draft_is_taken_back_to_change_it(cast: Cast) -> None:
    draft_id = approved(cast)
    owner = cast.at(cast.owner)
    press(owner, f"/studio/drafts/{draft_id}/withdraw")
    assert "The draft is yours to change again." in owner.page.text
    owner.open(f"/studio/drafts/{draft_id}/withdraw")
    assert "Take it back" not in owner.page.text
    owner.send(f"/studio/drafts/{draft_id}/withdraw", {}, 409)
    assert "This draft does not wait for approval." in owner.page.text
    assert cast.status(draft_id) == "open"


def test_a_draft_that_was_overtaken_is_brought_up_to_date_file_by_file(cast: Cast) -> None:
    second = cast.draft(shipped_files()[STEP].replace(CALM[0], CALM[1].replace("Calm", "Other")))
    owner = cast.at(cast.owner)
    press(owner, f"/studio/drafts/{approved(cast)}/publish")
    owner.open(f"/studio/drafts/{second}")
    assert "Release 2 was published since this draft was begun from release 1." in owner.page.text
    address = f"/studio/drafts/{second}/up-to-date"
    assert address in owner.page.links
    press(owner, address, status=422)
    said = owner.page.text
    ours, theirs = said.index("What this draft changed since release 1"), said.index("What release 2 changed since")
    assert "Both changed the name of the process, or what it is for." in said
    assert "Put both together" not in said
    assert ours < said.index("Mediation → becomes Other mediation") < theirs < said.index("becomes Calm mediation")
    press(owner, address, {"answer-file_0": "ours"})
    assert "The draft lies over release 2 now." in owner.page.text
    assert "Submit for approval" in owner.page.text
    owner.open(address, 403)


def test_what_was_changed_in_other_places_of_one_file_is_put_together(cast: Cast) -> None:
    second = cast.draft(shipped_files()[STEP].replace('name="Name the mediator"', 'name="Choose the mediator"'))
    owner = cast.at(cast.owner)
    press(owner, f"/studio/drafts/{approved(cast)}/publish")
    address = f"/studio/drafts/{second}/up-to-date"
    owner.open(address)
    assert "Put both together" in owner.page.text
    press(owner, address, {"answer-file_0": "both"})
    owner.open(f"/studio/drafts/{second}/changes")
    assert "Choose the mediator" in owner.page.text
    assert "Calm mediation" in owner.page.text, "what the release has is no change any more"


def test_an_old_release_is_published_again(cast: Cast) -> None:
    owner = cast.at(cast.owner)
    press(owner, f"/studio/drafts/{approved(cast)}/publish")
    owner.open("/studio/releases/2")
    assert "/studio/releases/2/publish-again" not in owner.page.links
    owner.open("/studio/releases/1")
    assert "/studio/releases/1/publish-again" in owner.page.links
    press(owner, "/studio/releases/1/publish-again", {"answer-words": "Calm did not help."})
    assert owner.page.heading == "Release 1 again"
    decide(cast.at(cast.approver), 2)
    press(owner, "/studio/drafts/2/publish")
    owner.open("/studio/releases/3")
    assert "Release 1 again. Calm did not help." in owner.page.text


@pytest.mark.parametrize("kind", ["processes", "decisions", "policies", "letters"])
def test_every_file_of_a_release_can_be_read(cast: Cast, kind: str) -> None:
    visitor = cast.at(cast.approver)
    visitor.open("/studio/releases/1")
    found = [link for link in visitor.page.links if link.startswith(f"/studio/releases/1/{kind}/")]
    assert found
    for link in found:
        visitor.open(link)


def test_the_diagram_of_a_release_is_its_file_with_titles_at_its_lanes(cast: Cast) -> None:
    answer = cast.at(cast.approver).client.get("/studio/releases/1/processes/mediation.bpmn")
    assert answer.mimetype == "application/xml"
    file = shipped_files()[STEP]
    titles = {"practitioner": "Senior doctor", "mediator": "Mediator", "chief_executive": "Chief Executive"}
    for role, title in {**titles, "medical_director": "Medical Director"}.items():
        file = file.replace(f'name="{role}"', f'name="{title}"')
    assert answer.text == file


def test_there_is_no_release_file_or_draft_that_there_never_was(cast: Cast) -> None:
    visitor = cast.at(cast.owner)
    for address in ("releases/9", "releases/1/letters/none", "releases/1/oddities/none", "drafts/99"):
        visitor.open(f"/studio/{address}", 404)
