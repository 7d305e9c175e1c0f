"""Letters: what a drawing sends, and what a letter names."""

import pytest

from tests.engine.check.sound import FILES, REVIEW, REVIEW_FILE, edited, line_of
from workflows.engine.check import check

WRITE = '<userTask id="write_report"'
SENDS = {**FILES, REVIEW_FILE: edited(REVIEW, (WRITE, f'{WRITE} accord:letter="report"'))}
LETTER = "title: The report\nto: clinical_manager\n\n"
PATH = "letters/report.md"


def found(letter: str) -> list[tuple[str, int, str]]:
    return [(each.file, each.line, each.sentence) for each in check({**SENDS, PATH: LETTER + letter})]


def test_a_step_sends_a_letter_that_is_there() -> None:
    assert found("You met on {case.meeting_date}. {clinical_manager}, {due.sign_off}, {policy.weeks_in_year}.") == []


def test_a_letter_that_is_not_there_is_named_where_it_is_drawn() -> None:
    [problem] = check({**SENDS, "letters/reports.md": f"{LETTER}Words."})
    assert (problem.file, problem.line) == (REVIEW_FILE, line_of(SENDS[REVIEW_FILE], WRITE))
    assert problem.sentence == "There is no letter `report`. Did you mean “The report” (`reports`)?"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "{case.meting_date}",
            (
                "reads `case.meting_date`, but nothing there supplies it. Did you mean “When did you"
                " meet?” (`case.meeting_date`)?"
            ),
        ),
        ("{case.__class__}", "reads `case.__class__`, but nothing there supplies it."),
        ("{policy.secrets}", "`policy.secrets` is used here, but the policy of"),
        (
            "{due.sing_off}",
            "There is no deadline `sing_off` in any policy. Did you mean “Signatures under the job plan” (`sign_off`)?",
        ),
        ("{name.boss}", "`boss` is no role."),
        (
            "{docter}",
            "`{docter}` stands for nothing. Did you mean “the name of the doctor whom the case is about” (`doctor`)?",
        ),
        ("{}", "`{}` stands for nothing."),
        ("{to", "A brace is opened and not closed in this line, or closed and not opened."),
    ],
)
def test_a_place_that_stands_for_nothing_is_named_with_its_line(words: str, sentence: str) -> None:
    [(file, line, said)] = found(f"Dear {{to}},\n\nThis is {words}.")
    assert (file, line) == (PATH, 6)
    assert sentence in said


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (
            "case.outcom == 'good'",
            "reads `case.outcom`, but nothing there supplies it. Did you mean “How did it go?” (`case.outcome`)?",
        ),
        ("__import__('os').system('ls')", "cannot be used."),
        ("case.days > 3", "A letter's condition may ask what something is, not whether it is more or less."),
        ("route == 'x'", "`route` means nothing in the condition of a letter."),
        ("due('lodge') == None", "There is no deadline `lodge` in any policy."),
    ],
)
def test_a_condition_that_could_not_be_answered_is_named_with_its_line(condition: str, sentence: str) -> None:
    [(file, line, said)] = found(f"Dear {{to}},\n\n[{condition}]\nThis.")
    assert (file, line) == (PATH, 6)
    assert sentence in said


def test_a_condition_may_ask_who_reads_it_and_what_was_answered() -> None:
    assert found("[to == 'practitioner' and case.outcome == 'good' and not pay_changes]\nThis.") == []


def test_a_letter_that_no_drawing_sends_is_judged_by_its_writing_alone() -> None:
    assert check({**FILES, PATH: f"{LETTER}{{case.anything}}"}) == []
    [problem] = check({**FILES, PATH: f"{LETTER}{{anything}}"})
    assert problem.sentence == "`{anything}` stands for nothing."


def test_service_work_may_send_a_letter_behind_what_it_does() -> None:
    listing = '<serviceTask id="list_members"'
    drawn = edited(REVIEW, (listing, f'{listing} accord:letter="report"'))
    assert check({**FILES, REVIEW_FILE: drawn, PATH: f"{LETTER}Words."}) == []
    [problem] = check({**FILES, REVIEW_FILE: drawn})
    assert problem.sentence == "There is no letter `report`."
