"""A draft compared with a release: every difference in words, and nothing that is only written otherwise."""

import re
from collections.abc import Mapping
from dataclasses import fields

from sqlalchemy.orm import Session

from tests.factories import NOW, shipped_files
from tests.studio.conftest import Studio, by, reader
from workflows.domain.fields import Field
from workflows.engine.drawings import Node
from workflows.studio import comparing, drafts
from workflows.studio.comparing import Change, Detail, FileChanges
from workflows.studio.comparing_diagrams import FIELD, NODE
from workflows.studio.differences import paired

MEDIATION = "processes/mediation.bpmn"
NATIONAL, TRUST = "policies/national_england.toml", "policies/blackpool.toml"
TABLE, LETTER = "decisions/spa_tariff.dmn", "letters/mediation_decision.md"


def compared(path: str, *changes: tuple[str, str]) -> list[Change]:
    """What is said of one shipped file after these changes of its text."""
    files = shipped_files()
    text = files[path]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    found = comparing.compare(files, {**files, path: text}, "blackpool")
    assert [file.line.path for file in found] == [path]
    assert not found[0].fault
    return list(found[0].changes)


def lines(changes: list[Change]) -> list[tuple[str, str]]:
    return [(change.sign.value, change.what) for change in changes]


def test_a_step_tells_each_thing_that_was_changed_from_what_to_what() -> None:
    changes = compared(
        MEDIATION,
        ('name="Name the mediator"', 'name="Choose the mediator"'),
        ('accord:deadline="mediation_meeting" accord:clause="CPFT-7.8.4-c TCS-4-c"', 'accord:deadline="sign_off"'),
        ('label="Who mediates?"', 'label="Who is to mediate?"'),
    )
    assert lines(changes) == [("changed", "Step “Choose the mediator”")]
    assert changes[0].element == "name_mediator"
    assert changes[0].details == (
        Detail("Name", "Name the mediator", "Choose the mediator"),
        Detail("By when", "Mediation meeting", "Signatures under the job plan"),
        Detail("Clause", "CPFT-7.8.4-c TCS-4-c", ""),
        Detail("Question “Who is to mediate?”: words", "Who mediates?", "Who is to mediate?"),
    )


def test_a_deadline_that_no_policy_has_is_told_as_one() -> None:
    named = 'accord:deadline="mediation_meeting" accord:clause="CPFT-7.8.4-c TCS-4-c"'
    (change,) = compared(MEDIATION, (named, named.replace("mediation_meeting", "mediation_preparation")))
    said = "a deadline that is in no policy (mediation_preparation)"
    assert change.details == (Detail("By when", "Mediation meeting", said),)


def test_a_condition_is_told_in_the_words_of_the_question() -> None:
    text = shipped_files()[MEDIATION]
    start = text.index("<bpmn:conditionExpression")
    condition = text[text.index(">", start) + 1 : text.index("</bpmn:conditionExpression>")]
    [change] = compared(MEDIATION, (condition, 'case.mediator_choice == "self"'))
    assert change.sign == "changed"
    assert change.what.startswith("Way from ")
    [detail] = change.details
    assert (detail.what, detail.after) == ("Taken when", "“Who mediates?” is “I do”")
    assert detail.before not in ("", detail.after)


def test_what_only_stands_elsewhere_is_moved_on_the_picture_and_nothing_else() -> None:
    text = shipped_files()[MEDIATION]
    start = text.index('bpmnElement="name_mediator"')
    bounds = text[text.index("<dc:Bounds", start) : text.index("/>", start)]
    x = bounds.split('x="')[1].split('"')[0]
    assert lines(compared(MEDIATION, (bounds, bounds.replace(f'x="{x}"', f'x="{float(x) + 20}"')))) == [
        ("moved", "Step “Name the mediator”")
    ]


def test_lanes_are_told_in_their_order_on_the_picture_however_the_file_has_them() -> None:
    text = shipped_files()[MEDIATION]
    [first, second] = re.findall(r"<bpmn:lane id.*?</bpmn:lane>\s*", text, re.DOTALL)[:2]
    assert compared(MEDIATION, (first + second, second + first)) == []
    top, below = 'x="190" y="80" width="2170" height="170"', 'x="190" y="250" width="2170" height="300"'
    [change] = compared(MEDIATION, (top, "-"), (below, top), ("<dc:Bounds - />", f"<dc:Bounds {below} />"))
    assert (change.what, change.quiet) == ("The lanes", False)
    assert change.details[0].before.startswith("Medical Director, Mediator, ")
    assert change.details[0].after.startswith("Mediator, Medical Director, ")


def test_an_element_that_came_and_one_that_went_say_all_that_they_hold() -> None:
    """The other way round it is taken out: both directions tell the same."""
    step = (
        '<bpmn:userTask id="hear_both" name="Hear both" accord:deadline="sign_off"><bpmn:extensionElements>'
        '<accord:field key="heard" type="yes_no" label="Did you hear both?"/></bpmn:extensionElements></bpmn:userTask>'
    )
    files = shipped_files()
    more = {**files, MEDIATION: files[MEDIATION].replace("</bpmn:process>", f"{step}</bpmn:process>")}
    assert more != files
    [came] = comparing.compare(files, more, "blackpool")[0].changes
    [went] = comparing.compare(more, files, "blackpool")[0].changes
    assert (came.sign, came.what, came.element) == ("added", "Step “Hear both”", "hear_both")
    assert Detail("By when", "", "Signatures under the job plan") in came.details
    assert Detail("Question “Did you hear both?”", "", "yes or no") in came.details
    assert went.sign == "removed"
    assert went.details == tuple(Detail(one.what, one.after, one.before) for one in came.details)


def test_nothing_that_a_drawing_says_of_an_element_or_a_question_is_left_out() -> None:
    """Lanes stand with the roles; ids and lines are not the reader's, and neither is where options are kept."""
    assert {one.name for one in fields(Node)} - NODE.keys() == {"id", "line", "lane", "fields"}
    told_together = {"minimum", "maximum", "earliest", "latest"}
    never_drawn = {"limit"}  # the studio's own forms alone have it
    assert {one.name for one in fields(Field)} - FIELD.keys() == {"key", *told_together, *never_drawn}


def test_a_process_that_is_new_is_told_with_its_steps_questions_deadlines_and_conditions() -> None:
    files = shipped_files()
    without = {path: text for path, text in files.items() if path != MEDIATION}
    (found,) = comparing.compare(without, files, "blackpool")
    told = {change.what: change for change in found.changes}
    assert {change.sign.value for change in found.changes} <= {"added", "changed"}
    step = told["Step “Name the mediator”"]
    assert ("Who", "", "Medical Director") in {(one.what, one.before, one.after) for one in step.details}
    assert any(one.what.startswith("Question “") for one in step.details)
    assert any(one.what == "By when" for change in found.changes for one in change.details)
    ways = [change for what, change in told.items() if what.startswith("Way from ")]
    assert ways
    assert all(change.details for change in ways), "what always leads on to the next step is on the picture"
    assert any(one.what == "Taken when" for change in ways for one in change.details)


def test_a_letter_and_a_table_that_are_new_are_told_whole() -> None:
    files = shipped_files()
    for path, what in ((LETTER, "Paragraph in line"), (TABLE, "Rule 1")):
        without = {one: text for one, text in files.items() if one != path}
        (found,) = comparing.compare(without, files, "blackpool")
        assert any(change.what.startswith(what) for change in found.changes)


def test_a_deadline_is_told_from_length_to_length() -> None:
    [change] = compared(NATIONAL, ('length = "28 days"', 'length = "6 weeks"'))
    assert (change.what, change.details) == (
        "Deadline “Signatures under the job plan”",
        (Detail("Length", "28 days", "6 weeks"),),
    )


def test_a_title_that_changes_is_one_line_and_not_one_for_each_place_that_names_it() -> None:
    [change] = compared(NATIONAL, ('practitioner = "Doctor"', 'practitioner = "Clinician"'))
    assert (change.what, change.details) == ("Title of the Doctor", (Detail("", "Doctor", "Clinician"),))


def test_limits_values_and_permissions_are_told_by_their_names() -> None:
    changes = compared(
        NATIONAL,
        ("full_time_pas = 10 ", "full_time_pas = 11 "),
        ('approve = ["process_approver"]', 'approve = ["medical_director"]'),
        ("panel_binding = false", "panel_binding = true"),
    )
    assert [(change.what, change.details) for change in changes] == [
        ("Who may approve changes", (Detail("", "Process approver", "Medical Director"),)),
        ("Full time PAs", (Detail("", "10", "11"),)),
        ("Panel binding", (Detail("", "no", "yes"),)),
    ]


def test_what_a_trust_inherits_is_told_once_where_it_was_changed() -> None:
    files = shipped_files()
    after = {
        **files,
        NATIONAL: files[NATIONAL].replace("full_time_pas = 10 ", "full_time_pas = 11 "),
        TRUST: files[TRUST].replace("name = ", "# A comment alone.\nname = ", 1),
    }
    found = {file.line.path: file.changes for file in comparing.compare(files, after, "blackpool")}
    assert lines(list(found[NATIONAL])) == [("changed", "Full time PAs")]
    assert found[TRUST] == ()


def rules(path: str) -> list[str]:
    text = shipped_files()[path]
    return [f"<rule{part.partition('</rule>')[0]}</rule>" for part in text.split("<rule")[1:]]


def test_rules_of_a_table_come_and_go_and_change_places() -> None:
    first, second, *_ = rules(TABLE)
    assert lines(compared(TABLE, (first, ""))) == [("removed", "Rule 1")]
    assert lines(compared(TABLE, (first, f"{first}{second.replace('id=', 'id=', 1)}")))[0][0] == "added"
    turned = [(first, "@"), (second, first), ("@", second)]
    assert lines(compared(TABLE, *turned)) == [("changed", "Order of the rules")]


def test_paragraphs_of_a_letter_are_told_with_when_they_are_said() -> None:
    changes = compared(
        LETTER,
        ("I have heard you both. ", ""),
        ("[pay_changes]\n", ""),
        ("\n\nYours sincerely,", "\n\nThank you.\n\nYours sincerely,"),
        ("to: practitioner clinical_manager", "to: practitioner"),
    )
    assert lines(changes) == [
        ("changed", "The letter"),
        ("changed", "Paragraph in line 6"),
        ("changed", "Paragraph in line 20"),
        ("added", "Paragraph in line 33"),
    ]
    assert changes[0].details[0].what == "Who gets it"
    assert changes[2].details == (Detail("Said when", "pay_changes", "always"),)


def test_a_file_that_cannot_be_read_says_so_and_leaves_the_others_alone() -> None:
    files = shipped_files()
    after = {**files, MEDIATION: "<half", TABLE: files[TABLE].replace("</rule>", "</rule><rule/>", 1)}
    found = {file.line.path: file for file in comparing.compare(files, after, "blackpool")}
    assert found[MEDIATION].fault
    assert found[TABLE].fault


def test_very_many_rules_or_paragraphs_are_compared_at_once() -> None:
    """Each with the one in its own place: finding what moved among thousands would take minutes."""
    old, new = ["same"] * 9_000, ["other", *["same"] * 9_000]
    assert list(paired(old, new)) == [(0, 0), (None, 9_000)]


def of(files: tuple[FileChanges, ...]) -> Mapping[str, str]:
    return {file.line.path: file.line.change for file in files}


def test_a_draft_is_compared_with_its_base(session: Session, studio: Studio) -> None:
    draft_id = drafts.begin(session, by=by(studio.owner), name="Shorter", now=NOW)
    for path, text in ((LETTER, None), ("letters/thanks.md", "title: Thanks\nto: amd\n\nThank you.\n")):
        drafts.save_file(
            session, by=by(studio.owner), draft_id=draft_id, path=path, text=text, read=0, said="Changed.", now=NOW
        )
    page = comparing.changes(session, viewer=reader(studio.approver, "process_approver"), draft_id=draft_id)
    assert (page.number, page.newest, page.against) == (1, None, "")
    assert of(page.files) == {LETTER: "removed", "letters/thanks.md": "added"}
