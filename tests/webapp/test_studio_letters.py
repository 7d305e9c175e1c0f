"""Letters of a draft in the browser: written, judged as they are typed, looked at on examples, begun and taken out."""

from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader

from tests.factories import World, shipped_files
from tests.webapp.apps import Store
from tests.webapp.studio_cast import begun, of_the_studio, text_of
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
LETTER = "letters/mediation_decision.md"
NATIONAL, OWN = "policies/national_england.toml", "policies/cumbria.toml"


def address(draft_id: int, end: str = "mediation_decision") -> str:
    return f"/studio/drafts/{draft_id}/letters/{end}"


def write(visitor: Visitor, draft_id: int, text: str, status: int = 200) -> None:
    visitor.open(address(draft_id))
    visitor.send(address(draft_id), {**visitor.page.values("letter-form"), "text": text}, status)


def test_a_letter_is_written_with_every_place_explained(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    visitor.open(f"/studio/drafts/{draft_id}")
    assert address(draft_id) in visitor.page.links
    visitor.open(address(draft_id))
    for said in ("“Decide in writing” in Mediation", "{due.lodge_appeal}", "{name.mediator}", "{outcomes}", "{to}"):
        assert said in visitor.page.text, said
    text = shipped_files()[LETTER].replace("I have heard you both. ", "")
    write(visitor, draft_id, text.replace("\n", "\r\n"))
    assert text_of(store, draft_id, LETTER) == text
    assert "The check finds nothing to mend." in visitor.page.text


def test_how_a_letter_is_written_is_said_above_it(owner: Person, visit: Visit, draft_id: int) -> None:
    text = visit(owner).open(address(draft_id)).text
    above = text[: text.index("Preview as PDF")]
    for said in ("to: Which roles get it", "copy: Which roles get a copy", "[ ] When the paragraph", "practitioner"):
        assert said in above, said
    assert "{case.decision_reasons}" in above


def test_a_letter_that_is_broken_says_so_at_the_top_once_it_is_kept(owner: Person, visit: Visit, draft_id: int) -> None:
    visitor = visit(owner)
    write(visitor, draft_id, "title: Decision\nto: practitioner\n\nDear {too},\n")
    banner = visitor.page.text.partition("Decision It is sent by")[0]
    kept = "The letter is kept, but 1 thing in it is to mend before it can go out."
    assert f"Important {kept} What to mend is said below." in banner
    assert "Done" not in banner


def test_while_no_policy_can_be_read_a_letter_is_there_with_the_titles_that_hold_today(
    owner: Person, visit: Visit, store: Store
) -> None:
    national = shipped_files()[NATIONAL] + "[deadlines.zzz\n"
    visitor, draft_id = visit(owner), begun(store, owner, {NATIONAL: national})
    assert "Mediator" in visitor.open(address(draft_id)).text
    said = visitor.open(f"/studio/drafts/{draft_id}/soundness").text
    assert f"These files cannot be read, so nothing is known of them: {OWN}" in said
    assert "not everything could be looked at" in said
    assert "No answers lead to" not in said


def test_words_are_judged_as_they_are_typed_at_their_lines_and_kept_even_so(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    visitor.open(address(draft_id))
    wrong = "title: Decision\nto: practitioner\n\nDear {too},\n"
    asked = {"csrf_token": visitor.page.token, "text": wrong}
    [problem] = visitor.client.post(address(draft_id, "mediation_decision/check"), data=asked).get_json()["problems"]
    meant = "Did you mean “the name of whom the letter is addressed to” (`to`)?"
    assert (problem["line"], problem["sentence"]) == (4, f"`{{too}}` stands for nothing. {meant}")
    assert text_of(store, draft_id, LETTER) == shipped_files()[LETTER]
    write(visitor, draft_id, wrong)
    assert "Line 4: {too} stands for nothing." in visitor.page.text


def test_how_a_letter_reads_stands_beside_it_with_what_is_wrong_where_it_is_wrong(
    owner: Person, visit: Visit, draft_id: int
) -> None:
    visitor = visit(owner)
    text = "title: A <b>word</b>\nto: practitioner amd\n\nDear {to},\n\n- {too}\n- two\n\n{outcomes}\n"
    asked = {"csrf_token": visitor.open(address(draft_id)).token, "text": text}
    shown = visitor.client.post(address(draft_id, "mediation_decision/check"), data=asked).get_json()
    assert "A &lt;b&gt;word&lt;/b&gt;" in shown["look"]
    assert "Dear [name of the Practitioner]," in shown["look"]
    assert '<div data-line="6">' in shown["look"]
    wrong = shown["look"].partition('<div data-line="6">')[2].partition('<div data-line="9">')[0]
    assert "Line 6: <code>{too}</code> stands for nothing." in wrong
    assert "It also goes to: Associate Medical Director." in shown["look"]
    assert '<span data-at-line="6">Line 6:</span> <code>{too}</code> stands for nothing.' in shown["list"]
    write(visitor, draft_id, text)
    assert "As it was last saved." in visitor.page.text
    assert "Dear [name of the Practitioner]," in visitor.page.text, "without a script, how it was saved"


def test_how_a_letter_reads_is_shown_whatever_it_lacks(owner: Person, visit: Visit, draft_id: int) -> None:
    visitor = visit(owner)
    token = visitor.open(address(draft_id)).token
    for text in ("", "title:", "nonsense", "to: nobody\n\n[", "to: amd\n\n[case.kind ==]\n{", "x" * 20_001):
        answer = visitor.client.post(
            address(draft_id, "mediation_decision/check"), data={"csrf_token": token, "text": text}
        )
        assert answer.status_code == 200
        assert "To:" in answer.get_json()["look"], text[:40]


def test_what_can_be_inserted_has_a_button_for_whoever_writes_alone(
    world: World, store: Store, owner: Person, visit: Visit, draft_id: int
) -> None:
    def offered(visitor: Visitor) -> list[str]:
        buttons = visitor.open(address(draft_id)).root.iter("button")
        return [words for each in buttons if (words := each.get("data-insert"))]

    assert {"{to}", "{name.mediator}", "{due.lodge_appeal}", "{outcomes}"} <= set(offered(visit(owner)))
    assert not offered(visit(of_the_studio(world, store, "Edwin Appleby", "process_approver")))


def test_a_preview_shows_each_reader_their_letter_on_examples_alone(owner: Person, visit: Visit, draft_id: int) -> None:
    visitor = visit(owner)
    visitor.open(address(draft_id))
    asked = {"csrf_token": visitor.page.token, "text": shipped_files()[LETTER]}
    answer = visitor.client.post(address(draft_id, "mediation_decision/preview"), data=asked)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages]
    assert len(pages) >= 2
    assert "You can accept this decision" in " ".join(pages[0].split())
    assert "You will hear what they chose" not in pages[0]
    assert "You will hear what they chose" in " ".join(pages[-1].split())


def test_a_preview_of_a_letter_that_says_nothing_is_refused_in_words(
    owner: Person, visit: Visit, draft_id: int
) -> None:
    visitor = visit(owner)
    visitor.open(address(draft_id))
    asked = {"csrf_token": visitor.page.token, "text": "title: Nothing"}
    answer = visitor.client.post(address(draft_id, "mediation_decision/preview"), data=asked)
    assert answer.status_code == 403
    assert "There is nothing to look at yet" in answer.text


def test_a_letter_is_begun_and_taken_out(owner: Person, visit: Visit, draft_id: int, store: Store) -> None:
    visitor = visit(owner)
    for key, status in (("Late Answer", 409), ("new", 409), ("mediation_decision", 409), ("thanks", 200)):
        visitor.open(address(draft_id, "new"))
        typed = {"answer-title": "Thank you {for}", "answer-key": key, "answer-to": "amd"}
        visitor.send(address(draft_id, "new"), {"csrf_token": visitor.page.token, **typed}, status)
    assert (text_of(store, draft_id, "letters/thanks.md") or "").startswith(
        "title: Thank you for\nto: amd\n\nDear {to}"
    )
    assert "The check finds nothing to mend." in visitor.page.text
    visitor.open(address(draft_id, "mediation_decision/remove"))
    assert "cannot be published while a step sends a letter that is not there" in visitor.page.text
    visitor.send(address(draft_id, "mediation_decision/remove"), {"csrf_token": visitor.page.token})
    assert text_of(store, draft_id, LETTER) is None
    assert "There is no letter mediation_decision." in visitor.page.text
    visitor.open(address(draft_id), 404)


def test_an_approver_reads_letters_and_writes_none(world: World, store: Store, visit: Visit, draft_id: int) -> None:
    visitor = visit(of_the_studio(world, store, "Edwin Appleby", "process_approver"))
    visitor.open(address(draft_id))
    visitor.send(address(draft_id), {"csrf_token": visitor.page.token, "text": "", "version": "0"}, 403)
    for end in ("new", "mediation_decision/remove"):
        visitor.open(address(draft_id, end), 403)
