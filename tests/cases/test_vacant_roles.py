"""Word for a role that nobody holds reaches somebody: its stand-in, and the Medical Directorate at the end."""

from datetime import date

from tests.cases import sketches
from tests.cases.conftest import SQLITE
from tests.cases.sketches import flow, plain
from tests.cases.stages import end_posts, start_plan
from tests.cases.walk import Walk

pytestmark = SQLITE

TELL_THE_AMD = sketches.diagram(
    {"practitioner": ("tell_them", "go_on")},
    plain("startEvent", "opened"),
    '<serviceTask id="tell_them" name="Tell them" accord:action="notify" accord:to="amd">'
    "<documentation>There is a dispute.</documentation></serviceTask>",
    sketches.step("go_on", "done text"),
    plain("endEvent", "closed"),
    flow("opened", "tell_them"),
    flow("tell_them", "go_on"),
    flow("go_on", "closed"),
)


def test_an_escalation_to_a_vacant_amd_reaches_the_medical_director(cpft: Walk) -> None:
    end_posts(cpft, cpft.house.amd)
    own = start_plan(cpft, kind="interim", employment_start_date="2027-02-20")
    cpft.live_through(until=date(2027, 3, 22))
    assert [notice.kind for notice in cpft.notices(cpft.house.medical_director)] == ["escalation"]
    assert cpft.events(own, "escalated")[0].details["to"] == [cpft.house.medical_director.id]


def test_an_escalation_that_nobody_stands_in_for_reaches_the_directorate(cpft: Walk) -> None:
    house = cpft.house
    end_posts(cpft, house.amd, house.medical_director, house.chief_executive)
    start_plan(cpft, kind="interim", employment_start_date="2027-02-20")
    cpft.live_through(until=date(2027, 3, 22))
    for member in (house.directorate, house.second_directorate):
        assert "escalation" in [notice.kind for notice in cpft.notices(member)]


def test_the_directorate_is_reminded_of_a_step_in_its_queue(cpft: Walk) -> None:
    house = cpft.house
    end_posts(cpft, house.manager)
    own = start_plan(cpft, kind="interim", employment_start_date="2027-02-20")
    assert [step.queue for step in cpft.steps(own, "read_pack")] == ["medical_directorate"]
    cpft.live_through(until=date(2027, 3, 7))
    for person in (house.doctor, house.directorate):
        assert [notice.kind for notice in cpft.notices(person)] == ["reminder"]
    assert cpft.notices(house.amd) == [], "the manager's step is not theirs"


def test_a_notice_to_a_vacant_role_reaches_its_stand_in(cpft: Walk) -> None:
    end_posts(cpft, cpft.house.amd)
    sketches.run(cpft, TELL_THE_AMD)
    [notice] = cpft.notices(cpft.house.medical_director)
    assert notice.words == "There is a dispute."
