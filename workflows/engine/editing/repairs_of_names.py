"""Repairs of what things are called: ids that are names, lanes that are roles; one process that runs, drawn whole."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from workflows.engine.check.naming import ID, OF_THE_ENGINE
from workflows.engine.check.steps import ROLES
from workflows.engine.editing.diagram import LONGEST_ID, B, Diagram, refs, slug
from workflows.engine.editing.picture import Picture
from workflows.engine.editing.repairing import LARGEST, Answers, Asked, Offered, Repair, Said, people_steps, shortened
from workflows.engine.editing.source import Node, take_out

CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
MACHINE_MADE = re.compile(
    r"(?:sid-.*|_[0-9A-Fa-f-]{8,}|(?:Start|End|Boundary|Intermediate\w*)?(?:Event|Activity|\w*Task|\w*Gateway|Flow|"
    r"SequenceFlow|CallActivity)_[0-9A-Za-z]{1,12})"
)


def _not_executable(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    return () if diagram.process.get("isExecutable") != "true" else None


def _make_executable(diagram: Diagram, _: Answers, __: Offered) -> Said:
    diagram.process.set("isExecutable", "true")
    return ["Marked the process as one that runs."]


def _others(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    return () if _beside(diagram) else None


def _beside(diagram: Diagram) -> list[Node]:
    """The other processes of the file, and the pools and messages that go with them."""
    own = diagram.process.get("id")
    processes = [each for each in diagram.source.root.iterchildren(f"{B}process") if each is not diagram.process]
    pools = [each for each in diagram.source.root.iter(f"{B}participant") if each.get("processRef") != own]
    messages = list(diagram.source.root.iter(f"{B}messageFlow"))
    return [*processes, *pools, *messages]


def _remove_others(diagram: Diagram, _: Answers, __: Offered) -> Said:
    said = []
    for each in _beside(diagram):
        kind = str(each.tag).removeprefix(B)
        words = {"process": "another process", "participant": "the pool", "messageFlow": "a message between pools"}
        said.append(f"Removed {words[kind]}{f' “{name}”' if (name := each.get('name')) else ''}.")
        take_out(each)
    diagram.renew()
    return said


def _odd_ids(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    return () if _renamed(diagram) else None


def _renamed(diagram: Diagram) -> list[str]:
    """The elements and ways whose ids were made by a machine, or cannot be written down."""
    odd = [key for key in (*diagram.nodes, *diagram.flows) if key and _is_odd(key)]
    for key, flow in diagram.flows.items():
        ends = (flow.get("sourceRef") or "", flow.get("targetRef") or "")
        if key not in odd and set(ends) & set(odd) and key == slug("_to_".join(ends), LONGEST_ID):
            odd.append(key)
    return odd


def _is_odd(key: str) -> bool:
    return not ID.fullmatch(key) or bool(MACHINE_MADE.fullmatch(key)) or key in OF_THE_ENGINE


def _name_ids(diagram: Diagram, _: Answers, __: Offered) -> Said:
    odd = _renamed(diagram)
    said = []
    for key in [each for each in odd if each in diagram.nodes]:
        words = KINDS.get(diagram.kind(key), "step")
        new = diagram.new_id(diagram.nodes[key].get("name") or "", words)
        diagram.rename(key, new)
        said.append(f"{diagram.called(new)} is {new} now, and was {key[:60]}.")
    for key in [each for each in odd if each in diagram.flows]:
        flow = diagram.flows[key]
        diagram.rename(key, diagram.new_id(f"{flow.get('sourceRef')}_to_{flow.get('targetRef')}", "way", LONGEST_ID))
    ways = sum(each not in diagram.nodes for each in odd) - len(said)
    return [*said, *([f"Named {ways} ways after what they join."] if ways else [])]


KINDS = {
    "startEvent": "begins",
    "endEvent": "done",
    "exclusiveGateway": "choice",
    "inclusiveGateway": "choice",
    "parallelGateway": "at_the_same_time",
    "boundaryEvent": "time_is_up",
}


def _strange_lanes(diagram: Diagram, offered: Offered) -> Sequence[Asked] | None:
    lanes = [lane for lane in diagram.lanes if lane.get("name") not in ROLES]
    asks = [
        Asked(
            f"lane-{lane.get('id')}",
            f"Who is “{(lane.get('name') or lane.get('id') or '')[:80]}”?",
            offered.roles,
            _role(lane.get("name") or "", offered),
        )
        for lane in lanes
    ]
    return asks or None


def _role(words: str, offered: Offered) -> str:
    """The role that a name stands for; "" where it is like none, so that it has to be asked."""
    titles = {title.casefold(): role for role, title in offered.roles}
    titles |= {role.replace("_", " "): role for role, _ in offered.roles}
    said = " ".join(words[:100].casefold().replace("_", " ").split())
    known = {role for role, _ in offered.roles}
    if said not in titles and (role := COMMON_WORDS.get(said, "")) in known:
        return role
    near = get_close_matches(said, list(titles), n=1, cutoff=0.85)
    return titles[near[0]] if near else ""


COMMON_WORDS = {
    **dict.fromkeys(("doctor", "consultant", "clinician", "employee", "sas doctor", "dentist"), "practitioner"),
    **dict.fromkeys(("clinical director", "head of department", "line manager", "manager"), "clinical_manager"),
    **dict.fromkeys(("hr", "human resources", "workforce", "payroll"), "hr_workforce"),
    **dict.fromkeys(("director", "responsible officer"), "medical_director"),
    **dict.fromkeys(("divisional director", "associate medical director"), "amd"),
    **dict.fromkeys(("chief executive officer", "ceo"), "chief_executive"),
    **dict.fromkeys(("medical workforce", "directorate", "office"), "medical_directorate"),
}
"""What lanes of other tools are often called."""


def _make_roles(diagram: Diagram, answers: Answers, offered: Offered) -> Said:
    said = []
    suggested = {asked.key: asked.suggested for asked in _strange_lanes(diagram, offered) or ()}
    for lane in diagram.lanes:
        key = f"lane-{lane.get('id')}"
        role, old = answers.get(key) or suggested.get(key, ""), lane.get("name") or ""
        if key not in suggested or role not in ROLES:
            continue
        same = next((each for each in diagram.lanes if each.get("name") == role and each is not lane), None)
        said.append(f"The lane “{old[:80]}” is that of {dict(offered.roles).get(role, role)}.")
        if same is None:
            lane.set("name", role)
            continue
        for ref in refs(lane):
            diagram.into_lane((ref.text or "").strip(), role)
        if lane in diagram.lanes:
            take_out(lane)
            diagram.renew()
    return said


def _homeless(diagram: Diagram, offered: Offered) -> Sequence[Asked] | None:
    asks = [
        Asked(f"role-{key}", f"Who does {diagram.called(key)}?", offered.roles, role)
        for key, role in _suggested(diagram, offered).items()
    ]
    return asks or None


def _suggested(diagram: Diagram, offered: Offered) -> Mapping[str, str]:
    """The steps that are in no lane, each with the role that the other tool gives it to, else the role in whose lane it
    is drawn; "" where there is neither."""
    picture = Picture(diagram)
    bands = [(lane.get("name") or "", picture.box(lane.get("id") or "")) for lane in diagram.lanes]
    known, found = dict(offered.roles), {}
    for key in people_steps(diagram):
        if diagram.lane_of(key) is None:
            node, box = diagram.nodes[key], picture.box(key)
            wanted = _role(node.get(f"{CAMUNDA}candidateGroups") or node.get(f"{CAMUNDA}assignee") or "", offered)
            drawn = (name for name, band in bands if name in known and band and box and band.holds(box))
            found[key] = wanted or next(drawn, "")
    return found


def _give_roles(diagram: Diagram, answers: Answers, offered: Offered) -> Said:
    said, roles = [], {}
    for key, suggested in _suggested(diagram, offered).items():
        role = answers.get(f"role-{key}") or suggested
        if role not in ROLES:
            continue
        roles[key] = role
        said.append(f"Gave {diagram.called(key)} to {dict(offered.roles).get(roles[key], roles[key])}.")
    for key, role in roles.items():
        diagram.into_lane(key, role)
    for key in diagram.order():
        if diagram.nodes[key].get("attachedToRef") or key in roles:
            continue
        near = [flow.get("sourceRef") or "" for flow in diagram.into(key)]
        near += [flow.get("targetRef") or "" for flow in diagram.out_of(key)]
        role = next((roles[each] for each in near if each in roles), "")
        if role:
            diagram.into_lane(key, role)
            roles[key] = role
    return said


def _no_picture(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    if len(diagram.nodes) > LARGEST or not diagram.nodes:
        return None
    picture = Picture(diagram)
    missing = [key for key in diagram.nodes if picture.box(key) is None]
    missing += [key for key in diagram.flows if len(picture.line(key)) < 2]
    return () if missing else None


def _make_picture(diagram: Diagram, _: Answers, __: Offered) -> Said:
    picture = Picture(diagram)
    missing = [diagram.called(key) for key in diagram.nodes if picture.box(key) is None]
    return [f"Drew {shortened(missing) if missing else 'the ways'}, which had no picture."]


def process_id(diagram: Diagram, wish: str, title: str = "") -> str:
    """Give the process an id that is a name, and a name; hands back the id.

    wish: what to call it where the file does not say. title: what to call it whatever the file says.
    """
    old = diagram.process.get("id") or ""
    pools = [each for each in diagram.source.root.iter(f"{B}participant") if each.get("processRef") == old]
    name = title or diagram.process.get("name") or next((each.get("name") or "" for each in pools), "") or wish
    keep = not title and ID.fullmatch(old) and not re.match(r"Process_|sid-|_", old)
    new = old if keep else slug(name) or slug(wish) or "imported_process"
    if new != old:
        diagram.process.set("id", new)
        for each in diagram.source.root.iter(f"{B}participant", "{*}BPMNPlane"):
            for reference in ("processRef", "bpmnElement"):
                if each.get(reference) == old:
                    each.set(reference, new)
    if title or not diagram.process.get("name"):
        diagram.process.set("name", name or new)
    return new


REPAIRS = (
    Repair("executable", "The process is not marked as one that runs.", "Mark it.", _not_executable, _make_executable),
    Repair("others", "The file holds more than one process.", "Keep this one.", _others, _remove_others),
)
LATER = (
    Repair("lanes", "Some lanes are not called after roles.", "Say whose they are.", _strange_lanes, _make_roles),
    Repair("roles", "Some steps are in no lane.", "Say who does them.", _homeless, _give_roles),
    Repair("ids", "Some ids are no names.", "Name them after what they are called.", _odd_ids, _name_ids),
    Repair("picture", "Not everything is drawn.", "Draw it.", _no_picture, _make_picture),
)
