"""Facts: whatever an expression reads is supplied, and whatever it compares by order has a value on every way there."""

from collections.abc import Iterable, Iterator, Mapping

from workflows.domain.calculations import CALCULATIONS
from workflows.domain.fact_words import FACT_WORDS
from workflows.domain.vocabulary import START_FACTS
from workflows.domain.wording import code, listed
from workflows.engine.check import supply
from workflows.engine.check.library import Library
from workflows.engine.check.paths import family
from workflows.engine.check.problems import Problem
from workflows.engine.check.sheet import Rule, Sheet
from workflows.engine.check.supply import NAME, NOTHING, Keys
from workflows.engine.drawings import Drawing, Flow, Node
from workflows.engine.expressions import deadline_of

MOST_FACTS = 5
"""Facts that are named in one sentence."""
Known = Mapping[str, Keys]
"""By element: what is known for certain. An element that nothing reaches is left out."""


def facts_are_supplied(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """A step, an action, a decision, a message or the start of the case writes each fact that is read.

    Each that is lacking is told once. While a decision or a process that is called is lacking itself, nobody knows what
    it would supply: that is told there.
    """
    known = of_family(sheet.drawing.process, library)
    lacking: dict[str, list[tuple[str, Node | Flow]]] = {}
    for formula in sheet.formulas.sound:
        for key in sorted((formula.expression.facts | formula.expression.all_facts) - known):
            lacking.setdefault(key, []).append((f"{formula.where} reads", formula.drawn))
    for node in sheet.drawing.nodes.values():
        if node.decision in library.tables:
            for key in sorted(library.tables[node.decision].facts - known):
                lacking.setdefault(key, []).append((f"{_table(node, library)} reads", node))
    source = next((node for node in sheet.drawing.nodes.values() if _is_lacking(node, library)), None)
    if source is not None and lacking:
        facts = listed([library.fact(key) for key in sorted(lacking)[:MOST_FACTS]])
        more = f" and {len(lacking) - MOST_FACTS} more" if len(lacking) > MOST_FACTS else ""
        yield sheet.of(source, f"Thus nothing supplies {facts}{more}, which conditions here read.")
        return
    for key, places in lacking.items():
        yield sheet.once([drawn for _, drawn in places], _unknown(places[0][0], key, known, library))


def _is_lacking(node: Node, library: Library) -> bool:
    """Whether an element names a decision or a process that cannot be found."""
    return bool(node.decision and node.decision not in library.tables) or bool(
        node.called and node.called not in library.drawings
    )


def deadlines_can_start(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """Something supplies the date from which each drawn deadline runs; without it nothing would ever be due."""
    known = of_family(sheet.drawing.process, library)
    for node in sheet.drawing.nodes.values():
        for name in sorted({node.deadline, deadline_of(node.timer)} - {""}):
            rules = [policy.deadlines[name] for policy in library.own_policies if name in policy.deadlines]
            for key in sorted({rule.start for rule in rules} - known):
                yield sheet.of(
                    node,
                    f"The deadline “{library.titles[name]}” runs from {library.fact(key)}, but nothing supplies that "
                    "day, so it would never start.",
                )


def _unknown(who: str, key: str, known: Keys, library: Library) -> str:
    if key in FACT_WORDS or key in library.facts:
        return f"{who} {library.fact(key)}, but nothing in this process supplies it."
    return f"{who} {code(f'case.{key}')}, but no step, action or decision supplies it.{library.meant(key, known)}"


def _table(node: Node, library: Library) -> str:
    return f"The decision table “{library.tables[node.decision].table.name or node.decision}”"


def of_family(process: str, library: Library) -> Keys:
    """Every fact that a case in this process may have: its own, those of all that call it, and of all that they call.

    Called stages share the facts of their case, so a caller may read what its stages wrote.
    """
    return library.once(_of_members, family(process, library)) | supply.of_start(process)


def _of_members(library: Library, members: Keys) -> Keys:
    keys: set[str] = set()
    for member in members:
        keys |= supply.of_start(member)
        for node in library.drawings[member].nodes.values() if member in library.drawings else ():
            keys |= supply.may(node, library)
    return frozenset(keys)


def compared_facts_have_a_value(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """A missing fact never leaves a case stuck: what is compared by order is known on every way to that place."""
    ways = library.once(Ways)
    entry, inside = ways.entry(sheet.drawing.process), ways.inside(sheet.drawing)
    facts = of_family(sheet.drawing.process, library)
    for place, known in places(sheet.drawing, inside, ways):
        set_before = entry | known
        if isinstance(place, Node) and place.decision in library.tables:
            for key in sorted(_asked(library.tables[place.decision].needed, facts) - set_before):
                yield sheet.of(place, _unset(_table(place, library), key, library))
            if place.decision not in CALCULATIONS:
                yield from _not_set(sheet, place, library.tables[place.decision].names, set_before)
        for formula in sheet.formulas.by_place.get(place.id, ()):
            for key in sorted(_asked(formula.expression.ordered_facts, facts) - set_before):
                yield sheet.of(place, _unset(formula.where, key, library))
            yield from _not_set(sheet, place, formula.expression.names, set_before)
            set_before |= {f"{NAME}{formula.sets}"}


def _not_set(sheet: Sheet, place: Node | Flow, names: Keys, set_before: Keys) -> Iterator[Problem]:
    """Plain names that a script on some way here does not set."""
    for name in sorted(names):
        if f"{NAME}{name}" not in set_before:
            yield sheet.of(place, f"{code(name)} is used here, but it is not worked out on every way here.")


def _asked(needed: Keys, facts: Keys) -> Keys:
    """What must have a value: facts of the family (others are refused as unknown), deadlines and lists."""
    return frozenset(key for key in needed if key in facts or key.startswith(("due(", "all.")))


def _unset(who: str, key: str, library: Library) -> str:
    if key.startswith("due("):
        called = f"the last day of “{library.titles.get(deadline_of(key), '')}”"
        return f"{who} needs {called}, but that may not have started. Write: {code(f'{key} != None and …')}"
    if key.startswith("all."):
        fact, first = library.fact(key.removeprefix("all.")), code(f"len(case.{key}) > 0 and …")
        return f"{who} needs answers to {fact}, but nobody may have answered yet. Write: {first}"
    return (
        f"{who} needs a value of {library.fact(key)}, but there is a way here on which nobody has given one. "
        f"Let it be answered on every way, or write: {code(f'case.{key} != None and …')}"
    )


def places(drawing: Drawing, inside: Known, ways: "Ways") -> Iterator[tuple[Node | Flow, Keys]]:
    """Every element and every flow that a case can reach, with what is known there."""
    for node in drawing.nodes.values():
        if node.id in inside:
            yield node, inside[node.id]
    for flow in drawing.flows:
        if flow.source in inside and flow.source in drawing.nodes:
            yield flow, inside[flow.source] | ways.gained(drawing.nodes[flow.source])


class Ways:
    """What is known for certain at each place of each drawing, worked out once a check."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._inside: dict[str, Known] = {}
        self._gains: dict[str, Keys] = {}
        self._entries: dict[str, Keys] = {}

    def gained(self, node: Node) -> Keys:
        """What an element adds once it is done; a call adds what the called process makes certain."""
        certain = supply.certain(node, self.library)
        return certain | self.gain(node.called) if node.called else certain

    def gain(self, process: str) -> Keys:
        """What a called process has made certain by its end, on whichever way it ended."""
        if process not in self.library.drawings:
            return NOTHING
        if process not in self._gains:
            self._gains[process] = NOTHING  # while it is worked out: a process that calls itself gains nothing
            drawing = self.library.drawings[process]
            inside = self.inside(drawing)
            ends = [inside[node.id] for node in _good_ends(drawing) if node.id in inside]
            self._gains[process] = _facts_only(frozenset.intersection(*ends)) if ends else NOTHING
        return self._gains[process]

    def entry(self, process: str) -> Keys:
        """What is known for certain when the process begins: at the start of a case, or at every call."""
        if process not in self._entries:
            self._entries[process] = NOTHING
            calls = [
                known for caller in sorted(self.library.callers.get(process, ())) for known in self._at(caller, process)
            ]
            if not calls or process in START_FACTS:
                calls.append(supply.certain_of_start(process))
            self._entries[process] = frozenset.intersection(*calls)
        return self._entries[process]

    def _at(self, caller: str, process: str) -> list[Keys]:
        drawing = self.library.drawings[caller]
        inside = self.inside(drawing)
        calls = [node for node in drawing.nodes.values() if node.called == process and node.id in inside]
        return [_facts_only(inside[node.id] | self.entry(caller)) for node in calls]

    def inside(self, drawing: Drawing) -> Known:
        """Before each element: what has become certain since the start of this drawing."""
        if drawing.process not in self._inside:
            self._inside[drawing.process] = self._followed(drawing)
        return self._inside[drawing.process]

    def _followed(self, drawing: Drawing) -> Known:
        """From the start along every way, until nothing changes: what one of the ways leaves open is not certain."""
        gains = {node.id: self.gained(node) for node in drawing.nodes.values()}
        passing = {flow.id: supply.passing(flow, drawing) for flow in drawing.flows}
        known: dict[str, Keys] = {drawing.start: NOTHING} if drawing.start else {}
        waiting = [drawing.start] if drawing.start else []
        while waiting:
            here = waiting.pop()
            for node in _after(drawing, here):
                before = _before(node, drawing, known, gains, passing)
                if before is not None and node.id != drawing.start and known.get(node.id) != before:
                    known[node.id] = before
                    waiting.append(node.id)
        return known


def _after(drawing: Drawing, here: str) -> Iterable[Node]:
    targets = [flow.target for flow in drawing.outgoing.get(here, ())]
    targets += [event for event, host in drawing.attached.items() if host == here]
    return [drawing.nodes[target] for target in targets if target in drawing.nodes]


def _before(node: Node, drawing: Drawing, known: Known, gains: Known, passing: Known) -> Keys | None:
    """What is certain before an element: on all the ways to it. A parallel join awaits them all, so any will do."""
    if node.attached_to:
        return known.get(node.attached_to)
    flows = [flow for flow in drawing.incoming.get(node.id, ()) if flow.source in drawing.nodes]
    ways = [known[flow.source] | gains[flow.source] | passing[flow.id] for flow in flows if flow.source in known]
    if node.type == "parallelGateway":
        return NOTHING.union(*ways) if len(ways) == len(flows) else None
    return frozenset.intersection(*ways) if ways else None


def _good_ends(drawing: Drawing) -> list[Node]:
    """The ends after which a caller goes on along its own flow."""
    return [node for node in drawing.nodes.values() if node.type == "endEvent" and "error" not in node.events]


def _facts_only(keys: Keys) -> Keys:
    """Without the names of scripts, which a called process does not share."""
    return frozenset(key for key in keys if not key.startswith(NAME))


RULES: tuple[Rule, ...] = (facts_are_supplied, deadlines_can_start, compared_facts_have_a_value)
