"""Repairs of what other tools write in their own way: forms, conditions, durations, plain tasks, data."""

import ast
import json
import re
from collections.abc import Iterator, Sequence

from workflows.engine.check.steps import RESERVED
from workflows.engine.editing.diagram import A, B, Diagram, slug
from workflows.engine.editing.fields import DrawnField
from workflows.engine.editing.repairing import Answers, Asked, Offered, Repair, Said, people_steps, shortened
from workflows.engine.editing.source import Node, make, put, take_out
from workflows.engine.expressions import Refused, deadline_of, read

CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
TYPES = {
    "string": "text", "long": "number", "integer": "number", "double": "number", "boolean": "yes_no", "date": "date",
    "enum": "choice", "textfield": "text", "textarea": "long_text", "number": "number", "checkbox": "yes_no",
    "radio": "choice", "select": "choice", "checklist": "several", "taglist": "several", "datetime": "date",
    "expression": "text", "text": "long_text", "float": "number", "array": "several",
}  # fmt: skip
MAX_FIELDS = 60
DATA = frozenset(
    {"dataObject", "dataObjectReference", "dataStoreReference", "ioSpecification", "property"}
    | {"dataInputAssociation", "dataOutputAssociation"}
)
_WRAPPED = re.compile(r"^\s*(?:[$#]\{(?P<inner>.*)\}|=(?P<feel>(?!=).*))\s*$", re.DOTALL)

# ------------------------------------------------------------------------------------------------------------- tasks


def _plain(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    return () if _plain_tasks(diagram) else None


def _plain_tasks(diagram: Diagram) -> list[str]:
    return [key for key in diagram.nodes if diagram.kind(key) in ("task", "manualTask")]


def _make_steps(diagram: Diagram, _: Answers, __: Offered) -> Said:
    found = _plain_tasks(diagram)
    for key in found:
        diagram.nodes[key].tag = f"{B}userTask"
    return [f"Made {diagram.called(key)} a step that somebody gets." for key in found]


def _unexplained(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    asks = [
        Asked(
            f"words-{key}", f"What is the person asked to do in {diagram.called(key)}?", (), _explanation(diagram, key)
        )
        for key in people_steps(diagram)
        if diagram.nodes[key].find(f"{B}documentation") is None
    ]
    return asks or None


def _explanation(diagram: Diagram, key: str) -> str:
    """What a note that is tied to the step says, else its name."""
    for tie in diagram.process.iter(f"{B}association"):
        if key in (tie.get("sourceRef"), tie.get("targetRef")):
            other = tie.get("targetRef") if tie.get("sourceRef") == key else tie.get("sourceRef")
            for note in diagram.process.iter(f"{B}textAnnotation"):
                if note.get("id") == other:
                    return " ".join("".join(str(part) for part in note.itertext()).split())[:2000]
    name = " ".join((diagram.nodes[key].get("name") or "").split())
    return f"{name}." if name else "Do this step, then complete it."


def _explain(diagram: Diagram, answers: Answers, offered: Offered) -> Said:
    said = []
    for asked in _unexplained(diagram, offered) or ():
        key = asked.key.removeprefix("words-")
        diagram.document(diagram.nodes[key], (answers.get(asked.key) or asked.suggested).strip())
        said.append(f"Wrote what {diagram.called(key)} asks for.")
    return said


def _data(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    return () if _data_parts(diagram) else None


def _data_parts(diagram: Diagram) -> list[Node]:
    inside = [child for node in diagram.nodes.values() for child in node]
    return [each for each in (*diagram.process, *inside) if str(each.tag).removeprefix(B) in DATA]


def _drop_data(diagram: Diagram, _: Answers, __: Offered) -> Said:
    found = _data_parts(diagram)
    for each in found:
        take_out(each)
    diagram.renew()
    return [
        f"Removed {len(found)} data objects and what ties steps to them: answers are facts of the case by themselves."
    ]


# ------------------------------------------------------------------------------------------------------------- forms


def _forms(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    return () if any(True for key in people_steps(diagram) for _ in _wanting(diagram, key)) else None


def _wanting(diagram: Diagram, key: str) -> Iterator[tuple[str, DrawnField]]:
    """The questions that another tool asks in a step and ours does not yet, with the keys that they have there."""
    node = diagram.nodes[key]
    asked = {each.get("key") for each in node.iter(f"{A}field")}
    for theirs, field in [*_camunda(node), *_inline(diagram, node), *_spiff(node)][:MAX_FIELDS]:
        if field.key not in asked:
            asked.add(field.key)
            yield theirs, field


def _field(
    key: str, label: str, kind: str, options: Sequence[tuple[str, str]] = (), *, required: bool = False
) -> DrawnField:
    own = key_of(key or label)
    ours = TYPES.get(kind, "text")
    if ours in ("choice", "several") and not options:
        ours = "text"
    kept = [(slug(one) or "option", label or one) for one, label in options] if ours in ("choice", "several") else []
    return DrawnField(label or key, ours, own, required=required, options=kept)


def key_of(name: str) -> str:
    """The key that a variable of another tool has with us."""
    own = name if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,59}", name) else slug(name) or "answer"
    return f"{own}_answer" if own in RESERVED else own


def _camunda(node: Node) -> Iterator[tuple[str, DrawnField]]:
    for each in node.iter(f"{CAMUNDA}formField"):
        options = [(value.get("id") or "", value.get("name") or "") for value in each.iter(f"{CAMUNDA}value")]
        needed = any(
            rule.get("name") == "required" and rule.get("config") != "false"
            for rule in each.iter(f"{CAMUNDA}constraint")
        )
        yield (
            each.get("id") or "",
            _field(each.get("id") or "", each.get("label") or "", each.get("type") or "", options, required=needed),
        )


def _inline(diagram: Diagram, node: Node) -> Iterator[tuple[str, DrawnField]]:
    """Forms that stand in the file as JSON: those of Camunda 8."""
    wanted = {each.get("formKey", "").rpartition(":")[2] for each in node.iter(f"{ZEEBE}formDefinition")}
    for form in diagram.process.iter(f"{ZEEBE}userTaskForm"):
        if form.get("id") in wanted:
            yield from _components(form.text or "")


def _components(text: str) -> Iterator[tuple[str, DrawnField]]:
    try:
        drawn = json.loads(text)
    except (ValueError, RecursionError):
        return
    for each in drawn.get("components", []) if isinstance(drawn, dict) else []:
        if not isinstance(each, dict) or not isinstance(each.get("key"), str):
            continue
        values = (
            [one for one in each.get("values", []) if isinstance(one, dict)]
            if isinstance(each.get("values"), list)
            else []
        )
        options = [(str(one.get("value", "")), str(one.get("label", ""))) for one in values]
        rules = each.get("validate")
        needed = isinstance(rules, dict) and rules.get("required") is True
        yield (
            each["key"],
            _field(each["key"], str(each.get("label") or ""), str(each.get("type")), options, required=needed),
        )


def _spiff(node: Node) -> Iterator[tuple[str, DrawnField]]:
    """SpiffWorkflow keeps a form in a file of its own: a question with room for everything stands in for it."""
    for each in node.iter(f"{SPIFF}property"):
        if each.get("name") == "formJsonSchemaFilename" and each.get("value"):
            name = (each.get("value") or "").removesuffix(".json").removesuffix("-schema")
            yield name, DrawnField(f"What is to be recorded ({name})?", "long_text", key_of(slug(name)))


def _take_forms(diagram: Diagram, _: Answers, __: Offered) -> Said:
    said = []
    for key in people_steps(diagram):
        found = [field for _, field in _wanting(diagram, key)]
        node = diagram.nodes[key]
        for field in found:
            place = diagram.extensions(node)
            holder = place if place is not None else diagram.make_extensions(node)
            put(holder, make(holder, f"{A}field", **field.attributes(field.key)), len(holder))
        if found:
            names = [f"“{field.label}”" for field in found]
            said.append(f"{diagram.called(key)} asks {shortened(names)}.")
    return said


# -------------------------------------------------------------------------------------------------------- conditions


def _foreign(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    return () if any(translated(text, _keys(diagram)) for _, text in _conditions(diagram)) else None


def _conditions(diagram: Diagram) -> Iterator[tuple[Node, str]]:
    for flow in diagram.flows.values():
        drawn = flow.find(f"{B}conditionExpression")
        if drawn is not None and (drawn.text or "").strip():
            yield flow, (drawn.text or "").strip()


def _keys(diagram: Diagram) -> dict[str, str]:
    """What the variables of the other tool are called here."""
    return {theirs: field.key for key in people_steps(diagram) for theirs, field in _fields_of(diagram, key)}


def _fields_of(diagram: Diagram, key: str) -> Iterator[tuple[str, DrawnField]]:
    node = diagram.nodes[key]
    yield from (*_camunda(node), *_inline(diagram, node), *_spiff(node))


def _translate(diagram: Diagram, _: Answers, __: Offered) -> Said:
    said, keys = [], _keys(diagram)
    for flow, text in list(_conditions(diagram)):
        if new := translated(text, keys):
            diagram.set_condition(flow, new)
            said.append(f"“{text[:80]}” is written “{new[:80]}”.")
    return said


def translated(text: str, keys: dict[str, str]) -> str:
    """A simple comparison of another tool in our words; "" for one that is ours already, or that is not simple."""
    wrapped = _WRAPPED.match(text)
    inner = (wrapped["inner"] or wrapped["feel"] or "") if wrapped else text
    feel = bool(wrapped and wrapped["feel"] is not None)
    plain = re.sub(r"(?<![=!<>])=(?!=)", "==", inner) if feel else inner
    for pattern, ours in (
        ("&&", " and "),
        (r"\|\|", " or "),
        (r"!(?!=)", " not "),
        (r"\beq\b", "=="),
        (r"\bne\b", "!="),
    ):
        plain = re.sub(pattern, ours, plain)
    plain = re.sub(
        r"\b(true|false|null)\b", lambda word: {"true": "True", "false": "False", "null": "None"}[word[1]], plain
    )
    try:
        tree = ast.parse(plain.strip(), mode="eval").body if len(plain) <= 500 else None
        if tree is None or not any(
            isinstance(each, ast.Name) and each.id not in ("case", "policy") for each in ast.walk(tree)
        ):
            return ""
        return read(ast.unparse(_ours(tree, keys))).text
    except (SyntaxError, ValueError, RecursionError, MemoryError, Refused):
        return ""


def _ours(tree: ast.expr, keys: dict[str, str]) -> ast.expr:
    """Variables as facts of the case; an order is asked for only where there is an answer. Raises ValueError for all
    but simple comparisons."""
    if isinstance(tree, ast.Name):
        return ast.Attribute(ast.Name("case"), keys.get(tree.id, key_of(tree.id)))
    if isinstance(tree, ast.Constant):
        return tree
    if isinstance(tree, ast.BoolOp):
        return ast.BoolOp(tree.op, [_ours(each, keys) for each in tree.values])
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        return ast.UnaryOp(tree.op, _ours(tree.operand, keys))
    if isinstance(tree, ast.Compare) and len(tree.ops) == 1:
        left, right = _ours(tree.left, keys), _ours(tree.comparators[0], keys)
        compared = ast.Compare(left, tree.ops, [right])
        if isinstance(tree.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE) and isinstance(left, ast.Attribute):
            there = ast.Compare(left, [ast.NotEq()], [ast.Constant(None)])
            return ast.BoolOp(ast.And(), [there, compared])
        return compared
    raise ValueError("This is no simple comparison.")


# ------------------------------------------------------------------------------------------------------------ timers


def _durations(diagram: Diagram, offered: Offered) -> Sequence[Asked] | None:
    asks = []
    for key, text in _timers(diagram).items():
        same = [name for name, length in offered.lengths.items() if _in_days(length) == _in_days(text)]
        label = f"Which deadline is “{text[:40]}” of {diagram.called(key)}?"
        asks.append(Asked(f"timer-{key}", label, offered.deadlines, same[0] if same else ""))
    return asks or None


def _timers(diagram: Diagram) -> dict[str, str]:
    """The events whose timers do not name a deadline, with what they say instead."""
    found = {}
    for key, node in diagram.nodes.items():
        for definition in node.iterchildren(f"{B}timerEventDefinition"):
            text = " ".join("".join(str(part) for part in definition.itertext()).split())
            if diagram.kind(key) != "startEvent" and not deadline_of(text):
                found[key] = text.strip("\"'= ")
    return found


def _in_days(duration: str) -> str:
    """P14D for P2W; anything else as it is."""
    weeks = re.fullmatch(r"P(\d{1,3})W", duration)
    return f"P{int(weeks[1]) * 7}D" if weeks else duration


def _name_deadlines(diagram: Diagram, answers: Answers, offered: Offered) -> Said:
    said = []
    for asked in _durations(diagram, offered) or ():
        key, deadline = asked.key.removeprefix("timer-"), answers.get(asked.key) or asked.suggested
        if deadline not in dict(offered.deadlines):
            continue
        for definition in diagram.nodes[key].iterchildren(f"{B}timerEventDefinition"):
            for child in list(definition):
                take_out(child)
            date = diagram.make(definition, "timeDate")
            date.text = f'due("{deadline}")'
            put(definition, date, 0)
        said.append(f"{diagram.called(key)} happens when “{dict(offered.deadlines)[deadline]}” is up.")
    return said


REPAIRS = (
    Repair("tasks", "Some tasks do not say who does them.", "Make them steps of people.", _plain, _make_steps),
    Repair("data", "The diagram draws data.", "Remove it.", _data, _drop_data),
    Repair("forms", "Some steps ask questions in the way of another tool.", "Ask them here.", _forms, _take_forms),
    Repair("conditions", "Some conditions are written for another tool.", "Write them anew.", _foreign, _translate),
    Repair(
        "timers", "Some timers name no deadline of the policy.", "Choose one for each.", _durations, _name_deadlines
    ),
    Repair("words", "Some steps do not say what to do.", "Say it.", _unexplained, _explain),
)
