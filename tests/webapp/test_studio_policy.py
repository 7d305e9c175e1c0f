"""The policy of a draft in the browser: what holds and who says it, a form for each part, and the text."""

from collections.abc import Callable

from tests.factories import World, shipped_files
from tests.webapp.apps import Store
from tests.webapp.studio_cast import of_the_studio, text_of
from tests.webapp.visitor import Visitor
from webapp.forms.answers import NONE
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
TRUST = "policies/cumbria.toml"


def send(visitor: Visitor, address: str, typed: dict[str, str] | None = None, form: str = "policy-form") -> None:
    """Open a form and send it."""
    visitor.open(address)
    visitor.send(address, {**visitor.page.values(form), **(typed or {})})


def test_a_policy_says_what_holds_and_who_says_it(owner: Person, visit: Visit, draft_id: int) -> None:
    visitor = visit(owner)
    visitor.open(f"/studio/drafts/{draft_id}")
    assert f"/studio/drafts/{draft_id}/policy" in visitor.page.links
    visitor.open(f"/studio/drafts/{draft_id}/policy")
    said = visitor.page.text
    assert "Signatures under the job plan" in said
    assert "Full time PAs CPFT-7.1-d, BTH-3.2.9" in said


def test_an_inherited_deadline_is_said_for_the_trust_with_its_reminders(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, address = visit(owner), f"/studio/drafts/{draft_id}/policy/deadlines/evidence"
    reminders = {"answer-reminders": "own", "ladder-0-number": "3", "ladder-0-to_0": "holders"}
    send(visitor, address, {"answer-length": "6", "answer-length_unit": "week", **reminders})
    assert "Changed the deadline “Evidence for the meeting”." in visitor.page.text
    text = text_of(store, draft_id, TRUST) or ""
    assert text.startswith(shipped_files()[TRUST].rstrip())
    assert 'length = "6 weeks"' in text
    assert "-3 days" in text
    visitor.open(address)
    assert "It would otherwise inherit: 1 day." in visitor.page.text
    send(visitor, address, {"press": "inherit"})
    assert text_of(store, draft_id, TRUST) == shipped_files()[TRUST]


def test_what_is_wrong_comes_back_at_its_box_and_nothing_is_lost(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, address = visit(owner), f"/studio/drafts/{draft_id}/policy/deadlines/evidence"
    own = {"answer-reminders": "own", "ladder-0-side": "on", "ladder-0-to_0": "amd"}
    wrong = (("answer-length", "some time"), ("answer-start_words", "Some day."), ("ladder-0-number", "now and then"))
    for box, typed in wrong:
        visitor.open(address)
        boxes = {**visitor.page.values("policy-form"), **own}
        visitor.send(address, {**boxes, box: typed}, 422)
        assert visitor.page.values("policy-form")[box] == [typed]
        assert f"#{box}" in visitor.page.links, box
    assert text_of(store, draft_id, TRUST) == shipped_files()[TRUST]


def test_titles_people_and_values_each_have_their_form(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, root = visit(owner), f"/studio/drafts/{draft_id}/policy"
    send(visitor, f"{root}/titles", {"answer-mediator": "Go-between"})
    send(visitor, f"{root}/people", {"answer-signs_2": "amd", "answer-approve": "medical_director"})
    send(visitor, f"{root}/values/full_time_pas", {"answer-value": "11"})
    text = text_of(store, draft_id, TRUST) or ""
    for said in ('mediator = "Go-between"', '"amd"]', 'approve = ["medical_director"]', "full_time_pas = 11"):
        assert said in text, said
    visitor.open(f"/studio/drafts/{draft_id}")
    assert "No fault is found in any file of this draft." in visitor.page.text


def test_saving_a_form_unchanged_changes_nothing(owner: Person, visit: Visit, draft_id: int, store: Store) -> None:
    visitor, root = visit(owner), f"/studio/drafts/{draft_id}/policy"
    rules = ("evidence", "annual_review", "individual_plan", "pay_meeting", "sign_off", "extra_pa_notice")
    rest = ("titles", "people", "values/full_time_pas", "reminders/must")
    for end in (*(f"deadlines/{key}" for key in rules), *rest):
        send(visitor, f"{root}/{end}")
        assert "Nothing was changed." in visitor.page.text, end
    assert text_of(store, draft_id, TRUST) == shipped_files()[TRUST]


def test_what_no_form_has_a_box_for_is_changed_as_text_and_kept_even_if_it_cannot_run(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, root = visit(owner), f"/studio/drafts/{draft_id}/policy"
    send(visitor, f"{root}/text/cumbria", {"text": "name = ["}, form="text-form")
    assert text_of(store, draft_id, TRUST) == "name = ["
    assert "The check finds" in visitor.page.text
    visitor.open(root)
    assert "Mend it as text." in visitor.page.text
    visitor.open(f"{root}/titles", 404)


def test_an_approver_reads_the_policy_and_finds_no_form(
    world: World, store: Store, visit: Visit, draft_id: int
) -> None:
    visitor, root = (
        visit(of_the_studio(world, store, "Edwin Appleby", "process_approver")),
        f"/studio/drafts/{draft_id}/policy",
    )
    visitor.open(root)
    assert not [link for link in visitor.page.links if link.startswith(f"{root}/")]
    for end in ("titles", "people", "deadlines/evidence", "values/full_time_pas", "text/cumbria"):
        visitor.open(f"{root}/{end}", 403)


def test_a_policy_by_which_nobody_signs_is_refused_at_the_first_signature(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, address = visit(owner), f"/studio/drafts/{draft_id}/policy/people"
    visitor.open(address)
    boxes = {**visitor.page.values("policy-form"), "answer-signs_0": NONE, "answer-signs_1": NONE}
    visitor.send(address, boxes, 422)
    assert "#answer-signs_0" in visitor.page.links
    assert "Nobody would sign a job plan. Name one role at least that signs." in visitor.page.text
    assert text_of(store, draft_id, TRUST) == shipped_files()[TRUST]


def test_rights_that_nobody_is_likely_to_mean_are_remarked_on_before_it_is_submitted(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    visitor.open(f"/studio/drafts/{draft_id}")
    assert "Worth a second look" not in visitor.page.text
    send(visitor, f"/studio/drafts/{draft_id}/policy/people", {"answer-approve": "practitioner"})
    send(visitor, f"/studio/drafts/{draft_id}/policy/people", {"answer-publish": "nursing_quality_manager"})
    for page in ("", "/submit"):
        visitor.open(f"/studio/drafts/{draft_id}{page}")
        assert "“Practitioner” in any case may approve changes of the processes. Is that meant?" in visitor.page.text
        assert "Nobody is “Nursing and Quality Manager” today, so nobody could publish changes" in visitor.page.text
