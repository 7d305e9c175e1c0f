"""Another nation's chain is a policy file: other limits, another panel, an outcome that binds the board."""

from datetime import date

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.disputing import form_panel, hear, list_member, outcome, outsider, to_appeal
from tests.cases.walk import Walk
from workflows import releases
from workflows.domain.errors import BadValues
from workflows.store import people

SCOTLAND = """
[deadlines.panel_meets]
title = "Meeting of the appeal panel"
clause = "CPFT-7.8.8-c"
kind = "after"
start = "appeal_received_date"
start_words = "The appeal was received on {date}."
length = "6 weeks"
strength = "must"
effect = "late"
met_by = "appeal_hearing_date"

[deadlines.statements]
title = "Statements of case"
clause = "TCS-4-h"
kind = "before"
start = "hearing_booked_for"
start_words = "The hearing is on {date}."
length = "5 working days"
strength = "must"
effect = "late"
"""
WALES = 'panel_seats = ["chair", "nominee"]\n'


def publish(walk: Walk, *, deadlines: str = "", values: str = "") -> None:
    """The trust under another policy: Cumbria's, with these parts in place of its own."""
    with walk.session() as session:
        trust = people.trust(session, trust_id=walk.house.trust.id)
        assert trust is not None
        files = releases.shipped_files(trust.policy)
        own = files["policies/cumbria.toml"]
        for name in ("panel_meets", "statements"):
            if deadlines and f"[deadlines.{name}]" in own:
                before, _, rest = own.partition(f"[deadlines.{name}]")
                own = before + rest[rest.index("\n\n") + 2 :]
        own = own.replace("[values]\n", f"[values]\n{values}", 1) + deadlines
        releases.ship(session, trust=trust, now=walk.at, files={**files, "policies/cumbria.toml": own})
        session.commit()


@SQLITE
def test_with_scotlands_figures_the_panel_has_six_weeks_and_binds_the_board(cpft: Walk) -> None:
    house = cpft.house
    publish(cpft, deadlines=SCOTLAND, values="panel_binding = true\n")
    list_member(cpft, "Dr Third Member")
    reference = to_appeal(cpft)
    received = date.fromisoformat(cpft.facts(reference)["appeal_received_date"])
    assert (cpft.deadline(reference, "panel_meets").due_on - received).days == 42
    chair, _, _ = form_panel(cpft, reference)
    hear(cpft, reference, chair)
    heard, stated = cpft.facts(reference)["hearing_booked_for"], cpft.deadline(reference, "statements").due_on
    assert (date.fromisoformat(heard) - stated).days == 7, "five working days are a week of seven"
    cpft.do(chair, "recommend", reference, recommendation="Every other Friday", outcomes=outcome("practitioner"))
    with pytest.raises(BadValues) as refused:
        cpft.do(
            house.board_secretary,
            "board_decision",
            reference,
            board_decided_on=cpft.today,
            board_answer="depart",
            board_reasons="No",
            outcomes=outcome("manager"),
        )
    assert "binding" in refused.value.problems["board_answer"]
    cpft.do(house.board_secretary, "board_decision", reference, board_decided_on=cpft.today, board_answer="accept")
    assert cpft.case(reference).status == "closed"


@SQLITE
def test_with_a_panel_of_two_nobody_is_proposed_from_the_register(cpft: Walk) -> None:
    house = cpft.house
    publish(cpft, values=WALES)
    reference = to_appeal(cpft)
    assert cpft.waiting(reference) == ["name_chair", "name_nominee"]
    chair, nominee = outsider(cpft, "Dr Chair Person"), outsider(cpft, "Dr Second Member")
    cpft.do(house.chief_executive, "name_chair", reference, chair_person=chair.id)
    cpft.do(house.doctor, "name_nominee", reference, nominee_person=nominee.id, nominee_not_advocate="confirmed")
    for one in (chair, nominee):
        cpft.do(one, "declare_interests", reference, declared="fit")
    assert cpft.waiting(reference) == ["book_hearing"]
