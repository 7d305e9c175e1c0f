"""Steps of people: lanes, screens, deadlines, clauses, fields, and our own words in a drawing."""

import pytest

from tests.engine.check.sound import FILES, REVIEW, REVIEW_FILE, STAGE, STAGE_FILE, edited, line_of, refused
from workflows.engine.check import check

CHASE = '<userTask id="chase_report"'
TOLD = "<documentation>The report is ready to be read.</documentation>"
DAYS = '<accord:field key="days" type="number" label="How many days?" required="true" min="0" max="365"/>'
OUTCOME = '<accord:field key="outcome" type="choice" label="How did it go?" options="good: Well; bad: Badly"/>'


def test_a_lane_that_is_no_role_is_refused() -> None:
    refused(
        ('name="clinical_manager"', 'name="clinical_manger"'),
        at='<lane id="lane_manager"',
        element="lane_manager",
        sentence=(
            "`clinical_manger` is no role that a lane can have. Did you mean “Clinical manager” (`clinical_manager`)?"
        ),
    )


def test_a_lane_without_a_name_is_refused() -> None:
    refused(
        (' name="medical_directorate"', ""),
        at='<lane id="lane_directorate"',
        element="lane_directorate",
        sentence=(
            "The lane is nobody’s. Choose whose lane it is: in a modeller, its name is the key of a"
            " role, such as `practitioner`."
        ),
        alone=False,
    )


def test_a_step_in_no_lane_is_refused() -> None:
    refused(
        ("<flowNodeRef>chase_report</flowNodeRef>", ""),
        at=CHASE,
        element="chase_report",
        sentence="The step is in no lane, so nobody would get it.",
    )


def test_a_step_in_two_lanes_is_refused() -> None:
    refused(
        ("<flowNodeRef>chase_report</flowNodeRef>",
         "<flowNodeRef>chase_report</flowNodeRef>\n<flowNodeRef>write_report</flowNodeRef>"),
        at="<flowNodeRef>write_report</flowNodeRef>\n      </lane>",
        element="lane_directorate",
        sentence="“Write the report” stands in two lanes.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        ((' name="Chase the report"', ""), "The step has no name."),
        (
            ("<documentation>Ask where the report is.</documentation>", ""),
            "Nothing is said under “What the person is asked to do”. Say it in plain words.",
        ),
        ((CHASE, f'{CHASE} accord:roles="amd fincance"'), "`fincance` is no role. Did you mean “Finance” (`finance`)?"),
        (
            (CHASE, f'{CHASE} accord:screen="sing"'),
            "There is no page `sing` made for a step. Did you mean “Sign the job plan” (`sign`)?",
        ),
        (
            (CHASE, f'{CHASE} accord:deadline="sign_of"'),
            "There is no deadline `sign_of` in any policy. Did you mean “Signatures under the job plan” (`sign_off`)?",
        ),
        ((CHASE, f'{CHASE} accord:clause="7.5"'), "There is no clause “7.5”."),
        (
            (CHASE, f"{CHASE} accord:until='case.note == None'"),
            (
                "It is said when this is over before all have answered, but it is a step for one. Choose"
                " for each of whom it is."
            ),
        ),
        ((CHASE, f'{CHASE} accord:screeen="sign"'), "`accord:screeen` means nothing here. Did you mean `screen`?"),
        ((CHASE, f'{CHASE} accord:action="notify"'), "`accord:action` means nothing here."),
    ],
)
def test_a_step_that_names_what_is_not_there_is_refused(edit: tuple[str, str], sentence: str) -> None:
    refused(edit, at=CHASE, element="chase_report", sentence=sentence)


def test_a_deadline_that_one_trust_lacks_is_refused_with_the_trusts_name() -> None:
    own = '[deadlines.own_report]\ntitle = "A"\nclause = "CPFT-7.7.1"\nkind = "after"\nstart = "days"\n'
    own += 'start_words = "{date}"\nlength = "1 day"\nstrength = "must"\neffect = "late"\n'
    text = edited(REVIEW, (CHASE, f'{CHASE} accord:deadline="own_report"'))
    files = {**FILES, "policies/cumbria.toml": f"{FILES['policies/cumbria.toml']}\n{own}", REVIEW_FILE: text}
    found = check(files, only=[REVIEW_FILE])
    assert [(each.element, each.line) for each in found] == [("chase_report", line_of(text, CHASE))]
    assert found[0].sentence.startswith("There is no deadline “A” in the policy of ")
    assert "Blackpool" in found[0].sentence
    assert "Cumbria" not in found[0].sentence
    assert "National" not in found[0].sentence, "nobody runs on the policy that others only inherit"
    alone = {path: text for path, text in files.items() if path != "policies/blackpool.toml"}
    assert check(alone, only=[REVIEW_FILE]) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('type="number"', 'type="nummer"', "“How many days?” wants `nummer`, which is no kind of answer."),
        (' label="How many days?"', "", "The question `days` has no words. Say what is asked."),
        ('required="true"', 'required="yes"', "Whether an answer is needed must be `true` or `false`."),
        ('min="0"', 'min="none"', "“At least” of “How many days?” is not a number."),
        (
            'type="number" label="How many days?" required="true" min="0" max="365"',
            'type="date" label="On what day?" required="true" max="tomorrow"',
            "“At most” of “On what day?” must be today, or a date such as 2027-03-31.",
        ),
        (
            'type="number" label="How many days?" required="true" min="0" max="365"',
            'type="date" label="On what day?" required="true" min="2027-02-30"',
            "“At least” of “On what day?” must be today, or a date such as 2027-03-31.",
        ),
        ('max="365"', 'max="today"', "“At most” of “How many days?” is not a number."),
        ('min="0"', 'min="400"', "“At least” of “How many days?” is more than “At most”."),
        (
            'visible="clinical_manager amd"',
            'when="outcomes: bad"',
            "“Anything else?” is needed only with answers to `outcomes`, which is no choice or yes/no question here.",
        ),
        (
            'visible="clinical_manager amd"',
            'when="outcome: worse"',
            "“Anything else?” is needed only with answers to “How did it go?” that it does not offer. It offers",
        ),
        (
            'visible="clinical_manager amd"',
            'when="outcome: bad" required="true"',
            "“Anything else?” needs an answer always, or with certain answers to another question: not both.",
        ),
        ('label="How many', 'lable="How many', "A question has no `lable`. Did you mean `label`?"),
        (
            'key="days"',
            'key="subject"',
            "“How many days?” needs another name in conditions and letters: `subject` has a meaning of its own.",
        ),
        (
            'key="days"',
            'key="all"',
            "“How many days?” needs another name in conditions and letters: `all` has a meaning of its own.",
        ),
        (
            'key="days"',
            'key="members"',
            "“How many days?” needs another name in conditions and letters: `members` has a meaning of its own.",
        ),
        (
            'key="days"',
            'key="plan_version"',
            "“How many days?” needs another name in conditions and letters: `plan_version` has a meaning of its own.",
        ),
        (
            'key="days"',
            'key="disputed"',
            "“How many days?” needs another name in conditions and letters: `disputed` has a meaning of its own.",
        ),
        (
            'key="days"',
            'key="reply"',
            "“How many days?” needs another name in conditions and letters: `reply` has a meaning of its own.",
        ),
        (
            'key="days"',
            'key="team_plans_due"',
            "“How many days?” needs another name in conditions and letters: `team_plans_due` has a meaning of its own.",
        ),
        (
            'key="days"',
            'key="if"',
            "“How many days?” needs another name in conditions and letters: `if` has a meaning of its own.",
        ),
        (
            'key="days"',
            'key="how many"',
            "“How many days?” needs a name in conditions and letters, of letters, digits and underscores.",
        ),
        (
            'key="days"',
            'key="tägé"',
            "“How many days?” needs a name in conditions of up to 60 plain letters, digits and underscores.",
        ),
        ('key="days"', 'key="note"', "“Anything else?” wants a text of any length here, but a number in line"),
        ('key="days"', 'key="note"', "Two questions of the step have the same name in conditions and letters: `note`."),
    ],
)
def test_a_field_that_cannot_be_asked_for_is_refused(old: str, new: str, sentence: str) -> None:
    text = edited(REVIEW, (DAYS, DAYS.replace(old, new)) if old in DAYS else (old, new))
    found = check({**FILES, REVIEW_FILE: text}, only=[REVIEW_FILE])
    said = [each for each in found if each.sentence.startswith(sentence)]
    # A field that repeats another one is refused where it comes again.
    at = NOTE if "note" in new or old not in DAYS else DAYS.replace(old, new)
    assert [(each.line, each.element) for each in said] == [(line_of(text, at), "write_report")], found


NOTE = '<accord:field key="note" type="long_text"'


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            ' options="good: Well; bad: Badly"',
            "",
            "“How did it go?” offers a choice, but has no answers to choose from.",
        ),
        (
            "bad: Badly",
            "bad",
            "The answer `bad` of “How did it go?” must be written as `key: Label`, with a semicolon before the next.",
        ),
        ("bad: Badly", "good: Badly", "“How did it go?” has an answer twice."),
        ('type="choice"', 'type="text"', "“How did it go?” has answers to choose from, but offers no choice."),
    ],
)
def test_a_choice_that_offers_nothing_sensible_is_refused(old: str, new: str, sentence: str) -> None:
    refused(
        (OUTCOME, OUTCOME.replace(old, new)),
        at='<accord:field key="outcome"',
        element="write_report",
        sentence=sentence,
        alone=False,
    )


def test_an_answer_shown_to_nobody_known_is_refused() -> None:
    refused(
        ('visible="clinical_manager amd"', 'visible="clinical_manager admin"'),
        at=NOTE,
        element="write_report",
        sentence="“Anything else?” is to be seen by `admin`, which is no role.",
    )


def test_a_called_stage_cannot_overwrite_what_its_case_started_with() -> None:
    stage = edited(STAGE, ('key="findings" type="number"', 'key="team_plans_due" type="date"'))
    assert [each.element for each in check({**FILES, STAGE_FILE: stage}, only=[STAGE_FILE])] == ["look"]
    alone = {path: text for path, text in FILES.items() if path != REVIEW_FILE}
    assert check({**alone, STAGE_FILE: stage}) == []


def test_a_field_outside_a_user_task_is_refused() -> None:
    refused(
        (TOLD, f'{TOLD}<extensionElements>\n<accord:field key="x" type="text" label="X"/></extensionElements>'),
        at='<accord:field key="x"',
        element="tell",
        sentence="A question can only be asked in a step for a person.",
    )


def test_an_element_of_ours_that_does_not_exist_is_refused() -> None:
    refused(
        (OUTCOME, OUTCOME.replace("accord:field", "accord:filed")),
        at="<accord:filed",
        element="write_report",
        sentence="`accord:filed` means nothing here. Did you mean `field`?",
    )


def test_for_each_on_what_cannot_be_done_for_each_is_refused() -> None:
    refused(
        ('<businessRuleTask id="decide"', '<businessRuleTask id="decide" accord:for_each="case.members"'),
        at="<businessRuleTask",
        element="decide",
        sentence=(
            "`accord:for_each` means nothing here. "
            "Only a step for a person, or work that starts cases, can be done for each of a list."
        ),
    )


def test_a_deadline_that_is_lacking_is_told_once_with_the_other_steps_that_name_it() -> None:
    text = edited(REVIEW, ('accord:deadline="sign_off"', 'accord:deadline="sign_of"'))
    text = edited(text, ('name="Chase the report"', 'name="Chase the report" accord:deadline="sign_of"'))
    (found,) = check({**FILES, REVIEW_FILE: text}, only=[REVIEW_FILE])
    assert (found.element, found.also) == ("write_report", ("chase_report",))
    assert found.sentence == (
        "There is no deadline `sign_of` in any policy. Did you mean “Signatures under the job plan”"
        " (`sign_off`)? So it is at “Chase the report”."
    )
