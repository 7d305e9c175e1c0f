"""Edits of what a step asks: its fields, their order and what each says about itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflows.domain.fields import FIELD_TYPES, said_twice
from workflows.domain.wording import short
from workflows.engine.check.steps import RESERVED
from workflows.engine.editing.diagram import A, B, CannotChange, Diagram, Edited, slug
from workflows.engine.editing.source import Node, make, put, take_out
from workflows.engine.editing.steps import STEP

ATTRIBUTES = ("key", "type", "label", "hint", "required", "options", "min", "max", "visible", "when")


@dataclass(frozen=True)
class DrawnField:
    """A field as it is drawn, all texts. `options`: pairs of key and label, an empty key is made from the label;
    `when`: `other: answer answer`; `visible`: role keys."""

    label: str
    type: str = "text"
    key: str = ""
    hint: str = ""
    required: bool = False
    options: Sequence[tuple[str, str]] = ()
    min: str = ""
    max: str = ""
    visible: Sequence[str] = ()
    when: str = ""

    def attributes(self, key: str) -> Mapping[str, str]:
        """What is written into the drawing, without what is empty."""
        written = {
            "key": key,
            "type": self.type,
            "label": " ".join(self.label.split()),
            "hint": " ".join(self.hint.split()),
            "required": "true" if self.required else "",
            "options": options_text(self.options),
            "min": self.min.strip(),
            "max": self.max.strip(),
            "visible": " ".join(self.visible),
            "when": self.when.strip(),
        }
        return {name: value for name, value in written.items() if value}


def options_text(options: Sequence[tuple[str, str]]) -> str:
    """`in_person: In person; remote: Remote`. Semicolons within a label would begin the next option: commas instead."""
    written: dict[str, str] = {}
    for key, label in options:
        words = " ".join(label.replace(";", ",").split())
        if words:
            stem = key or slug(words) or "option"
            name, number = stem, 2
            while name in written or (not key and name in ("none", "true", "false")):
                name, number = f"{stem}_{number}", number + 1
            written[name] = words
    return "; ".join(f"{key}: {label}" for key, label in written.items())


def add_field(text: str, step: str, field: DrawnField, at: int | None = None) -> Edited:
    """Add a question to a step, last or at a place counted from 0. Raises CannotChange."""
    diagram, holder = _holder(text, step)
    _refuse(field, step)
    asked = [each.get("key") or "" for each in diagram.process.iter(f"{A}field")]
    key = field.key or _new_key(field.label, asked)
    if key in [each.get("key") for each in _fields(holder)]:
        raise CannotChange(f"{diagram.called(step)} asks for “{key}” already.", element=step)
    new = make(holder, f"{A}field", **field.attributes(key))
    drawn = _fields(holder)
    place = len(drawn) if at is None else max(0, min(at, len(drawn)))
    children = list(holder)
    if place < len(drawn):
        put(holder, new, children.index(drawn[place]))
    else:
        put(holder, new, children.index(drawn[-1]) + 1 if drawn else len(holder))
    said = f"Added the question “{new.get('label')}” to {diagram.called(step)}."
    return Edited(diagram.source.text(), said, step)


def change_field(text: str, step: str, key: str, field: DrawnField) -> Edited:
    """Change a question. Its key stays, because conditions and letters know the answer by it."""
    diagram, holder = _holder(text, step)
    _refuse(field, step)
    drawn = _field(holder, step, key)
    wanted = field.attributes(key)
    for name in ATTRIBUTES:
        if name in wanted:
            drawn.set(name, wanted[name])
        else:
            drawn.attrib.pop(name, "")
    said = f"Changed the question “{drawn.get('label')}” of {diagram.called(step)}."
    return Edited(diagram.source.text(), said, step)


def move_field(text: str, step: str, key: str, *, up: bool) -> Edited:
    """Ask a question earlier or later. Raises CannotChange where it is the first or the last."""
    diagram, holder = _holder(text, step)
    drawn = _fields(holder)
    place = drawn.index(_field(holder, step, key))
    other = place - 1 if up else place + 1
    if not 0 <= other < len(drawn):
        raise CannotChange(f"This is the {'first' if up else 'last'} question already.", element=step)
    moved = drawn[place]
    target = list(holder).index(drawn[other])
    take_out(moved)
    put(holder, moved, target)
    said = f"Moved the question “{moved.get('label')}” of {diagram.called(step)} {'up' if up else 'down'}."
    return Edited(diagram.source.text(), said, step)


def remove_field(text: str, step: str, key: str) -> Edited:
    """Remove a question from a step."""
    diagram, holder = _holder(text, step)
    drawn = _field(holder, step, key)
    label = drawn.get("label")
    take_out(drawn)
    if len(holder) == 0:
        take_out(holder)
    return Edited(diagram.source.text(), f"Removed the question “{label}” from {diagram.called(step)}.", step)


def _holder(text: str, step: str) -> tuple[Diagram, Node]:
    diagram = Diagram(text)
    node = diagram.node(step)
    if node.tag != f"{B}{STEP}":
        raise CannotChange("Only a step of a person can ask questions.", element=step)
    holder = diagram.extensions(node)
    return diagram, holder if holder is not None else diagram.make_extensions(node)


def _fields(holder: Node) -> list[Node]:
    return list(holder.iterchildren(f"{A}field"))


def _field(holder: Node, step: str, key: str) -> Node:
    found = next((each for each in _fields(holder) if each.get("key") == key), None)
    if found is None:
        raise CannotChange(f"The step does not ask for “{key[:60]}” any more.", element=step)
    return found


def _refuse(field: DrawnField, step: str) -> None:
    if field.type not in FIELD_TYPES:
        raise CannotChange("Choose what kind of answer is wanted.", element=step)
    if not field.label.strip():
        raise CannotChange("Write the question.", element=step)
    if twice := said_twice(label for _, label in field.options):
        raise CannotChange(f"The option “{short(twice)}” is there twice. Give each its own words.", element=step)


def _new_key(label: str, taken: Sequence[str]) -> str:
    """A key that is a name, that nothing in the diagram asks for yet, and that has no meaning of its own."""
    stem = slug(label)[:50].rstrip("_") or "answer"
    key, number = stem, 2
    while key in taken or key in RESERVED:
        key, number = f"{stem}_{number}", number + 1
    return key
