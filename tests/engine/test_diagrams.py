"""Loading a release: what is read, kept and refused. Numbers are those of the traps that this project knows of."""

import re
from pathlib import Path
from threading import Thread

import pytest

from tests.engine.trial import Trial, begin, drawn, flow, move, open_elements, path, release_of, sketch
from workflows.domain.errors import Unsound
from workflows.engine import diagrams as room
from workflows.engine.diagrams import DiagramUnfit, NoDiagram, load, read_release

BPMN = Path(__file__).resolve().parents[2] / "bpmn"


def shipped() -> dict[str, str]:
    """The diagrams and tables that come with Accord."""
    paths = [*sorted(BPMN.rglob("*.bpmn")), *sorted(BPMN.rglob("*.dmn"))]
    return {str(each.relative_to(BPMN)): each.read_text(encoding="utf-8") for each in paths}


def test_every_shipped_diagram_can_be_run() -> None:
    release = read_release(shipped())
    assert {"planning_round", "team_planning", "individual_planning", "sign_off"} <= set(release.specs)
    assert set(release.specs) == set(release.drawings)


def test_no_question_repeats_the_condition_that_its_page_says_with_it() -> None:
    asked = re.findall(r"<accord:field [^>]*>", "".join(shipped().values()))
    under_a_condition = [field for field in asked if " when=" in field]
    assert under_a_condition
    assert [field for field in under_a_condition if ' label="If ' in field] == []


def test_a_release_is_read_once_for_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a.bpmn": sketch(path("ask"))}
    first = load(files, "content of test_a_release_is_read_once")
    monkeypatch.setattr(room, "read_release", None)
    assert load(files, "content of test_a_release_is_read_once") is first


def test_old_releases_make_room_for_new_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "KEPT_RELEASES", 2)
    files = {"a.bpmn": sketch(path("ask"))}
    first = load(files, "room 1")
    load(files, "room 2")
    load(files, "room 3")
    assert len(room._kept) <= 2
    assert load(files, "room 1") is not first


def test_a_process_that_is_not_there_is_said_to_be_missing() -> None:
    release = release_of(sketch(path("ask")))
    with pytest.raises(NoDiagram, match="ghost"):
        release.drawing("ghost")
    with pytest.raises(NoDiagram, match="ghost"):
        release.spec("ghost")


def test_timers_of_called_stages_are_found() -> None:
    release = drawn("whole", "stage", "substage", "waits")
    assert release.stages("whole") == ("whole", "stage", "substage")
    assert release.has_timer("whole", "sign_off")
    assert not release.has_timer("substage", "sign_off")
    assert release.has_timer("waits", "reply")
    assert not release.has_timer("waits", "sign_off")


def call(process: str) -> str:
    return f'<callActivity id="call_{process}" calledElement="{process}"/>'


@pytest.mark.parametrize(
    ("texts", "element", "words"),
    [
        ([sketch(path(call("sketch")))], "call_sketch", "calling itself"),
        ([sketch(path(call("b"))), sketch(path(call("sketch")), process="b")], "call_sketch", "calling itself"),
        ([sketch(path(call("ghost")))], "call_ghost", "not there"),
        ([sketch(path('<callActivity id="call"/>'))], "call", "calls nothing"),
        ([sketch(path("a")), sketch(path("b"))], "", "called the same"),
        ([sketch(path("ask"), executable="false")], "sketch", "not executable"),
        ([sketch('<endEvent id="end"/>')], "sketch", "No start event"),
        ([sketch(path('<complexGateway id="odd"/>'))], "odd", "no support"),
        ([sketch(path('<subProcess id="odd"/>'))], "odd", "no support"),
        ([sketch(path('<task id="odd"/>'))], "odd", "no support"),
        ([sketch(path('<manualTask id="odd"/>'))], "odd", "no support"),
        ([sketch(path('<sendTask id="odd"/>'))], "odd", "no support"),
        ([sketch(path('<userTask id="Start"/>'))], "Start", "keeps the id Start"),
        ([sketch(path('<userTask id="End"/>'))], "End", "keeps the id End"),
        ([sketch(path("ask") + flow("ask", "ghost"))], "ask", "."),
        ([sketch(path('<scriptTask id="run"><script>import os</script></scriptTask>'))], "run", "name = expression"),
        ([sketch(path('<userTask id="each" accord:for_each="open()"/>'))], "each", "no function called open"),
        ([sketch(path('<userTask id="each" accord:for_each="case.a" accord:until="9**9"/>'))], "each", "power"),
        ([sketch(path('<businessRuleTask id="judge" accord:decision="ghost"/>'))], "judge", "no decision table"),
        ([sketch(path('<receiveTask id="wait" messageRef="ghost"/>'))], "wait", "which message"),
        ([sketch("<startEvent id='s'/><exclusiveGateway id='g'/><endEvent id='e'/><endEvent id='f'/>"
                 + flow("s", "g") + flow("g", "e") + flow("g", "f"))], "g", "no condition"),
        ([sketch("<startEvent id='s'/><exclusiveGateway id='g' default='g-f'/><endEvent id='e'/><endEvent id='f'/>"
                 + flow("s", "g") + flow("g", "e", "${x}") + flow("g", "f"))], "g", "not written as an expression"),
    ],
)  # fmt: skip
def test_what_cannot_be_run_is_refused_when_it_is_loaded(texts: list[str], element: str, words: str) -> None:
    with pytest.raises(Unsound, match=words) as fault:
        release_of(*texts)
    assert fault.value.element == element


def event(definition: str) -> str:
    return path(f'<intermediateCatchEvent id="wait">{definition}</intermediateCatchEvent>')


@pytest.mark.parametrize(
    "text", ['"PT1H"', "PT1H", "R3/PT10H", "2027-01-01", "case.when", 'due("a") + 1', "due(case.x)"]
)
@pytest.mark.parametrize("kind", ["timeDate", "timeDuration", "timeCycle"])
def test_section_4_a_timer_that_is_not_a_deadline_is_refused(kind: str, text: str) -> None:
    with pytest.raises(Unsound, match="timer") as fault:
        release_of(sketch(event(f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>")))
    assert fault.value.element == "wait"


def test_section_2_a_dangling_error_is_a_sentence_not_a_crash() -> None:
    body = path('<endEvent id="bad"><errorEventDefinition errorRef="ghost"/></endEvent>')
    with pytest.raises(Unsound, match="not in the file") as fault:
        release_of(sketch(body))
    assert fault.value.element == "bad"


def test_section_10_a_flow_without_an_id_is_followed() -> None:
    text = sketch(path("ask", "answer")).replace('id="ask-answer" ', "").replace('id="begin-ask" ', "")
    process = begin(release_of(text), Trial())
    assert open_elements(process) == ["ask"]
    move(process, "ask")
    assert open_elements(process) == ["answer"]


def test_section_2_data_objects_and_markers_of_other_tools_are_not_acted_upon() -> None:
    code = "__import__('os').getpid()"
    marker = f"<loopCardinality>{code}</loopCardinality>"
    inside = "<dataInputAssociation><sourceRef>ghost</sourceRef></dataInputAssociation>"
    inside += f"<multiInstanceLoopCharacteristics>{marker}</multiInstanceLoopCharacteristics>"
    task = f'<userTask id="ask">{inside}</userTask>'
    process = begin(release_of(sketch('<dataObject id="d"/>' + path(task))), Trial())
    assert open_elements(process) == ["ask"]
    move(process, "ask")
    assert process.finished


def test_section_10_service_work_does_not_stay_started() -> None:
    trial = Trial()
    assert begin(release_of(sketch(path('<serviceTask id="work" accord:action="notify"/>'))), trial).finished
    assert trial.acted == ["work"]


def test_many_threads_may_load_one_release_at_once() -> None:
    files, loaded = shipped(), []
    threads = [Thread(target=lambda: loaded.append(load(files, "many threads"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loaded) == 8
    assert load(files, "many threads") in loaded


def test_a_fault_in_one_diagram_names_the_diagram() -> None:
    with pytest.raises(DiagramUnfit, match="sketch"):
        release_of(sketch(path('<complexGateway id="odd"/>')))
