"""Small diagrams that a trust could publish, for what the shipped ones do not draw: timers, corrections, faults."""

from tests.cases.walk import Walk
from tests.factories import add_release, shipped_files
from workflows import releases
from workflows.store import people

STAGES = ("processes/mediation.bpmn", "processes/appeal_panel.bpmn")
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ACCORD = "https://accord.example/bpmn/1.0"


def diagram(lanes: dict[str, tuple[str, ...]], *elements: str, process: str = "disagreement") -> str:
    """A diagram from its lanes (role to ids of elements) and the XML of its elements and flows."""
    rows = "".join(
        f'<lane id="lane_{role}" name="{role}">{"".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in ids)}</lane>'
        for role, ids in lanes.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="{BPMN}" xmlns:accord="{ACCORD}" id="sketch" '
        f'targetNamespace="{ACCORD}"><process id="{process}" name="A sketch" isExecutable="true">'
        f'<documentation>A sketch.</documentation><laneSet id="lanes">{rows}</laneSet>{"".join(elements)}'
        "</process></definitions>"
    )


def step(key: str, *fields: str, **attributes: str) -> str:
    """A person's step. A field is "key type"; all are required."""
    drawn = "".join(
        f'<accord:field key="{key}" type="{kind}" label="What is {key}?" required="true"/>'
        for key, _, kind in (field.partition(" ") for field in fields)
    )
    said = "".join(f' accord:{name}="{value}"' for name, value in attributes.items())
    inside = f"<extensionElements>{drawn}</extensionElements>" if drawn else ""
    text = "<documentation>Please do it.</documentation>"
    return f'<userTask id="{key}" name="{words(key)}"{said}>{text}{inside}</userTask>'


def timer(key: str, on: str, deadline: str, *, takes_away: bool) -> str:
    """A timer on the edge of a step."""
    return (
        f'<boundaryEvent id="{key}" name="{words(key)}" attachedToRef="{on}" '
        f'cancelActivity="{"true" if takes_away else "false"}"><timerEventDefinition id="{key}_timer">'
        f"<timeDate>due(&quot;{deadline}&quot;)</timeDate></timerEventDefinition></boundaryEvent>"
    )


def plain(kind: str, key: str, **attributes: str) -> str:
    """Any other element: startEvent, endEvent, a gateway, a service task."""
    said = "".join(f' {name.replace("__", ":")}="{value}"' for name, value in attributes.items())
    return f'<{kind} id="{key}" name="{words(key)}"{said}/>'


def flow(source: str, target: str, condition: str = "") -> str:
    """A flow, with a condition or without."""
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}_to_{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'


def words(key: str) -> str:
    """A name of an id."""
    return key.replace("_", " ").capitalize()


APPEAL = diagram(
    {
        "medical_directorate": ("record_outcome",),
        "practitioner": ("lodge_appeal",),
        "amd": ("admit_late",),
    },
    plain("startEvent", "opened"),
    step("record_outcome", screen="decision"),
    step("lodge_appeal", "grounds long_text", deadline="lodge_appeal"),
    timer("time_is_up", "lodge_appeal", "lodge_appeal", takes_away=True),
    step("admit_late", "admitted text"),
    plain("endEvent", "lodged"),
    plain("endEvent", "closed"),
    flow("opened", "record_outcome"),
    flow("record_outcome", "lodge_appeal"),
    flow("lodge_appeal", "lodged"),
    flow("time_is_up", "admit_late"),
    flow("admit_late", "closed"),
)
"""A right that lapses: the appeal, two weeks from the outcome."""

CHASED = diagram(
    {"clinical_manager": ("record_it", "chase_it", "correct_it"), "practitioner": ("sign_it",)},
    plain("startEvent", "opened"),
    step("record_it", "meeting_date date"),
    plain("parallelGateway", "fork"),
    step("sign_it", "signed text", deadline="sign_off"),
    step("correct_it", "meeting_date date"),
    timer("it_is_late", "sign_it", "sign_off", takes_away=False),
    step("chase_it", "chased text"),
    *(plain("endEvent", key) for key in ("signed", "corrected", "chased")),
    flow("opened", "record_it"),
    flow("record_it", "fork"),
    flow("fork", "sign_it"),
    flow("fork", "correct_it"),
    flow("sign_it", "signed"),
    flow("correct_it", "corrected"),
    flow("it_is_late", "chase_it"),
    flow("chase_it", "chased"),
)
"""Work that is late and stays to be done, while somebody is asked to chase it; its start can be corrected."""

TAKEN_AWAY = CHASED.replace('cancelActivity="false"', 'cancelActivity="true"')
"""The same, but what is late is taken from the one who should have done it."""

FAULTY = diagram(
    {
        "medical_directorate": ("record_outcome", "enter_amount"),
        "practitioner": ("lodge_appeal", "go_on", "look_at"),
    },
    plain("startEvent", "opened"),
    step("record_outcome", screen="decision"),
    plain("parallelGateway", "fork"),
    step("enter_amount", "amount number"),
    step("lodge_appeal", "grounds long_text", deadline="lodge_appeal"),
    step("look_at", "seen text"),
    timer("time_is_up", "lodge_appeal", "lodge_appeal", takes_away=True),
    plain("exclusiveGateway", "much", default="much_to_closed"),
    step("go_on", "done text"),
    *(plain("endEvent", key) for key in ("closed", "lodged", "entered", "gone_on")),
    flow("opened", "record_outcome"),
    flow("record_outcome", "fork"),
    flow("fork", "enter_amount"),
    flow("fork", "lodge_appeal"),
    flow("fork", "look_at"),
    flow("enter_amount", "entered"),
    flow("lodge_appeal", "lodged"),
    flow("time_is_up", "much"),
    flow("look_at", "much"),
    flow("much", "go_on", "case.amount &gt; 3"),
    flow("much", "closed"),
    flow("go_on", "gone_on"),
)
"""A gateway that cannot be answered before somebody has entered the amount: no checker lets it through."""

VOTE = diagram(
    {"practitioner": ("list_members", "vote")},
    plain("startEvent", "opened"),
    plain("serviceTask", "list_members", accord__action="list_members"),
    step("vote", "ballot text", for_each="case.members"),
    plain("endEvent", "voted"),
    flow("opened", "list_members"),
    flow("list_members", "vote"),
    flow("vote", "voted"),
)
"""One step for each doctor of the team."""


def publish(walk: Walk, xml: str, *, checked: bool = True) -> None:
    """Publish the shipped files with a sketch among them, as a trust's process owner would."""
    with walk.session() as session:
        trust = people.trust(session, trust_id=walk.house.trust.id)
        assert trust is not None
        shipped = without_stages(releases.shipped_files(trust.policy))
        files = {**shipped, "processes/disagreement.bpmn": xml}
        if checked:
            releases.ship(session, trust=trust, now=walk.at, files=files)
        else:
            add_release(session, trust=trust, files={**without_stages(shipped_files()), **files})
        session.commit()


def without_stages(files: dict[str, str]) -> dict[str, str]:
    """The shipped files without the stages that only a whole dispute calls."""
    return {path: text for path, text in files.items() if path not in STAGES}


def publish_without(walk: Walk, *paths: str) -> None:
    """Publish the shipped files but for these, as a trust that has not drawn them."""
    with walk.session() as session:
        trust = people.trust(session, trust_id=walk.house.trust.id)
        assert trust is not None
        shipped = releases.shipped_files(trust.policy)
        releases.ship(session, trust=trust, now=walk.at, files={k: v for k, v in shipped.items() if k not in paths})
        session.commit()


def run(walk: Walk, xml: str, *, checked: bool = True) -> str:
    """Publish a sketch and start a case of it about the doctor. Returns its reference."""
    publish(walk, xml, checked=checked)
    house = walk.house
    return walk.start(house.directorate, "disagreement", subject=house.doctor.id, team=house.team.id)
