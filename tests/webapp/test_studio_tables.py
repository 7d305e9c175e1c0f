"""Decision tables of a draft in the browser: rules as forms, in any order, and the same table drawn."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.factories import World, shipped_files
from tests.webapp.apps import Store
from tests.webapp.studio_cast import begun, of_the_studio, text_of
from tests.webapp.visitor import Visitor
from workflows.engine.editing.beginning_tables import Column, NewTable, begin
from workflows.engine.editing.rules import Sheet, sheet, written
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
PATH, KEY = "decisions/spa_tariff.dmn", "spa_tariff"


def address(draft_id: int, end: str = "") -> str:
    return f"/studio/drafts/{draft_id}/tables/{KEY}{end}"


def kept(store: Store, draft_id: int) -> Sheet:
    return sheet(text_of(store, draft_id, PATH) or "", KEY)


def test_a_rule_is_changed_and_another_added_with_forms_alone(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, before = visit(owner), kept(store, draft_id)
    visitor.open(f"/studio/drafts/{draft_id}")
    assert address(draft_id) in visitor.page.links
    visitor.open(address(draft_id))
    assert "Role: educational supervisor" in visitor.page.text
    roles = (("tutor", '"tutor"'), ("mentor, coach", '"mentor", "coach"'), ('"chair"', '"chair"'))
    rules = ((before.rows[0].key, 0), ("new", len(before.rows)), (before.rows[1].key, 1))
    for (rule, number), (typed_role, role) in zip(rules, roles, strict=True):
        visitor.open(address(draft_id, f"/rules/{rule}"))
        assert '"' not in visitor.page.values("rule-form")["answer-in_1"][0]
        assert "quotation marks" not in visitor.page.text
        typed = {"answer-in_1": typed_role, "answer-out_1": "0.75"}
        visitor.send(address(draft_id, f"/rules/{rule}"), {**visitor.page.values("rule-form"), **typed})
        row = kept(store, draft_id).rows[number]
        assert (row.inputs[1], row.outputs[1]) == (role, "0.75")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("half", "Rule 2: “PAs a week” takes a number: “half” is no value, list, comparison or range."),
        ('"lots"', 'Rule 2: “PAs a week” takes a number, and "lots" is none.'),
        ("-5000", "Rule 2: “PAs a week” must be at least 0, and -5000 is not."),
        ("1, 2", "Rule 2: “PAs a week” takes one value, and no list."),
    ],
)
def test_a_cell_of_another_kind_is_told_at_its_box_and_in_the_same_words_where_it_was_drawn(
    owner: Person, visit: Visit, draft_id: int, store: Store, typed: str, sentence: str
) -> None:
    visitor, before = visit(owner), text_of(store, draft_id, PATH) or ""
    rows = list(kept(store, draft_id).rows)
    rule = address(draft_id, f"/rules/{rows[1].key}")
    visitor.open(rule)
    visitor.send(rule, {**visitor.page.values("rule-form"), "answer-out_1": typed}, 422)
    assert "#answer-out_1" in visitor.page.links
    assert sentence in visitor.page.text
    assert visitor.page.values("rule-form")["answer-out_1"] == [typed]
    assert (text_of(store, draft_id, PATH) or "") == before
    rows[1] = replace(rows[1], outputs=(rows[1].outputs[0], typed, *rows[1].outputs[2:]))
    visitor.open(address(draft_id))
    asked = {"csrf_token": visitor.page.token, "version": "0", "text": written(before, KEY, rows)}
    answer = visitor.client.post(address(draft_id, "/drawing"), data=asked)
    assert [one["sentence"] for one in answer.get_json()["problems"]] == [sentence]
    visitor.open(address(draft_id))
    assert sentence in visitor.page.text
    assert visitor.page.heading == "How much time for a role?"


def test_rules_change_places_and_are_taken_out(owner: Person, visit: Visit, draft_id: int, store: Store) -> None:
    visitor, before = visit(owner), [row.key for row in kept(store, draft_id).rows]
    wanted = {
        f"{before[1]} up": [before[1], before[0], *before[2:]],
        f"{before[1]} down": before,
        f"{before[0]} remove": before[1:],
    }
    for press, order in wanted.items():
        visitor.open(address(draft_id))
        boxes = {**visitor.page.values(address(draft_id, "/order")), "press": press}
        visitor.send(address(draft_id, "/order"), boxes)
        assert [row.key for row in kept(store, draft_id).rows] == order, press
    visitor.open(address(draft_id, f"/rules/{before[0]}"), 404)


def test_a_table_is_kept_as_it_was_drawn_and_never_over_somebodys_change(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, text = visit(owner), shipped_files()[PATH].replace("Whose policy", "Which policy")
    visitor.open(address(draft_id))
    asked = {"csrf_token": visitor.page.token, "version": "0", "text": text}
    answer = visitor.client.post(address(draft_id, "/drawing"), data=asked)
    assert answer.status_code == 200
    assert answer.get_json()["problems"] == []
    assert text_of(store, draft_id, PATH) == text
    again = visitor.client.post(address(draft_id, "/drawing"), data={**asked, "text": shipped_files()[PATH]})
    assert again.status_code == 409
    assert again.get_json()["sentence"].startswith("You changed this since you opened it")


def test_an_approver_reads_a_table_and_changes_nothing(world: World, store: Store, visit: Visit, draft_id: int) -> None:
    visitor = visit(of_the_studio(world, store, "Edwin Appleby", "process_approver"))
    visitor.open(address(draft_id))
    assert not [link for link in visitor.page.links if "/rules/" in link]
    visitor.open(address(draft_id, "/rules/new"), 403)
    for end in ("/order", "/drawing"):
        visitor.send(address(draft_id, end), {"csrf_token": visitor.page.token}, 403)


@pytest.fixture
def chosen(owner: Person, store: Store) -> int:
    """A draft with a table that looks at a question with options, where the first rule counts."""
    column = Column("extra_kind", "Kind of activities", "choice")
    new = NewTable("Who pays", "", "FIRST", (column,), (Column("payer", "Who pays", "text"),))
    return begun(store, owner, {"decisions/who_pays.dmn": begin("who_pays", new).text})


def test_a_question_with_options_is_asked_with_its_answers_and_kept_by_their_keys(
    owner: Person, visit: Visit, store: Store, chosen: int
) -> None:
    visitor, rules = visit(owner), f"/studio/drafts/{chosen}/tables/who_pays/rules"
    new = f"{rules}/new"
    visitor.open(new)
    assert "Extra, from spare capacity" in visitor.page.text
    typed = {"answer-in_0": ["extra"], "answer-out_0": "The Medical Director"}
    visitor.send(new, {**visitor.page.values("rule-form"), **typed})
    first = sheet(text_of(store, chosen, "decisions/who_pays.dmn") or "", "who_pays").rows[0]
    assert (first.inputs, first.outputs) == (('"extra"',), ('"The Medical Director"',))
    visitor.open(f"/studio/drafts/{chosen}/tables/who_pays")
    assert "Kind of activities: Extra, from spare capacity" in visitor.page.text
    visitor.open(f"{rules}/{first.key}")
    assert visitor.page.values("rule-form")["answer-in_0"] == ["extra"]


def test_words_that_are_no_answer_stay_in_their_box_with_the_answers_that_there_are(
    owner: Person, visit: Visit, store: Store, chosen: int
) -> None:
    path = "decisions/who_pays.dmn"
    text = (text_of(store, chosen, path) or "").replace("<text>-</text>", '<text>!= "extra"</text>')
    draft = begun(store, owner, {path: text})
    visitor, rule = visit(owner), f"/studio/drafts/{draft}/tables/who_pays/rules/who_pays_everything_else"
    visitor.open(rule)
    typed = {"answer-in_0": "Holiday", "answer-out_0": "Nobody"}
    visitor.send(rule, {**visitor.page.values("rule-form"), **typed}, 422)
    assert 'Rule 1: “Kind of activities” is never "Holiday". The answers to it are “Extra, from' in visitor.page.text
    assert "#answer-in_0" in visitor.page.links


@pytest.mark.parametrize(
    ("ticked", "answer", "sentence"),
    [
        ([], "", "This rule always applies and answers nothing. Say when it applies, or what it answers."),
        (["extra"], 'The "Medical" Director', "“Who pays”: a text cannot hold quotation marks or backslashes."),
    ],
)
def test_a_rule_that_says_nothing_and_a_text_with_quotation_marks_are_told_at_the_answer(
    owner: Person, visit: Visit, chosen: int, ticked: list[str], answer: str, sentence: str
) -> None:
    visitor, new = visit(owner), f"/studio/drafts/{chosen}/tables/who_pays/rules/new"
    visitor.open(new)
    typed = {"answer-in_0": ticked, "answer-out_0": answer}
    visitor.send(new, {**visitor.page.values("rule-form"), **typed}, 422)
    assert sentence in visitor.page.text
    assert "#answer-out_0" in visitor.page.links
