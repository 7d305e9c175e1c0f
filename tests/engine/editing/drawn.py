"""What a drawing must hold for a person to be able to read it, and edits at random to try it with."""

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from random import Random

from workflows.domain.errors import Unsound
from workflows.engine.drawings import read
from workflows.engine.editing import branches, fields, races, removing, steps, together
from workflows.engine.editing.branches import Way
from workflows.engine.editing.diagram import Diagram, Edited
from workflows.engine.editing.picture import Picture
from workflows.engine.editing.steps import NewStep

SHIPPED = sorted((Path(__file__).parents[3] / "bpmn" / "processes").glob("*.bpmn"))
ROLES = ("practitioner", "clinical_manager", "amd", "finance", "hr_workforce")
Edit = Callable[[str], Edited]


def faults_of_the_picture(text: str) -> Iterator[str]:
    """What a person would stumble over, a sentence each."""
    diagram = Diagram(text)
    picture = Picture(diagram)
    boxes = picture.boxes()
    yield from (f"{key} has no shape" for key in diagram.nodes if key not in boxes)
    yield from (f"{key} has no line" for key in diagram.flows if len(picture.line(key)) < 2)
    known = {each.get("id") for each in diagram.source.root.iter()}
    yield from (f"{key} is drawn, but not there" for key in {*picture.shapes, *picture.edges} if key not in known)
    for one, other in combinations(boxes, 2):
        hosts = (diagram.nodes[one].get("attachedToRef"), diagram.nodes[other].get("attachedToRef"))
        if boxes[one].overlaps(boxes[other]) and one not in hosts and other not in hosts:
            yield f"{one} and {other} overlap"
    for key, box in boxes.items():
        band = picture.band_of(key)
        on_an_edge = diagram.nodes[key].get("attachedToRef")
        if diagram.lanes and not on_an_edge and (band is None or not band.holds(box)):
            yield f"{key} stands outside its lane"
    bands = picture.bands()
    for one, other in combinations(bands, 2):
        if bands[one].overlaps(bands[other]):
            yield f"the lanes {one} and {other} overlap"
    pool = picture.box(picture.pool())
    if pool and any(not pool.holds(band) for band in bands.values()):
        yield "a lane reaches out of the pool"
    yield from (f"the line {key} is askew, loose or goes through a step" for key in sorted(picture.faulty_lines()))


def random_edit(text: str, chance: Random) -> Edit:
    """An edit that somebody might try; it may be refused."""
    drawing = read(text)
    node = chance.choice(list(drawing.nodes))
    flow = chance.choice(drawing.flows).id
    user = chance.choice([key for key, each in drawing.nodes.items() if each.type == "userTask"] or [node])
    gateways = [key for key, each in drawing.nodes.items() if each.type == "exclusiveGateway"]
    role, number = chance.choice(ROLES), chance.randrange(100)
    step = NewStep(f"Step {number}", role if chance.random() < 0.5 else "", "Do it.")
    way = chance.choice(
        [
            Way("case.kind == 'a'", "Yes", step=step),
            Way("case.kind == 'a'", "Yes", end="Stopped"),
            Way("case.kind == 'a'", "Yes", to=chance.choice(list(drawing.nodes))),
        ]
    )
    waits = (races.Wait("The day", deadline="sign_off"), races.Wait("Notice", message="notice_given", end="Over"))
    tries: list[Edit] = [
        lambda text: steps.add_step(text, step, after=node),
        lambda text: steps.add_step(text, step, before=node),
        lambda text: steps.add_step(text, step, on=flow),
        lambda text: together.add_beside(text, user, step),
        lambda text: steps.assign(text, user, role),
        lambda text: steps.rename(text, node, f"Named {number}"),
        lambda text: steps.document(text, user, f"Please do {number}."),
        lambda text: steps.set_detail(text, user, "deadline", "sign_off"),
        lambda text: steps.move_step(text, node, up=chance.random() < 0.5),
        lambda text: removing.remove_step(text, node),
        lambda text: removing.remove_way(text, flow),
        lambda text: branches.add_choice(text, after=node, question="Which way?", ways=[way], otherwise="No"),
        lambda text: branches.add_way(text, chance.choice(gateways or [node]), way),
        lambda text: branches.lead_to(text, flow, to=chance.choice(list(drawing.nodes))),
        lambda text: branches.set_default(text, flow),
        lambda text: branches.set_condition(text, flow, "case.kind == 'b'"),
        lambda text: branches.add_timer(text, user, "sign_off", to=chance.choice(list(drawing.nodes))),
        lambda text: branches.add_timer(text, user, "sign_off", end="Too late"),
        lambda text: branches.remove_timer(text, node),
        lambda text: races.add_race(text, waits, after=node),
        lambda text: fields.add_field(text, user, fields.DrawnField(f"Question {number}?")),
    ]
    return chance.choice(tries)


def edited_at_random(text: str, chance: Random, count: int) -> Iterator[Edited]:
    """A number of edits that were not refused, one upon the other."""
    for _ in range(count * 6):
        if count == 0:
            return
        try:
            made = random_edit(text, chance)(text)
        except Unsound:
            continue
        text, count = made.text, count - 1
        yield made
