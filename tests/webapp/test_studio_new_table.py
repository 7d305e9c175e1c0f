"""A decision table that a draft begins by a form: what it looks at, what it answers, and its first rules."""

from collections.abc import Callable, Mapping

import pytest

from tests.factories import World, shipped_files
from tests.webapp.apps import Store
from tests.webapp.studio_cast import of_the_studio, text_of
from tests.webapp.visitor import Visitor
from workflows.engine.decisions import read_tables
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
NOTHING: Mapping[str, str] = {}
PATH = "decisions/who_has_to_agree.dmn"
TYPED = {
    "answer-title": "Who has to agree?", "answer-about": "Large changes need the board.", "looks-0-fact": "nature",
    "gives-0-label": "Must agree", "gives-0-type": "text",
}  # fmt: skip


def address(draft_id: int) -> str:
    """The form of a table that is asked in a dispute."""
    return f"/studio/drafts/{draft_id}/new-table?answer-process=disagreement"


def begin(visitor: Visitor, draft_id: int, status: int = 200, typed: Mapping[str, str] = NOTHING) -> None:
    """Fill in the form, and send it."""
    visitor.open(address(draft_id))
    visitor.send(address(draft_id), {**visitor.page.values("table-form"), **TYPED, **typed}, status)


def test_a_table_is_begun_by_a_form_with_one_rule_and_nothing_to_mend(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    first = f"/studio/drafts/{draft_id}/new-table"
    assert first in visitor.open(f"/studio/drafts/{draft_id}").links
    assert "In which process is it asked?" in visitor.open(first).text
    begin(visitor, draft_id)
    assert visitor.page.heading == "Who has to agree?"
    assert "“Who has to agree?” is begun." in visitor.page.text
    assert "The check finds nothing to mend." in visitor.page.text
    (table,) = read_tables(text_of(store, draft_id, PATH) or "")
    assert (table.key, table.name, table.hit_policy) == ("who_has_to_agree", "Who has to agree?", "FIRST")
    assert [column.expression.facts for column in table.inputs] == [{"nature"}]
    assert table.outputs == ("must_agree",)
    assert table.decide(["anything"]) == {"must_agree": None}, "its one rule holds always, and answers nothing yet"
    assert "No fault is found in any file of this draft." in visitor.open(f"/studio/drafts/{draft_id}").text
    assert "Who has to agree?" in visitor.open(f"/studio/drafts/{draft_id}/changes").text
    assert (
        "Who has to agree?"
        in visitor.open(f"/studio/drafts/{draft_id}/list/disagreement/refer/add?answer-kind=businessRuleTask").text
    )


def test_a_rule_that_is_added_stands_before_the_one_for_everything_else(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    begin(visitor, draft_id)
    rule = f"/studio/drafts/{draft_id}/tables/who_has_to_agree/rules/new"
    assert visitor.open(rule).heading == "Add a rule"
    visitor.send(rule, {**visitor.page.values("rule-form"), "answer-in_0": "pay", "answer-out_0": "The board"})
    (table,) = read_tables(text_of(store, draft_id, PATH) or "")
    assert [table.decide([word]) for word in ("pay", "rest")] == [{"must_agree": "The board"}, {"must_agree": None}]


def test_a_table_that_was_begun_is_undone_and_taken_out(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, home = visit(owner), f"/studio/drafts/{draft_id}"
    begin(visitor, draft_id)
    visitor.open(home)
    visitor.send(f"{home}/undo", visitor.page.values(f"{home}/undo"))
    assert text_of(store, draft_id, PATH) is None
    begin(visitor, draft_id)
    visitor.open(f"{home}/take-out/decisions/who_has_to_agree")
    visitor.send(f"{home}/take-out/decisions/who_has_to_agree", {})
    assert text_of(store, draft_id, PATH) is None


def test_columns_come_and_go_and_each_kind_of_answer_is_declared(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    visitor.open(f"/studio/drafts/{draft_id}/new-table?answer-process=no_such_process", 404)
    visitor.open(address(draft_id))
    boxes = {**visitor.page.values("table-form"), **TYPED, "press": "add-looks"}
    visitor.send(address(draft_id), boxes)
    boxes = {**visitor.page.values("table-form"), "looks-1-fact": "referral_received_date", "press": "add-gives"}
    visitor.send(address(draft_id), boxes)
    boxes = {**visitor.page.values("table-form"), "gives-1-label": "Days that it may take", "gives-1-type": "number"}
    visitor.send(address(draft_id), boxes)
    text = text_of(store, draft_id, PATH) or ""
    assert '<inputExpression id="who_has_to_agree_reads_referral_received_date" typeRef="date">' in text
    assert 'label="Days that it may take" name="days_that_it_may_take" typeRef="number"' in text


@pytest.mark.parametrize(
    ("boxes", "box", "sentence"),
    [
        ({"answer-title": ""}, "answer-title", "“What is the table called?” needs an answer."),
        ({"answer-about": ""}, "answer-about", "“What does it decide, and under which rule?” needs an answer."),
        ({"answer-title": "W" * 201}, "answer-title", "“What is the table called?” must be 200 characters or fewer"),
        ({"looks-0-fact": ""}, "looks-0-fact", "Column 1: Choose what the table looks at."),
        ({"looks-0-fact": "nobody_knows_this"}, "looks-0-fact", "Column 1: Choose what the table looks at."),
        ({"looks-1-fact": "nature"}, "looks-1-fact", "Column 2: Another column looks at this."),
        ({"gives-0-label": ""}, "gives-0-label", "Answer 1: Say what the answer is called."),
        ({"gives-0-label": "2027!"}, "gives-0-label", "Answer 1: Call this answer something with letters in it"),
        ({"gives-0-label": "Class"}, "gives-0-label", "Answer 1: Call this answer something with letters in it"),
        ({"gives-0-label": "Nature"}, "gives-0-label", "Answer 1: The case knows “Nature” already"),
        ({"gives-1-label": "must agree"}, "gives-1-label", "Answer 2: The case knows “must agree” already"),
        ({"gives-0-label": "W" * 201}, "gives-0-label", "Answer 1: Use 200 characters or fewer."),
        ({"gives-0-type": "people"}, "gives-0-type", "Answer 1: Choose what kind of answer it is."),
    ],
)
def test_what_no_table_can_be_is_said_at_its_box_and_nothing_is_lost(
    owner: Person, visit: Visit, draft_id: int, store: Store, boxes: dict[str, str], box: str, sentence: str
) -> None:
    visitor = visit(owner)
    begin(visitor, draft_id, 422, boxes)
    assert any(problem.startswith(sentence) for problem in visitor.page.problems), visitor.page.problems
    assert f"#{box}" in visitor.page.links
    again = visitor.page.values("table-form")
    assert {key: again[key] for key in {**TYPED, **boxes}} == {key: [said] for key, said in {**TYPED, **boxes}.items()}
    assert text_of(store, draft_id, PATH) is None


def test_a_table_is_not_begun_over_another_nor_twice(owner: Person, visit: Visit, draft_id: int, store: Store) -> None:
    visitor = visit(owner)
    begin(visitor, draft_id)
    begin(visitor, draft_id, 409)
    assert "This draft has a decision table “Who has to agree?” already." in visitor.page.text
    begin(visitor, draft_id, 409, {"answer-title": "SPA tariff"})
    begin(visitor, draft_id, 409, {"answer-title": "2027"})
    assert "with a word that has one" in visitor.page.text
    assert text_of(store, draft_id, "decisions/spa_tariff.dmn") == shipped_files()["decisions/spa_tariff.dmn"]


def test_words_with_signs_of_markup_are_kept_as_they_were_typed(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    title = 'Who <b>"agrees"</b> & why'
    typed = {"answer-title": title, "answer-about": "]]><script>", "gives-0-label": "<i>Yes</i>\x0b"}
    begin(visitor, draft_id, typed=typed)
    assert visitor.page.heading == title
    (table,) = read_tables(text_of(store, draft_id, "decisions/who_b_agrees_b_why.dmn") or "")
    assert (table.name, table.outputs) == (title, ("i_yes_i",))


def test_nobody_begins_a_table_who_may_not_or_once_the_draft_is_submitted(
    world: World, store: Store, owner: Person, visit: Visit, draft_id: int
) -> None:
    approver = visit(of_the_studio(world, store, "Edwin Appleby", "process_approver"))
    assert not [link for link in approver.open(f"/studio/drafts/{draft_id}").links if "new-table" in link]
    approver.open(f"/studio/drafts/{draft_id}/new-table", 403)
    visitor = visit(owner)
    visitor.open(address(draft_id))
    boxes = {**visitor.page.values("table-form"), **TYPED}
    home = f"/studio/drafts/{draft_id}"
    visitor.open(f"{home}/drop")
    visitor.send(f"{home}/drop", {})
    visitor.send(address(draft_id), boxes, 409)
    assert "This draft is closed" in visitor.page.text
    assert visitor.page.values("table-form")["answer-about"] == [TYPED["answer-about"]], "nothing is lost"
    assert text_of(store, draft_id, PATH) is None
