"""What a case that moves will meet there: what differs ahead of it, and nothing that lies behind."""

import re

from tests.engine.moving.test_moving import Moving, call, drawn, gateway, step
from tests.engine.trial import flow, path, sketch
from tests.factories import shipped_files
from workflows.domain.releases import content_hash
from workflows.engine import moving
from workflows.engine.moving import CanMove
from workflows.engine.moving.rows import Living, Stand


def met(case: Moving) -> list[tuple[str, str]]:
    verdict = case.verdict
    assert isinstance(verdict, CanMove)
    return [(one.how, one.element) for one in verdict.meets]


def test_a_new_step_ahead_is_met_and_one_behind_is_not() -> None:
    ways = [drawn("ask", "sign", "end_it")], [drawn("ask", "check", "sign", "end_it")]
    assert met(Moving(*ways)) == [("added", "check")]
    assert met(Moving(*ways).at("ask")) == []


def test_the_step_at_which_a_case_waits_is_met_where_it_says_something_else() -> None:
    ways = [drawn("ask", "sign")], [drawn(step("ask", "Ask the doctor"), "sign")]
    assert met(Moving(*ways)) == [("changed", "ask")]
    assert met(Moving(*ways).at("ask")) == []


def test_what_is_taken_out_ahead_is_told_after_what_comes() -> None:
    case = Moving([drawn("ask", "old_one", "sign")], [drawn("ask", "sign", "new_one")])
    assert met(case) == [("added", "new_one"), ("removed", "old_one")]


def test_a_step_inside_a_stage_ahead_is_met_and_in_a_stage_behind_is_not() -> None:
    stages = [sketch(path("talk"), process="stage")], [sketch(path("call_them", "talk"), process="stage")]
    around = drawn("ask", call("inside"), "sign")
    ways = [around, *stages[0]], [around, *stages[1]]
    assert met(Moving(*ways)) == [("added", "call_them")]
    assert met(Moving(*ways).at("ask")) == [], "it is in the stage, and past the place already"


def test_another_condition_behind_a_choice_is_met_at_the_choice() -> None:
    def choosing(condition: str) -> str:
        parts = path("ask", gateway("exclusive", "which", "which-sign"), "sign")
        return sketch(parts + flow("which", "end", condition))

    ways = [choosing('case.state == "a"')], [choosing('case.state == "b"')]
    assert met(Moving(*ways)) == [("ways", "which")]
    assert met(Moving(*ways, facts={"state": "c"}).at("ask")) == []


def test_a_release_with_no_difference_ahead_is_not_met() -> None:
    ways = [drawn("ask", "sign"), drawn_elsewhere("read")], [drawn("ask", "sign"), drawn_elsewhere("read", "check")]
    assert met(Moving(*ways)) == [], "only another process differs"


def drawn_elsewhere(*elements: str) -> str:
    return sketch(path(*elements), process="elsewhere")


def test_what_a_step_ahead_names_is_met_where_the_other_release_words_it_otherwise() -> None:
    files = shipped_files()
    national, letter = "policies/national_england.toml", "letters/mediation_decision.md"
    longer = re.sub(r'(\[deadlines\.mediation_meeting\][^\[]*?length = )"[^"]+"', r'\1"90 days"', files[national])
    assert longer != files[national]
    waits = (Stand("mediation", (Living("name_mediator", ""),), frozenset()),)
    for changed, how in (
        (({national: longer}), "deadline"),
        ({letter: f"{files[letter]}\nOne more line.\n"}, "letter"),
    ):
        new = {**files, **changed}
        sides = [moving.side(each, content_hash(each)) for each in (files, new)]
        assert {one.how for one in moving.between(*sides).meeting.ahead(waits)} == {how}


def test_a_case_stands_in_its_own_process_and_in_the_stage_that_is_in_flight() -> None:
    around, stage = drawn("ask", call("inside"), "sign"), sketch(path("talk"), process="stage")
    case = Moving([around, stage], [around, stage])
    assert moving.stages(case.process.dump()) == {"sketch"}
    assert moving.stages(case.at("ask").process.dump()) == {"sketch", "stage"}
