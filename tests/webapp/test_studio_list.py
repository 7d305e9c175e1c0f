"""A diagram as a list: a process owner changes it by keyboard alone, without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import NOW, World
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows.cases import Actor
from workflows.engine.drawings import Drawing, read
from workflows.store.models import Person
from workflows.studio import drafts

Visit = Callable[[Person], Visitor]
PATH = "processes/mediation.bpmn"


class Editor:
    """Somebody at the list of mediation in a draft."""

    def __init__(self, visitor: Visitor, store: Store, draft_id: int) -> None:
        self.visitor, self.store, self.draft_id = visitor, store, draft_id
        self.root = f"/studio/drafts/{draft_id}/list/mediation"
        self.visitor.open(self.root)

    @property
    def drawing(self) -> Drawing:
        with self.store() as session:
            return read(drafts.files(session, draft_id=self.draft_id)[PATH])

    @property
    def version(self) -> str:
        """The version that the open list was drawn from."""
        return self.box("version")

    def box(self, name: str) -> str:
        """What a hidden box of the open page holds."""
        return next(each.get("value", "") for each in self.visitor.page.root.iter("input") if each.get("name") == name)

    def press(self, address: str, status: int = 200, version: str = "", **typed: Any) -> str:
        """Open a page of the list, if it is a page, fill in its form and send it."""
        boxes: dict[str, Any] = {}
        if address.rpartition("/")[2] not in ("move", "otherwise", "undo", "redo"):
            boxes = dict(self.visitor.open(f"{self.root}/{address}").values("list-form"))
        else:
            boxes["version"] = self.version
        named = {f"answer-{name}": value for name, value in typed.items()}
        plain: dict[str, str] = {name: typed[name] for name in ("way", "number") if name in typed}
        boxes |= {**named, **plain, **({"version": version} if version else {})}
        return self.visitor.send(f"{self.root}/{address}", boxes, status=status).text


@pytest.fixture
def editor(world: World, owner: Person, visit: Visit, store: Store) -> Editor:
    with store() as session:
        by = Actor(person_id=owner.id, trust_id=world.cpft.trust.id)
        draft_id = drafts.begin(session, by=by, name="Talks first", now=NOW)
        session.commit()
    return Editor(visit(owner), store, draft_id)


def test_the_list_reads_the_diagram_aloud_in_its_order(editor: Editor) -> None:
    text = editor.visitor.page.text
    steps = ["1. Referral received", "2. Name the mediator", "3. Book the mediation meeting", "4. Record the mediation"]
    assert [text.index(each) for each in steps] == sorted(text.index(each) for each in steps)
    assert "otherwise go to" in text
    assert "is “" in text
    assert "The check finds nothing to mend" in text


def test_a_step_is_added_where_it_was_asked_for_and_the_list_comes_back_to_it(editor: Editor) -> None:
    text = editor.press("record_mediation/add", name="Talk again", documentation="Talk.", role="clinical_manager")
    assert "Added the step “Talk again” after “Record the mediation”." in text
    assert editor.drawing.nodes["talk_again"].roles == ("clinical_manager",)
    answer = editor.visitor.client.post(
        f"{editor.root}/talk_again/move",
        data={"csrf_token": editor.visitor.page.token, "version": editor.version, "way": "up"},
    )
    assert answer.headers["Location"].endswith("#line-talk_again")


def test_a_step_is_added_at_the_same_time_as_another_and_a_third_as_both(editor: Editor) -> None:
    text = editor.press("decide/together", name="Tell the team", documentation="Say it.", role="clinical_manager")
    assert "Added the step “Tell the team” at the same time as “Decide in writing”." in text
    assert "The check finds nothing to mend" in text
    [split] = [flow.source for flow in editor.drawing.incoming["tell_the_team"]]
    assert f"{editor.root}/{split}/together" in editor.visitor.page.links
    editor.press(f"{split}/together?answer-kind=notify", name="It is decided", documentation="Now.", role="finance")
    ways = [flow.target for flow in editor.drawing.outgoing[split]]
    assert ways == ["decide", "tell_the_team", "it_is_decided"]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("answer_decision/together", "“Accept the decision or appeal” can be ended early"),
        ("mediation_agreed/add", "Nothing can follow “Agreed”"),
        ("agreement_reached/add", "Several ways leave “Agreement?”"),
        ("decision_answered/remove", "Nothing would follow “Accept the decision or appeal”"),
        ("decision_answered/time", "takes no time, so no deadline can end it"),
    ],
)
def test_what_would_be_refused_whatever_is_typed_is_not_offered_and_says_why_before(
    editor: Editor, address: str, why: str
) -> None:
    links = editor.visitor.page.links
    assert f"{editor.root}/{address}" not in links
    assert f"{editor.root}/decide/together" in links
    answer = editor.visitor.client.get(f"{editor.root}/{address}")
    assert answer.headers["Location"].endswith(f"#line-{address.partition('/')[0]}")
    assert why in editor.visitor.open(editor.root).text


def test_what_is_wrong_is_said_at_its_line_in_the_words_of_the_check(editor: Editor) -> None:
    editor.press("record_mediation/add?answer-kind=serviceTask", name="Tell them", action="notify")
    text = editor.visitor.open(editor.root).text
    line = text[text.index("Tell them") :]
    assert "The message needs a name, which is its subject, and words." in line
    assert "to mend before it can be published" in text


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("userTask", {"name", "documentation", "role"}),
        ("notify", {"name", "documentation", "role"}),
        ("callActivity", {"name", "called"}),
        ("businessRuleTask", {"name", "decision"}),
        ("serviceTask", {"name", "action"}),
    ],
)
def test_a_step_to_add_is_asked_what_its_kind_needs_and_no_more(editor: Editor, kind: str, asked: set[str]) -> None:
    page = editor.visitor.open(f"{editor.root}/record_mediation/add?answer-kind={kind}")
    assert {key for key in page.values("list-form") if key.startswith("answer-")} <= {f"answer-{key}" for key in asked}
    assert "if you answered" not in page.text
    others = {link for link in page.links if "answer-kind=" in link}
    assert len(others) == 4, "every other kind is a link away"


def test_a_step_that_lacks_something_is_asked_for_it_before_it_is_added(editor: Editor) -> None:
    text = editor.press("record_mediation/add", status=422, name="Talk again", role="amd", documentation="")
    assert "“What is the person asked to do?” needs an answer." in text
    assert "talk_again" not in editor.drawing.nodes


@pytest.mark.parametrize(
    "address", ["decide/change", "decide/choice?answer-fact=typed", "decide/time", "note_late_appeal/change"]
)
def test_every_list_to_choose_from_has_one_empty_choice_and_it_says_what_it_means(editor: Editor, address: str) -> None:
    page = editor.visitor.open(f"{editor.root}/{address}")
    for box in page.root.iter("select"):
        first, *others = [(each.get("value", ""), "".join(each.itertext()).strip()) for each in box.iter("option")]
        assert first[0] in ("", "--none--"), box.get("name")
        assert first[1]
        assert first[0] or first[1] == "Choose one"
        assert {"", "--none--"}.isdisjoint(value for value, _ in others), box.get("name")


def test_what_is_needed_with_one_answer_alone_stands_below_that_answer(editor: Editor) -> None:
    page = editor.visitor.open(f"{editor.root}/decide/choice?answer-fact=typed")
    assert "if you answered" not in page.text
    below = {box.get("id"): box for box in page.root.iter("div") if "conditional" in (box.get("class") or "")}
    held = [{each.get("name") for each in box.iter() if each.get("name")} for box in below.values()]
    assert {"answer-step_name", "answer-step_words", "answer-step_role"} in held
    assert {"answer-end"} in held


def test_a_name_may_be_as_long_as_the_check_allows_and_no_longer(editor: Editor) -> None:
    text = editor.press("decide/change", name="W" * 200)
    assert "The check finds nothing to mend" in text
    text = editor.press("decide/change", status=422, name="W" * 201)
    assert "must be 200 characters or fewer; it has 201" in text


def test_a_step_is_changed_and_what_was_not_touched_stays(editor: Editor) -> None:
    before = editor.drawing.nodes["decide"]
    text = editor.press("decide/change", name="Decide in a letter", role="chief_executive")
    after = editor.drawing.nodes["decide"]
    assert "Changed “Decide in a letter” in 2 ways." in text
    assert (after.name, after.lane) == ("Decide in a letter", "chief_executive")
    assert (after.screen, after.deadline, after.letter, after.clause, after.fields, after.documentation) == (
        *(before.screen, before.deadline, before.letter, before.clause, before.fields, before.documentation),
    )


def test_work_of_the_system_is_changed_in_the_list_too(editor: Editor) -> None:
    text = editor.press("note_late_appeal/change", action="notify", to=["amd", "mediator"], documentation="It lapsed.")
    node = editor.drawing.nodes["note_late_appeal"]
    assert (node.action, node.attributes["to"], node.documentation) == ("notify", "amd mediator", "It lapsed.")
    assert "Tells Associate Medical Director and Mediator" in text
    editor.press(
        "record_mediation/add?answer-kind=businessRuleTask", name="Which window?", decision="meeting_window"
    )  # fmt: skip
    assert editor.drawing.nodes["which_window"].decision == "meeting_window"


def test_who_else_may_take_a_step_is_ticked_in_the_list(editor: Editor) -> None:
    editor.press("decide/change", roles=["amd"])
    assert editor.drawing.nodes["decide"].roles == ("mediator", "amd")


def test_a_step_moves_up_and_down_and_undo_takes_it_back(editor: Editor) -> None:
    editor.press("record_mediation/move", way="up")
    assert [flow.target for flow in editor.drawing.outgoing["record_mediation"]] == ["book_mediation"]
    text = editor.press("undo", number=editor.box("number"))
    assert [flow.target for flow in editor.drawing.outgoing["book_mediation"]] == ["record_mediation"]
    assert "Do again" in text


def test_a_choice_is_built_from_an_answer_and_its_options(editor: Editor) -> None:
    page = editor.visitor.open(f"{editor.root}/decide/choice")
    assert "Which answer decides?" in page.text
    assert list(page.values("list-form")) == ["answer-fact"]
    asked: dict[str, Any] = {
        "question": "Was it agreed?", "comparison": "is", "value": "agreed", "way": "Yes", "then": "step",
        "step_name": "Thank them", "step_words": "Write to them.", "step_role": "mediator", "otherwise": "No",
    }  # fmt: skip
    text = editor.press("record_mediation/choice?answer-fact=mediation_result", **asked)
    drawing = editor.drawing
    flow = next(each for each in drawing.flows if each.target == "thank_them")
    assert flow.condition == 'case.mediation_result == "agreed"'
    assert drawing.nodes["was_it_agreed"].default
    assert "The check finds nothing to mend" in text
    editor.press("was_it_agreed_to_thank_them/remove")
    assert "was_it_agreed" not in editor.drawing.nodes


def test_a_typed_condition_is_checked_by_the_evaluator_and_nothing_is_lost(editor: Editor) -> None:
    typed: dict[str, Any] = {"question": "Late?", "condition": "__import__('os')", "then": "end", "end": "Late"}
    text = editor.press("decide/choice?answer-fact=typed", status=422, **typed)
    assert "cannot be used" in text
    assert "#answer-condition" in editor.visitor.page.links
    assert "__import__" in editor.visitor.page.values("list-form")["answer-condition"][0]


def test_the_condition_of_a_way_is_changed_and_the_other_way_made_the_default(editor: Editor) -> None:
    way = "about_pay_to_recommend_on_pay"
    editor.press(f"ways/{way}?answer-fact=mediation_result", comparison="is_not", value="agreed", name="Pay")
    flow = next(each for each in editor.drawing.flows if each.id == way)
    assert (flow.name, flow.condition) == ("Pay", 'case.mediation_result != "agreed"')
    editor.press(f"ways/{way}/otherwise")
    assert editor.drawing.nodes["about_pay"].default == way


def test_a_deadline_ends_a_step(editor: Editor) -> None:
    editor.press("decide/time", deadline="mediation_meeting", then="end", end="Too late")
    event = next(node for node in editor.drawing.nodes.values() if node.attached_to == "decide")
    assert event.timer == 'due("mediation_meeting")'
    editor.press(f"{event.id}/remove")
    assert not editor.drawing.attached.get(event.id)


def test_whichever_comes_first_is_waited_for_and_one_thing_more(editor: Editor) -> None:
    add = editor.visitor.open(f"{editor.root}/book_mediation/add")
    assert f"{editor.root}/book_mediation/first" in add.links
    waits: dict[str, Any] = {
        "wait_1": "day:mediation_meeting",
        "then_1": "on",
        "wait_2": "word:notice_given",
        "then_2": "end",
    }
    text = editor.press("book_mediation/first", **waits, end_2="Withdrawn")
    assert "Added a wait for “Mediation meeting” or “Notice was given” after “Book the mediation meeting”" in text
    assert "The check finds nothing to mend" in text
    assert "Waits until the day of “Mediation meeting”" in text
    gateway = "first_after_book_mediation"
    assert f"{editor.root}/{gateway}/wait" in editor.visitor.page.links
    editor.press(f"{gateway}/wait", wait_1="word:need_ended", then_1="other", to_1="record_mediation")
    ways = [flow.target for flow in editor.drawing.outgoing[gateway]]
    assert ways == ["mediation_meeting", "notice_was_given", "the_need_for_the_extra_activities_has_ended"]
    again = editor.press(f"{gateway}/wait", 422, wait_1="day:sign_off", then_1="end", end_1="Late")
    assert "Only one day can be waited for here" in again
    nowhere = editor.press(f"{gateway}/wait", 422, wait_1="word:team_plan_published", then_1="other")
    assert "“Which step?” needs an answer." in nowhere


def test_questions_are_added_changed_moved_and_removed(editor: Editor) -> None:
    page = editor.visitor.open(f"{editor.root}/decide/questions/add")
    assert list(page.values("list-form")) == ["answer-type"], "what kind of answer it wants is asked first"
    asked: dict[str, Any] = {"label": "Who was there?", "needed": "yes", "option_0": "All", "option_1": "Some"}
    text = editor.press("decide/questions/add?answer-type=choice", **asked)
    assert "Added the question “Who was there?” to “Decide in writing”." in text
    assert editor.drawing.nodes["decide"].fields[-1].options == (("all", "All"), ("some", "Some"))
    twice = editor.press("decide/questions/who_was_there/change", 422, option_1="all ")
    assert "The option “all” is there twice. Give each its own words." in twice
    editor.press("decide/questions/who_was_there/change", option_1="A few")
    assert editor.drawing.nodes["decide"].fields[-1].options == (("all", "All"), ("some", "A few"))
    editor.visitor.open(f"{editor.root}/decide/questions")
    editor.press("decide/questions/who_was_there/move", way="up")
    assert editor.drawing.nodes["decide"].fields[-2].key == "who_was_there"
    editor.press("decide/questions/who_was_there/remove")
    assert "who_was_there" not in {field.key for field in editor.drawing.nodes["decide"].fields}


def test_what_somebody_else_changed_meanwhile_is_not_written_over(editor: Editor) -> None:
    editor.press("decide/change", name="Decide soon")
    text = editor.press("decide/change", status=409, version="0", name="Decide late")
    assert "Your change is not saved" in text
    assert editor.drawing.nodes["decide"].name == "Decide soon"


def test_a_step_is_removed_once_that_is_confirmed(editor: Editor) -> None:
    assert "Removed “Recommend on pay progression”." in editor.press("recommend_on_pay/remove")
    assert "recommend_on_pay" not in editor.drawing.nodes


@pytest.mark.parametrize(
    "address", ["nowhere/change", "ways/nowhere", "nowhere/remove", "decide/questions/nowhere/change"]
)
def test_what_is_not_in_the_list_is_not_there(editor: Editor, address: str) -> None:
    editor.visitor.open(f"{editor.root}/{address}", status=404)


def test_nobody_else_opens_the_list(editor: Editor, world: World, visit: Visit) -> None:
    visit(world.cpft.doctor).open(editor.root, status=404)


def test_a_step_is_led_elsewhere_or_to_a_new_end(editor: Editor) -> None:
    editor.press("ways/decide_to_answer_decision", to="decision_stands")
    assert [flow.target for flow in editor.drawing.outgoing["decide"]] == ["decision_stands"]
    flow = editor.drawing.outgoing["recommend_on_pay"][0].id
    editor.press(f"ways/{flow}", to="a new end")
    target = editor.drawing.outgoing["recommend_on_pay"][0].target
    assert editor.drawing.nodes[target].type == "endEvent"


def test_what_somebody_typed_is_shown_as_they_typed_it(editor: Editor) -> None:
    text = "<script>alert(1)</script>"
    editor.press("decide/change", name=f"Decide {text}", documentation=text)
    assert f"Decide {text}" in editor.visitor.page.text
    assert "script" not in {each.tag for each in editor.visitor.page.root.iter() if each.text == "alert(1)"}


@pytest.mark.parametrize("odd", ["\x01", "\x1b", "\ufffe"])
def test_a_character_that_no_diagram_holds_is_left_out(editor: Editor, odd: str) -> None:
    editor.press("decide/change", name=f"De{odd}cide")
    assert editor.drawing.nodes["decide"].name == "Decide"


@pytest.mark.parametrize(
    ("kind", "more"),
    [("yes_no", set()), ("number", {"min", "max"}), ("choice", {"option_0", "option_1", "option_2"})],
)
def test_a_question_is_asked_what_its_kind_of_answer_needs(editor: Editor, kind: str, more: set[str]) -> None:
    page = editor.visitor.open(f"{editor.root}/decide/questions/add?answer-type={kind}")
    asked = {key.removeprefix("answer-") for key in page.values("list-form") if key.startswith("answer-")}
    assert asked - {"label", "hint", "needed", "visible"} == more


def test_the_kind_of_answer_can_be_changed(editor: Editor) -> None:
    editor.press("decide/questions/add?answer-type=number", label="How long?", needed="no", min="1")
    at = f"{editor.root}/decide/questions/how_long/change"
    assert f"{at}?answer-type=" in editor.visitor.open(at).links
    assert list(editor.visitor.open(f"{at}?answer-type=").values("list-form")) == ["answer-type"]
    editor.press("decide/questions/how_long/change?answer-type=text", label="How long?")
    assert (editor.drawing.nodes["decide"].fields[-1].type, editor.drawing.nodes["decide"].fields[-1].minimum) == (
        "text",
        None,
    )
