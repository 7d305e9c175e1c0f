"""Whichever comes first is waited for: a day, or word that something has happened."""

import pytest

from tests.engine.editing.drawn import faults_of_the_picture
from tests.factories import shipped_files
from workflows.engine.check import check
from workflows.engine.drawings import Drawing, read
from workflows.engine.editing.diagram import CannotChange
from workflows.engine.editing.offers import Deed, offers
from workflows.engine.editing.races import Wait, add_race, add_wait
from workflows.engine.editing.removing import remove_step, remove_way
from workflows.engine.soundness import explore

PATH = "processes/mediation.bpmn"
FILES = shipped_files()
MEDIATION = FILES[PATH]
DAY = Wait("Mediation meeting", deadline="mediation_meeting")
WORD = Wait("Notice was given", message="notice_given")
OTHER_WORD = Wait("The need has ended", message="need_ended", end="Not needed")
GATEWAY = "first_after_book_mediation"


def raced() -> str:
    return add_race(MEDIATION, (DAY, WORD), after="book_mediation").text


def targets(drawing: Drawing, key: str) -> list[str]:
    return [flow.target for flow in drawing.outgoing.get(key, ())]


def test_the_case_waits_for_a_day_or_a_message_and_goes_on_with_whichever_comes_first() -> None:
    made = add_race(MEDIATION, (DAY, WORD), after="book_mediation")
    assert made.said == (
        "Added a wait for “Mediation meeting” or “Notice was given” after “Book the mediation meeting”, whichever "
        "comes first."
    )
    drawing = read(made.text)
    assert targets(drawing, "book_mediation") == [made.element] == [GATEWAY]
    assert targets(drawing, GATEWAY) == ["mediation_meeting", "notice_was_given"]
    assert [targets(drawing, each) for each in targets(drawing, GATEWAY)] == [["record_mediation"]] * 2
    assert drawing.nodes["mediation_meeting"].timer == 'due("mediation_meeting")'
    assert drawing.nodes["notice_was_given"].message == "notice_given"
    files = {**FILES, PATH: made.text}
    assert check(files, [PATH]) == []
    assert explore(files, "disagreement").sound
    assert list(faults_of_the_picture(made.text)) == []


def test_one_thing_more_is_waited_for_and_leads_where_it_is_said() -> None:
    drawing = read(add_wait(raced(), GATEWAY, OTHER_WORD).text)
    assert targets(drawing, GATEWAY)[-1] == "the_need_has_ended"
    (end,) = targets(drawing, "the_need_has_ended")
    assert (drawing.nodes[end].type, drawing.nodes[end].name) == ("endEvent", "Not needed")


@pytest.mark.parametrize(
    ("waits", "why"),
    [
        ((DAY,), "at least two"),
        ((DAY, Wait("Another day", deadline="sign_off")), "Only one day"),
        ((WORD, WORD), "waited for here already"),
        ((DAY, Wait("Nothing")), "Choose what is waited for"),
        (
            (Wait("Day", deadline="sign_off", end="Over"), OTHER_WORD),
            "nothing leads to “Record the mediation” any more",
        ),
    ],
)
def test_what_could_not_be_decided_is_refused(waits: tuple[Wait, ...], why: str) -> None:
    with pytest.raises(CannotChange, match=why):
        add_race(MEDIATION, waits, after="book_mediation")


def test_taking_out_one_of_two_leaves_the_other_to_be_waited_for_alone() -> None:
    text = raced()
    [way] = [flow.id for flow in read(text).incoming["notice_was_given"]]
    for made in (remove_step(text, "notice_was_given"), remove_way(text, way)):
        drawing = read(made.text)
        assert targets(drawing, "book_mediation") == ["mediation_meeting"]
        assert {GATEWAY, "notice_was_given"} & drawing.nodes.keys() == set()
        assert check({**FILES, PATH: made.text}, [PATH]) == []


def test_nothing_is_offered_between_the_place_and_what_is_waited_for() -> None:
    text = raced()
    offered = offers(text)
    [way] = [flow.id for flow in read(text).incoming["notice_was_given"]]
    assert Deed.ADD not in offered[way]
    assert not {Deed.UP, Deed.DOWN, Deed.TOGETHER} & offered["notice_was_given"]
    assert Deed.WAIT in offered[GATEWAY]
    assert Deed.WAIT not in offered["decide"]
