"""A case works on the drafts that it opened itself."""

import pytest

from tests.cases import sketches
from tests.cases.sketches import diagram, flow, plain, step
from tests.cases.walk import Walk
from workflows.engine.actions.plans import NoDraft

CHOSEN = diagram(
    {"medical_directorate": ("open_plan", "choose", "put_in_force")},
    plain("startEvent", "opened"),
    plain("serviceTask", "open_plan", accord__action="open_plan"),
    step("choose", "plan_version number"),
    plain("serviceTask", "put_in_force", accord__action="put_in_force"),
    plain("endEvent", "closed"),
    flow("opened", "open_plan"),
    flow("open_plan", "choose"),
    flow("choose", "put_in_force"),
    flow("put_in_force", "closed"),
)
"""A person types which draft comes into force: no checker lets it through."""


def test_the_draft_of_another_case_cannot_be_put_in_force(cpft: Walk) -> None:
    house = cpft.house
    other = sketches.run(cpft, CHOSEN, checked=False)
    about = {"subject": house.doctor.id, "team": house.team.id}
    own = cpft.start(house.directorate, "disagreement", year="2028/29", **about)
    theirs, mine = cpft.facts(other)["plan_version"], cpft.facts(own)["plan_version"]
    with pytest.raises(NoDraft):
        cpft.do(house.directorate, "choose", own, plan_version=theirs)
    assert [plan.status for plan in cpft.plans(house.doctor)] == ["draft", "draft"]
    cpft.do(house.directorate, "choose", own, plan_version=mine)
    assert [plan.status for plan in cpft.plans(house.doctor)] == ["draft", "in_force"]
