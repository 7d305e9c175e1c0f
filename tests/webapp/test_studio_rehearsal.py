"""A draft is rehearsed in the browser, without a script: on the product's own pages, and none of it is real."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories import NOW, World, shipped_files
from tests.webapp.apps import Store
from tests.webapp.studio_cast import STEP, Cast, save
from tests.webapp.visitor import Visitor
from workflows.cases import Actor
from workflows.store.models import Base
from workflows.studio import drafts

BANNER = "Rehearsal. Nothing here is real."


@pytest.fixture
def cast(app: Flask, store: Store, world: World) -> Cast:
    return Cast(app, store, world.bth)


class Rehearsing:
    """The process owner at a rehearsal."""

    def __init__(self, cast: Cast, process: str = "mediation", **answers: str) -> None:
        self.cast, self.draft_id = cast, cast.draft()
        self.start = f"/studio/drafts/{self.draft_id}/rehearsal"
        self.home = f"{self.start}/1"
        self.visitor: Visitor = cast.at(cast.owner)
        self.visitor.open(self.start)
        self.visitor.send(self.start, {"answer-process": process})
        about = f"{self.start}?process={process}"
        self.visitor.send(about, {**self.visitor.page.values("begin"), **answers})

    @property
    def text(self) -> str:
        return self.visitor.page.text

    def way(self, words: str) -> str:
        """Where a link of the rehearsal's page leads."""
        page = self.visitor.open(self.home)
        return next(link.get("href", "") for link in page.root.iter("a") if words in page.text_of(link))

    def as_(self, words: str) -> str:
        """Open the first step that a link with these words leads to."""
        way = self.way(words)
        self.visitor.open(way)
        return way

    def press(self, what: str, **typed: str) -> None:
        """A button of the rehearsal's own page."""
        self.visitor.open(self.home)
        [version] = self.visitor.page.values(f"{self.home}/{what}")["version"]
        self.visitor.send(f"{self.home}/{what}", {"version": version, **typed})

    def refer(self) -> None:
        self.as_("Do this as Dr Ada Example")
        self.visitor.fill(route="refer", talk_declined_reason="We have talked.")


def counted(store: Store) -> dict[str, int]:
    tables = {name: table for name, table in Base.metadata.tables.items() if not name.startswith("rehearsal")}
    with store() as session:
        return {name: session.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables.items()}


def test_a_step_is_done_as_its_person_on_the_pages_of_the_product(cast: Cast, store: Store) -> None:
    play = Rehearsing(cast)
    before = counted(store)
    assert BANNER in play.text
    assert "Choose how to go on" in play.text
    play.as_("Do this as Dr Ada Example")
    assert BANNER in play.text
    assert "You play Dr Ada Example." in play.text
    assert "The points in dispute" in play.text, "the crafted screen of a dispute"
    play.visitor.fill(status=422, route="refer")
    assert BANNER in play.text
    play.visitor.fill(route="refer", talk_declined_reason="We have talked.")
    assert play.visitor.page.heading == "Rehearsal of A calmer mediation"
    assert "Dr Ada Example has completed “Choose how to go on”." in play.text
    assert "Refer the dispute to mediation" in play.text
    assert counted(store) == before


def test_each_address_inside_leads_inside_or_back(cast: Cast) -> None:
    play = Rehearsing(cast)
    way = play.as_("Do this as Dr Ada Example")
    inside = way.partition("/steps/")[0]
    for address in (way, f"{inside}/cases/EXAMPLE-2027-0001", f"{inside}/deadlines/1"):
        page = play.visitor.open(address)
        forms = [form.get("action", "") for form in page.root.iter("form")]
        leads = [link for link in [*page.links, *forms] if link.startswith("/")]
        assert leads
        assert all(link.startswith((inside, play.home)) for link in leads), leads
        assert BANNER in play.text
    play.visitor.open(f"{inside}/")
    assert play.visitor.page.heading == "Rehearsal of A calmer mediation"
    for elsewhere in (
        "people",
        "teams",
        "account",
        "studio",
        "demonstration/notices",
        "nowhere",
        "cases/BTH-2027-0001",
    ):
        play.visitor.open(f"{inside}/{elsewhere}", 404)


def test_the_clock_goes_over_a_deadline_and_back(cast: Cast) -> None:
    play = Rehearsing(cast)
    play.press("forward", by="deadline")
    assert "1 deadline came to its day" in play.text
    assert "Ask to refer late" in play.text
    assert "E-mails that would have gone out" in play.text
    assert re.search(r"due in \d+ days to Dr Ada Example", play.text)
    play.press("undo")
    assert "Taken back: The clock moved to" in play.text
    assert "It is Monday 1 March 2027 at 9:30am in this rehearsal." in play.text
    play.press("forward", by="date", on="2027-02-01")
    assert "Time moves forward only: choose a later day." in play.text


def test_a_page_from_before_the_last_move_does_nothing(cast: Cast) -> None:
    play, other = Rehearsing(cast), cast.at(cast.owner)
    way = play.as_("Do this as Dr Ada Example")
    other.open(play.home)
    [version] = other.page.values(f"{play.home}/forward")["version"]
    play.visitor.fill(route="refer", talk_declined_reason="We have talked.")
    told = "This rehearsal has gone on in another window. Nothing was done here"
    other.send(f"{play.home}/forward", {"by": "day", "version": version})
    assert told in other.page.text
    other.send(f"{play.home}/undo", {"version": version})
    assert told in other.page.text
    other.send(way, {"answer-route": "talk"})
    assert told in other.page.text
    assert "Refer the dispute to mediation" in other.page.text


def test_what_a_script_keeps_of_a_half_filled_step_is_no_move(cast: Cast) -> None:
    play = Rehearsing(cast)
    way = play.as_("Do this as Dr Ada Example")
    boxes = {"csrf_token": play.visitor.page.token, "draft_version": "0", "answer-talk_declined_reason": "We have"}
    kept = play.visitor.client.post(f"{way}/draft", data=boxes)
    assert kept.get_json()["version"] == 1
    assert "We have" in play.visitor.open(way).html
    assert "Undo the last move" not in play.visitor.open(play.home).text
    play.visitor.open(way)
    play.visitor.fill(route="refer", talk_declined_reason="We have talked.")
    assert "has completed" in play.text


def test_a_shared_step_is_claimed_and_goes_on_inside(cast: Cast) -> None:
    play = Rehearsing(cast, "standards_statement")
    play.as_("Do this as Iris Example")
    assert play.visitor.page.heading == "Issue the statement"
    assert BANNER in play.text


def test_letters_can_be_opened_as_they_would_go_out(cast: Cast) -> None:
    play = Rehearsing(cast, "standards_statement")
    play.as_("Do this as Iris Example")
    play.visitor.fill(statement_for="pay_progression", standards_met="met")
    assert "Iris Example has completed" in play.text
    way = next(link for link in play.visitor.page.links if "/letters/" in link)
    answer = play.visitor.client.get(way)
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("process", "who", "heading"),
    [
        ("team_planning", "Dr Cleo Example", "Prepare the team session"),
        ("additional_pa", "Dr Cleo Example", "Ask for extra activities"),
        ("pay_progression", "Jon Example", "Record the years before Accord"),
        ("compliance_issue", "Iris Example", "Describe the issue"),
    ],
)
def test_the_first_screen_of_a_process_is_drawn(cast: Cast, process: str, who: str, heading: str) -> None:
    play = Rehearsing(cast, process)
    play.as_(f"as {who}")
    assert BANNER in play.text
    assert play.visitor.page.heading.startswith(heading)


def test_the_week_is_drafted_in_the_editor_of_the_product(cast: Cast) -> None:
    play = Rehearsing(cast, "individual_planning")
    play.as_("Do this as")
    issued: dict[str, Any] = {
        f"preparation_issued_on__{part}": said for part, said in (("day", "1"), ("month", "3"), ("year", "2027"))
    }
    play.visitor.fill(preparation_issued="Activity of the year", **issued)
    play.as_("Do this as Dr Ada Example")
    play.visitor.fill(effect_on_service="None", effect_on_team="None")
    play.as_(": Draft the plan")
    assert play.visitor.page.heading == "Draft the plan"
    boxes = len(play.visitor.page.values())
    play.visitor.change(next(button for button in play.visitor.page.buttons() if button.startswith("add")), {})
    assert len(play.visitor.page.values()) > boxes
    assert BANNER in play.text


def test_a_draft_with_a_fault_says_what_to_mend_first(cast: Cast) -> None:
    draft_id = cast.draft("<not-bpmn/>")
    visitor = cast.at(cast.owner)
    visitor.open(f"/studio/drafts/{draft_id}/rehearsal")
    assert "What has to be mended first" in visitor.page.text
    assert "Begin the rehearsal" not in visitor.page.text


def test_nobody_else_opens_a_rehearsal(cast: Cast) -> None:
    play = Rehearsing(cast)
    way = play.way("Do this as Dr Ada Example")
    for address in (play.home, way):
        cast.at(cast.second).open(address, 404)
        cast.at(cast.house.doctor).open(address, 404)
    cast.at(cast.house.doctor).open(play.start, 404)
    cast.at(cast.approver).open(play.start)


def test_it_is_begun_again_with_the_draft_as_it_is_now(cast: Cast, store: Store) -> None:
    play = Rehearsing(cast)
    play.refer()
    with store() as session:
        by = Actor(person_id=cast.owner.id, trust_id=cast.owner.trust_id)
        save(session, by, play.draft_id, shipped_files()[STEP], read=1)
    play.visitor.open(play.home)
    assert "The draft was changed since this began." in play.text
    play.press("again")
    assert "Begun again, with the draft as it is now." in play.text
    assert "The draft was changed since this began." not in play.text
    assert "Choose how to go on" in play.text


def test_a_rehearsal_is_cleared_away(cast: Cast) -> None:
    play = Rehearsing(cast)
    play.visitor.open(play.start)
    assert "Your rehearsals of this draft" in play.text
    play.visitor.send(f"{play.home}/wind-up", {})
    assert "The rehearsal is cleared away." in play.text
    play.visitor.open(play.home, 404)


def test_the_past_is_played_over_the_draft(cast: Cast) -> None:
    draft_id = cast.draft()
    visitor = cast.at(cast.owner)
    visitor.open(f"/studio/drafts/{draft_id}/rehearsal/replay")
    assert "No case of your trust is closed yet, so there is nothing to replay." in visitor.page.text


def test_over_a_draft_that_cannot_run_the_past_is_not_played_but_what_to_mend_is_said(cast: Cast) -> None:
    visitor, draft_id = cast.at(cast.owner), cast.draft("<not-bpmn/>")
    assert visitor.client.get(f"/studio/drafts/{draft_id}/rehearsal/replay").status_code == 303
    visitor.open(f"/studio/drafts/{draft_id}/rehearsal")
    assert "What has to be mended first" in visitor.page.text
    assert f"/studio/drafts/{draft_id}/rehearsal/replay" not in visitor.page.links


def test_a_rehearsal_asks_what_its_case_is_about_as_the_real_start_does(cast: Cast) -> None:
    play = Rehearsing(cast, "disagreement", **{
        "answer-kind": "pay_progression",
        "answer-subject": "colleague",
        "answer-objection": "The criteria were met.",
    })  # fmt: skip
    about = "Dr Ben Example: dispute over pay progression"
    assert about in play.visitor.open(play.home).text
    play.press("again")
    assert "Begun again" in play.text
    assert about in play.text, "what was answered stays"


def test_a_question_that_is_left_empty_is_answered_by_its_example(cast: Cast) -> None:
    draft_id = cast.draft()
    visitor = cast.at(cast.owner)
    address = f"/studio/drafts/{draft_id}/rehearsal?process=individual_planning"
    visitor.open(address)
    assert "A new starter, who gets an interim plan" in visitor.page.text
    boxes = {name: value for name, value in visitor.page.values("begin").items() if "start_date" not in name}
    visitor.send(address, {**boxes, "answer-subject": "nobody"}, status=422)
    visitor.send(address, {**boxes, "answer-kind": "interim"})
    assert visitor.page.heading == "Rehearsal of A calmer mediation"


def test_the_page_of_a_draft_leads_to_the_rehearsal_of_one_process(cast: Cast) -> None:
    visitor = cast.at(cast.owner)
    page = visitor.open(f"/studio/drafts/{cast.draft()}")
    ways = [link for link in page.links if "/rehearsal?process=" in link]
    assert "mediation" in {way.partition("=")[2] for way in ways}
    assert visitor.open(ways[0]).heading.startswith("Rehearse “")


def test_a_process_that_goes_round_at_once_is_not_begun_but_says_so(cast: Cast) -> None:
    draft_id = cast.draft()
    spinning = """<startEvent id="s"/><exclusiveGateway id="a"/><exclusiveGateway id="b" default="z"/><endEvent id="e"/>
      <sequenceFlow id="w" sourceRef="s" targetRef="a"/><sequenceFlow id="x" sourceRef="a" targetRef="b"/>
      <sequenceFlow id="y" sourceRef="b" targetRef="a"><conditionExpression>case.kind == "help"</conditionExpression>
      </sequenceFlow><sequenceFlow id="z" sourceRef="b" targetRef="e"/>"""
    text = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x" id="d">'
        f'<process id="help_request" name="Help" isExecutable="true">{spinning}</process></definitions>'
    )
    with cast.store() as session:
        by = Actor(person_id=cast.owner.id, trust_id=cast.owner.trust_id)
        about: dict[str, Any] = {"path": "processes/help_request.bpmn", "text": text, "read": 0, "said": "Drew it."}
        drafts.save_file(session, by=by, draft_id=draft_id, now=NOW, **about)
        session.commit()
    visitor = cast.at(cast.owner)
    address = f"/studio/drafts/{draft_id}/rehearsal?process=help_request"
    visitor.open(address)
    visitor.send(address, {}, status=409)
    assert "It could not be begun." in visitor.page.text
    assert "it goes round in a circle" in visitor.page.text
