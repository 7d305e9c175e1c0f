"""Running cases move to changed diagrams, and go on there to their end; or stay, with the reason in words."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from tests.engine.trial import Trial, begin, flow, move, open_elements, path, sketch, wait_for
from workflows.domain.releases import content_hash
from workflows.engine import moving
from workflows.engine.moving import CanMove, CannotMove, Stays
from workflows.engine.process import Process


def step(key: str, name: str = "", fields: str = "", **said: str) -> str:
    """A person's step; fields as "risk: How high is the risk?"."""
    drawn = "".join(
        f'<accord:field key="{one}" type="text" label="{label.strip()}" required="true"/>'
        for one, _, label in (each.partition(":") for each in fields.split(";") if each)
    )
    inside = f"<extensionElements>{drawn}</extensionElements>" if drawn else ""
    attributes = "".join(f' accord:{word}="{value}"' for word, value in said.items())
    return f'<userTask id="{key}" name="{name or key.capitalize()}"{attributes}>{inside}</userTask>'


def timer(key: str, on: str, deadline: str = "sign_off", *, takes_away: bool = False) -> str:
    """A timer on the edge of a step."""
    return (
        f'<boundaryEvent id="{key}" name="{key.capitalize()}" attachedToRef="{on}" '
        f'cancelActivity="{str(takes_away).lower()}">{due(deadline)}</boundaryEvent>'
    )


def due(deadline: str) -> str:
    return f'<timerEventDefinition><timeDate>due("{deadline}")</timeDate></timerEventDefinition>'


def call(key: str, called: str = "stage") -> str:
    return f'<callActivity id="{key}" name="{key.capitalize()}" calledElement="{called}"/>'


def gateway(kind: str, key: str, default: str = "") -> str:
    said = f' default="{default}"' if default else ""
    return f'<{kind}Gateway id="{key}" name="{key.capitalize()}"{said}/>'


def side(*texts: str) -> moving.Side:
    """Sketches as a release."""
    files = {f"{number}.bpmn": text for number, text in enumerate(texts)}
    return moving.side(files, content_hash(files))


def drawn(*elements: str) -> str:
    return sketch(path(*elements))


class Moving:
    """A case begun on old diagrams, and the way to new ones."""

    def __init__(self, old: list[str], new: list[str], facts: Mapping[str, Any] | None = None) -> None:
        self.trial = Trial(facts)
        self.pair = moving.between(side(*old), side(*new))
        self.process = begin(self.pair.from_.diagrams, self.trial, "sketch")

    def at(self, *elements: str) -> "Moving":
        """Go on to a place."""
        for element in elements:
            move(self.process, element)
        return self

    @property
    def verdict(self) -> moving.Verdict:
        return self.pair.verdict(self.process.dump())

    @property
    def because(self) -> str:
        verdict = self.verdict
        assert isinstance(verdict, CannotMove)
        return verdict.because

    def moved(self) -> Process:
        """The case on the new diagrams; what waits there kept its address."""
        assert self.verdict == CanMove()
        state = self.pair.moved(self.process.dump())
        after = Process.load(state, self.pair.to.diagrams, self.trial)
        assert {one.task for one in after.waiting()} == {one.task for one in self.process.waiting()}
        return after


def run(process: Process, *elements: str) -> None:
    """Do these, and it must have ended."""
    for element in elements:
        assert not process.finished
        move(process, element)
    assert process.finished


def test_a_case_stays_where_nothing_has_changed() -> None:
    old = drawn("ask", "sign")
    assert Moving([old], [old]).verdict == Stays()


def test_a_waiting_step_may_get_another_name() -> None:
    case = Moving([drawn("ask", "sign")], [drawn(step("ask", "Ask the doctor"), "sign")])
    after = case.moved()
    assert wait_for(after, "ask").name == "Ask the doctor"
    run(after, "ask", "sign")


def test_a_step_that_is_added_ahead_comes_when_its_turn_comes() -> None:
    case = Moving([drawn("ask", "sign")], [drawn("ask", "check", "sign")])
    run(case.moved(), "ask", "check", "sign")


def test_a_step_that_is_added_behind_is_not_done_any_more() -> None:
    case = Moving([drawn("ask", "sign")], [drawn("ask", "check", "sign")]).at("ask")
    run(case.moved(), "sign")


def test_what_lies_behind_may_be_taken_out() -> None:
    case = Moving([drawn("ask", "check", "sign")], [drawn("check", "sign")]).at("ask", "check")
    run(case.moved(), "sign")


def test_a_case_cannot_move_where_its_step_is_gone() -> None:
    case = Moving([drawn(step("ask", "Ask the doctor"), "sign")], [drawn("sign")])
    assert case.because == (
        "The case waits at “Ask the doctor”, which the new diagrams no longer draw, so nobody could finish it there. "
        "It can move once that is done."
    )
    assert case.at("ask").verdict == CanMove()


def test_a_case_cannot_move_where_its_step_is_something_else_now() -> None:
    case = Moving([drawn("ask", "sign")], [drawn(step("ask", for_each="case.members"), "sign")])
    assert case.because == (
        "The case waits at “ask”, which is something else in the new diagrams, so what is begun could not be finished "
        "there. It can move once that is done."
    )


def late(*parts: str) -> str:
    """Signing, with what is drawn on its edge."""
    events = [part.partition('id="')[2].partition('"')[0] for part in parts]
    onward = "".join(f'<endEvent id="{one}_end"/>{flow(one, f"{one}_end")}' for one in events)
    return sketch(path("ask", "sign") + "".join(parts) + onward)


def test_a_step_that_waits_cannot_gain_lose_or_change_what_is_on_its_edge() -> None:
    plain, timed = late(), late(timer("chase", "sign"))
    other, hard = late(timer("chase", "sign", "referral")), late(timer("chase", "sign", takes_away=True))
    for old, new, words in (
        (plain, timed, "“sign” also starts something beside it when its time is up (“Chase”). "),
        (timed, plain, "“sign” no longer starts something beside it when its time is up (“Chase”). "),
        (timed, other, "it is different what happens when its time is up at “sign” (“Chase”). "),
        (timed, hard, "it is different what happens when its time is up at “sign” (“Chase”). "),
    ):
        case = Moving([old], [new])
        assert case.verdict == CanMove(), "nobody is at it yet"
        assert words in case.at("ask").because
        assert case.because.startswith("In the new diagrams ")
        assert case.because.endswith(
            "This case is there already, and what has begun goes on as it began. It can move once “sign” is done; a "
            "case before it can move now."
        )


def test_a_step_on_whose_edge_a_timer_has_fired_already_moves_with_it() -> None:
    old, new = late(timer("chase", "sign")), late(timer("chase", "sign")).replace('name="sign"', 'name="Sign it"')
    chased = [
        one.replace('<endEvent id="chase_end"/>', step("call") + '<endEvent id="chase_end"/>') for one in (old, new)
    ]
    chased = [
        one.replace(flow("chase", "chase_end"), flow("chase", "call") + flow("call", "chase_end")) for one in chased
    ]
    case = Moving([chased[0]], [chased[1]]).at("ask", "chase")
    assert sorted(open_elements(case.process)) == ["call", "sign"]
    run(case.moved(), "sign", "call")
    run(case.moved(), "call", "sign")


def test_a_case_that_waits_for_a_day_moves_and_one_whose_day_is_another_does_not() -> None:
    def waits(deadline: str) -> str:
        return drawn("ask", f'<intermediateCatchEvent id="day">{due(deadline)}</intermediateCatchEvent>', "sign")

    case = Moving([waits("sign_off")], [waits("sign_off").replace('name="ask"', 'name="Ask"')]).at("ask")
    run(case.moved(), "day", "sign")
    assert "another deadline" in Moving([waits("sign_off")], [waits("referral")]).at("ask").because


def test_a_changed_deadline_of_a_step_holds_up_nothing() -> None:
    case = Moving([drawn(step("sign", deadline="sign_off"))], [drawn(step("sign", deadline="referral"))])
    run(case.moved(), "sign")


STAGE = sketch(path("meet", "decide"), process="stage")


def test_a_called_stage_may_change_around_a_case_that_is_in_it() -> None:
    changed = sketch(path("invite", step("meet", "Meet them"), "minute", "decide"), process="stage")
    old = [drawn("ask", call("mediate"), "sign"), STAGE]
    case = Moving(old, [drawn("ask", call("mediate"), "tell", "sign"), changed]).at("ask")
    run(case.moved(), "meet", "minute", "decide", "tell", "sign")


def test_a_case_in_a_stage_cannot_move_where_its_step_its_stage_or_its_call_is_gone() -> None:
    old = [drawn("ask", call("mediate"), "sign"), STAGE]
    gone = sketch(path("decide"), process="stage")
    other = sketch(path("meet"), process="other")
    for new, words in (
        ([old[0], gone], "The case waits at “meet”, which the new diagrams no longer draw, so nobody"),
        (
            [drawn("ask", "sign"), STAGE],
            "The case waits at “Mediate”, which the new diagrams no longer draw, so nobody",
        ),
        (
            [drawn("ask", call("mediate", "other"), "sign"), STAGE, other],
            "The new diagrams call another stage there, in which it has no place.",
        ),
    ):
        case = Moving(old, new)
        assert case.verdict == CanMove(), "it is not there yet"
        assert words in case.at("ask").because


def test_each_member_of_a_list_keeps_their_own_step() -> None:
    old = drawn(step("vote", for_each="case.members"), "count")
    new = drawn(step("vote", "Cast your vote", for_each="case.members"), "check", "count")
    case = Moving([old], [new], {"members": [4, 7, 9]}).at("vote/7")
    after = case.moved()
    assert open_elements(after) == ["vote/4", "vote/9"]
    run(after, "vote/9", "vote/4", "check", "count")


def test_a_list_that_grew_since_asks_nobody_anew() -> None:
    old = drawn(step("vote", for_each="case.members"))
    new = drawn(step("vote", for_each="case.voters"))
    run(Moving([old], [new], {"members": [4], "voters": [4, 7]}).moved(), "vote/4")


def fork(*branches: tuple[str, ...], after: str = "sign") -> str:
    """Branches side by side, that wait for one another."""
    parts = ['<startEvent id="begin"/><endEvent id="end"/>', gateway("parallel", "fork"), gateway("parallel", "join")]
    parts += [flow("begin", "fork"), step(after), flow("join", after), flow(after, "end")]
    for branch in branches:
        parts += [step(one) for one in branch]
        parts += [flow(one, other) for one, other in zip(("fork", *branch), (*branch, "join"), strict=True)]
    return sketch("".join(parts))


def test_branches_side_by_side_move_together() -> None:
    case = Moving([fork(("one",), ("two",))], [fork(("one", "check"), ("two",))])
    run(case.moved(), "two", "one", "check", "sign")
    run(case.moved(), "one", "check", "two", "sign")
    run(case.at("two").moved(), "one", "check", "sign")


def test_a_branch_that_never_began_is_never_waited_for() -> None:
    case = Moving([fork(("one",), ("two",))], [fork(("one",), ("two",), ("three",))])
    assert case.because == (
        "At “Join” the new diagrams wait for a branch that was never begun for this case, so it would wait for ever. "
        "It can move once it has gone past “Join”."
    )
    assert "“Join”" in case.at("one").because
    assert case.at("two").verdict == CanMove(), "all are through"


def test_a_gateway_at_which_somebody_waits_knows_from_where_they_came() -> None:
    case = Moving([fork(("one",), ("two",))], [fork(("one", "check"), ("two",))]).at("one")
    assert case.because == (
        "A branch of the case has come to “Join” by a way that the new diagrams no longer draw, so that they would "
        "wait for it for ever. It can move once the other branches have come there too."
    )
    fewer = Moving([fork(("one",), ("two",), ("three",))], [fork(("one",), ("two",))]).at("one", "two")
    assert "nobody else" in fewer.because
    alone = fork(("one",), ("two",)).replace(flow("two", "join"), flow("two", "end"))
    case = Moving([fork(("one",), ("two",))], [alone]).at("one")
    assert case.because == (
        "A branch of the case waits at “Join” for others. The new diagrams wait for nobody else there, so nothing "
        "would let it go on. It can move once the others have come there too."
    )


def test_steps_that_stood_in_a_row_cannot_be_branches_half_way() -> None:
    row = sketch(
        '<startEvent id="begin"/><endEvent id="end"/>'
        + step("one") + step("two") + step("sign")
        + flow("begin", "one") + flow("one", "two") + flow("two", "sign") + flow("sign", "end")
    )  # fmt: skip
    case = Moving([row], [fork(("one",), ("two",))])
    assert "“Join” the new diagrams wait for a branch" in case.because
    assert "“Join” the new diagrams wait for a branch" in case.at("one").because
    run(case.at("two").moved(), "sign")


def race(*events: str) -> str:
    parts = ['<startEvent id="begin"/>', gateway("eventBased", "first"), flow("begin", "first"), step("sign")]
    for event in events:
        parts += [
            f'<intermediateCatchEvent id="{event}" name="{event}">{due(event)}</intermediateCatchEvent>',
            flow("first", event),
            f'<endEvent id="{event}_end"/>',
            flow(event, f"{event}_end"),
        ]
    return sketch("".join(parts[:3] + parts[4:]))


def test_what_an_event_gateway_waits_for_stays_as_it_is() -> None:
    case = Moving([race("sign_off", "referral")], [race("sign_off", "referral").replace('"first"', '"first"', 1) + " "])
    run(case.moved(), "referral")
    assert (
        "“First” also waits for “lodge”."
        in Moving([race("sign_off", "referral")], [race("sign_off", "referral", "lodge")]).because
    )
    assert (
        "“First” no longer waits for “lodge”."
        in Moving([race("sign_off", "referral", "lodge")], [race("sign_off", "referral")]).because
    )


RISK = step("assess", "Assess the risk", "risk: How high is the risk?")


def risky(*before: str) -> str:
    """Signing, then a way that depends on the risk."""
    row = ["begin", *(one.partition('id="')[2].partition('"')[0] for one in before), "sign", "which"]
    return sketch(
        '<startEvent id="begin"/><endEvent id="end"/><endEvent id="odd"/>'
        + "".join(before) + step("sign") + step("more") + gateway("exclusive", "which", default="which-end")
        + "".join(flow(one, other) for one, other in pairwise(row))
        + flow("which", "more", 'case.risk == "high"') + flow("which", "end") + flow("more", "odd")
    )  # fmt: skip


def test_what_the_new_diagrams_ask_behind_a_case_it_would_never_be_asked() -> None:
    old, new = drawn("ask", "sign"), risky(step("ask"), RISK)
    case = Moving([old], [new])
    assert case.verdict == CanMove(), "it comes by that question yet"
    assert case.at("ask").verdict == CannotMove(
        "It would never be asked for “How high is the risk?”: the new diagrams have that in “Assess the risk”, before "
        "the place where the case stands, and need it at “Which”. It can move once it has gone past “Which”, or if the "
        "new diagrams ask for it again on the way there.",
        "which",
    )


def test_what_the_old_diagrams_have_asked_already_is_known() -> None:
    old = drawn(step("ask", fields="risk: How high is the risk?"), "sign")
    case = Moving([old], [risky(step("ask"), RISK)]).at("ask")
    run(case.moved(), "sign")


def test_a_name_that_no_script_of_the_old_diagrams_has_set_is_missing() -> None:
    script = '<scriptTask id="keep" name="Keep the way"><script>way = 1</script></scriptTask>'
    new = risky(step("ask"), script).replace('case.risk == "high"', "way == 1")
    assert (
        "It would never have “way”: the new diagrams have that in “Keep the way”"
        in Moving([drawn("ask", "sign")], [new]).at("ask").because
    )
    kept = Moving([drawn("ask", script, "sign")], [new]).at("ask")
    run(kept.moved(), "sign", "more")


def test_what_is_needed_in_a_stage_that_is_yet_to_be_called_counts_as_well() -> None:
    stage = risky().replace('<process id="sketch"', '<process id="stage"')
    old = [drawn("ask", "talk"), STAGE]
    new = [drawn("ask", RISK, "talk", call("mediate")), stage]
    assert "“How high is the risk?”" in Moving(old, new).at("ask").because
    assert Moving(old, new).verdict == CanMove()


def test_a_stage_in_flight_brings_its_caller_what_it_asks() -> None:
    stage = sketch(path("meet", RISK), process="stage")
    old = [drawn(call("mediate"), "sign"), stage]
    new = [risky(call("mediate")), stage]
    run(Moving(old, new, {"risk": "high"}).moved(), "meet", "assess", "sign", "more")
    behind = [risky(call("mediate")), sketch(path(RISK, "meet"), process="stage")]
    assert "“How high is the risk?”" in Moving([old[0], STAGE], behind).because


def test_a_process_or_stage_that_is_no_longer_drawn_cannot_be_moved_to() -> None:
    other = sketch(path("ask"), process="other")
    assert "no longer drawn" in Moving([drawn("ask")], [other]).because


def test_the_same_shape_is_judged_once() -> None:
    old, new = fork(("one",), ("two",)), fork(("one", "check", "look"), ("two",))
    cases = [Moving([old], [new]) for _ in range(3)]
    assert [case.verdict for case in cases] == [CanMove()] * 3
    assert len(cases[0].pair.shapes) == 1
    assert cases[0].at("two").verdict == CanMove()
    assert len(cases[0].pair.shapes) == 2
