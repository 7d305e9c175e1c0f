"""Decision tables of the arithmetic: they know their inputs and the policy, and no case asks them."""

from pathlib import Path

import pytest

from tests.engine.check.sound import BPMN, FILES, REVIEW, REVIEW_FILE, edited, line_of
from workflows.domain.calculations import CALCULATIONS
from workflows.engine.check import Problem, check

FILE = "decisions/spa_minimum.dmn"
TABLE = (BPMN / FILE).read_text(encoding="utf-8")
SOUND = {**FILES, FILE: TABLE}
MAY = "It may read `grade`, `part_time` and `pas`, and the policy."


def problems(*edits: tuple[str, str]) -> list[str]:
    """What is said of the table after the edits, at its decision."""
    text = edited(TABLE, *edits)
    found = check({**SOUND, FILE: text}, only=[FILE])
    assert {(each.file, each.line, each.element) for each in found} <= {
        (FILE, line_of(text, "<decision "), "spa_minimum")
    }
    return [each.sentence for each in found]


@pytest.mark.parametrize("path", sorted((BPMN / "decisions").glob("*.dmn")), ids=lambda path: path.stem)
def test_the_shipped_tables_are_sound(path: Path) -> None:
    name = f"decisions/{path.name}"
    assert check({**FILES, name: path.read_text(encoding="utf-8")}, only=[name]) == []


@pytest.mark.parametrize("key", sorted(CALCULATIONS))
def test_every_table_that_the_arithmetic_asks_is_shipped(key: str) -> None:
    assert f'<decision id="{key}"' in (BPMN / "decisions" / f"{key}.dmn").read_text(encoding="utf-8")


def test_an_input_that_the_arithmetic_does_not_give_is_refused() -> None:
    assert problems(("<text>grade</text>", "<text>grades</text>")) == [
        f"The calculation is not told `grades`. {MAY} Did you mean `grade`?"
    ]


def test_a_calculation_cannot_read_a_case_or_its_deadlines() -> None:
    sentence = f"The calculation belongs to no case, so it cannot read one. {MAY}"
    assert problems(("<text>grade</text>", "<text>case.grade</text>")) == [sentence]
    assert problems(("<text>grade</text>", '<text>due("sign_off")</text>')) == [sentence]


def test_a_policy_value_that_no_policy_holds_is_refused_here_too() -> None:
    (sentence,) = problems(("<text>policy.key</text>", "<text>policy.keys</text>"))
    assert sentence.startswith("`policy.keys` is used here, but the policy of")


def test_an_answer_that_is_missing_is_named() -> None:
    assert problems(('name="effect"', 'name="effects"')) == [
        "The calculation has to answer `effect`, and there is no answer of that name."
    ]


def test_a_case_cannot_ask_a_calculation() -> None:
    review = edited(REVIEW, ('accord:decision="size_of_team"', 'accord:decision="spa_minimum"'))
    found = check({**SOUND, REVIEW_FILE: review}, only=[REVIEW_FILE])
    sentence = (
        "The table “How much time for supporting activities?” belongs to the arithmetic of job plans, not to a case."
    )
    assert Problem(REVIEW_FILE, line_of(review, '<businessRuleTask id="decide"'), "decide", sentence) in found


def test_plain_names_in_any_other_table_have_to_be_set_by_a_script() -> None:
    table = edited(FILES["decisions/size_of_team.dmn"], ("len(case.members)", "grade"))
    found = check({**FILES, "decisions/size_of_team.dmn": table}, only=[REVIEW_FILE])
    assert [each.sentence for each in found] == ["`grade` is used here, but it is not worked out on every way here."]


def test_terms_of_a_contract_that_make_no_sense_some_day_are_refused_at_their_place() -> None:
    text = edited(
        FILES["policies/blackpool.toml"],
        (
            "[values.on_call]",
            "[values.contracts.local]\nsince = [{ from = 2030-04-01, plain_hours_per_pa = 0 }]\n\n[values.on_call]",
        ),
    )
    (found,) = check({**FILES, "policies/blackpool.toml": text}, only=["policies/blackpool.toml"])
    assert (found.line, found.element) == (line_of(text, "[values.contracts.local]"), "values.contracts.local")
    assert "plain_hours_per_pa must be more than nothing" in found.sentence
