"""A trust's own process, started from a shipped one."""

from tests.cases.sketches import diagram, flow, plain, step
from tests.cases.walk import Walk
from tests.factories import add_release, shipped_files
from workflows.store import people

STARTING = diagram(
    {"medical_directorate": ("start_audit",)},
    plain("startEvent", "opened"),
    plain(
        "serviceTask",
        "start_audit",
        accord__action="start_cases",
        accord__process="audit",
        accord__for_each="[case.subject]",
    ),
    plain("endEvent", "closed"),
    flow("opened", "start_audit"),
    flow("start_audit", "closed"),
)
AUDIT = diagram(
    {"practitioner": ("look_back",)},
    plain("startEvent", "opened"),
    step("look_back", "found text"),
    plain("endEvent", "closed"),
    flow("opened", "look_back"),
    flow("look_back", "closed"),
    process="audit",
)


def test_a_case_of_a_trusts_own_process_is_about_the_same_doctor_team_and_year(cpft: Walk) -> None:
    house = cpft.house
    with cpft.session() as session:
        trust = people.trust(session, trust_id=house.trust.id)
        assert trust is not None
        own = {"processes/disagreement.bpmn": STARTING, "processes/audit.bpmn": AUDIT}
        add_release(session, trust=trust, files={**shipped_files(), **own})
        session.commit()
    cpft.start(house.directorate, "disagreement", subject=house.doctor.id, team=house.team.id)
    cpft.tick()
    audit = cpft.case(cpft.newest("audit"))
    assert (audit.subject_id, audit.team_id, audit.year) == (house.doctor.id, house.team.id, "2027/28")
    cpft.do(house.doctor, "look_back", audit.reference, found="Nothing")
