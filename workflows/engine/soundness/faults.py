"""What goes wrong in the situations that were looked at, each fault once, with the shortest way to it."""

from collections.abc import Collection, Iterator, Sequence

from workflows.domain.fact_words import in_words as key_in_words
from workflows.domain.wording import short
from workflows.engine.called import capital
from workflows.engine.editing.telling import in_words
from workflows.engine.expressions import deadline_of
from workflows.engine.soundness.model import Place
from workflows.engine.soundness.playing import Play
from workflows.engine.soundness.search import Graph
from workflows.engine.soundness.tokens import BEGIN, Event, Loss, Token, Trace, backward, innermost, onward, standing
from workflows.engine.soundness.ways import LONGEST, Fault, Teller, all_called, called

MOST_FAULTS = 20
STAND_STILL = {"no way out": "no_way_out", "two answers": "two_answers", "goes round": "goes_round"}


def faults_of(graph: Graph) -> tuple[Fault, ...]:
    """All that goes wrong, but for what is never reached: see `unreached`."""
    teller = Teller(graph)
    found: dict[tuple[str, str, str], Fault] = {}
    for each in (*_lost(graph, teller), *_stuck(graph, teller), *_endless(graph, teller), *_piled(graph, teller)):
        found.setdefault((each.kind, each.process, each.element), each)
        if len(found) >= MOST_FAULTS:
            break
    return tuple(found.values())


def _lost(graph: Graph, teller: Teller) -> Iterator[Fault]:
    for (what, number), loss in list(graph.play.lost.items()):
        place = graph.model.places[number]
        before = teller.way_steps(loss.state)
        yield Fault(
            STAND_STILL[what],
            place.process,
            place.node.id,
            _lost_words(graph, what, place, loss),
            teller.told([*before, _how(graph, what, number, loss)]),
        )


def _lost_words(graph: Graph, what: str, place: Place, loss: Loss) -> str:
    if what == "two answers":
        return loss.words
    name = called(graph.model, place)
    if what == "goes round":
        return f"From {name} the case goes round by itself for ever, and never comes to anybody."
    return f"At {name} no way out is open: none of its conditions holds, and it has no default flow."


def _how(graph: Graph, what: str, number: int, loss: Loss) -> tuple[Event, Trace]:
    """How it came about, played once more with open eyes."""
    again = Play(graph.model)
    again.tracing, again.now, again.until = True, loss.state, graph.play.until
    outcomes = again.begin() if loss.state < 0 else again.moves(*graph.states[loss.state])
    for _ in outcomes:
        if (what, number) in again.lost:
            break
    seen = again.lost.get((what, number), loss)
    return (BEGIN if loss.state < 0 else seen.event), seen.trace


def _dead(graph: Graph) -> Iterator[int]:
    """Situations in which nothing can happen any more, and which are no end."""
    losing = {loss.state for loss in graph.play.lost.values()}
    return (
        number
        for number, following in enumerate(graph.following)
        if not following and graph.states[number][0] and number not in losing | graph.cut
    )


def _stuck(graph: Graph, teller: Teller) -> Iterator[Fault]:
    seen: set[int] = set()
    for number in _dead(graph):
        left = sorted(innermost(graph.states[number][0]), key=lambda each: not _is_join(graph, each))
        if left[0][0] not in seen:
            seen.add(left[0][0])
            yield _standing(graph, teller, number, left[0], left)


def _is_join(graph: Graph, token: Token) -> bool:
    return graph.model.places[token[0]].kind in ("all", "any")


def _standing(graph: Graph, teller: Teller, number: int, token: Token, left: Sequence[Token]) -> Fault:
    place, way = graph.model.places[token[0]], teller.way_to(number)
    name = called(graph.model, place)
    if not _is_join(graph, token):
        key = deadline_of(place.node.timer)
        titles = [policy.deadlines[key].title for policy in graph.model.library.policies if key in policy.deadlines]
        day = (*titles, key_in_words(key))[0]
        words = f"{capital(name)} waits for a day that never comes: nothing has started the deadline “{day}”."
        return Fault("never_due", place.process, place.node.id, words, way)
    ended = [graph.model.places[graph.model.number[each]] for turn in way for each in turn.passed]
    ends = [each for each in ended if each.node.type == "endEvent" and each.process == place.process]
    missing = _missing(graph, place, left)
    if ends:
        come = f"The case has come to {_end(graph, ends[-1])}"
        words = f"{come}, but {name} is left waiting for {missing}, which no longer comes."
        return Fault("left_waiting", place.process, place.node.id, words, way)
    words = f"{capital(name)} waits for ever: {missing} no longer comes to it."
    return Fault("join_waits", place.process, place.node.id, words, way)


def _end(graph: Graph, end: Place) -> str:
    name = called(graph.model, end)
    return f"its end at {name}" if end.node.name.strip() else name


def _missing(graph: Graph, place: Place, left: Sequence[Token]) -> str:
    """What a join has not got yet, in words."""
    missing = [
        graph.model.places[source]
        for source, count in place.awaited.items()
        if sum(token[:2] == (place.number, source) for token in left) < count
    ]
    return f"the way from {all_called(graph.model, missing)}" if missing and place.kind == "all" else "another way"


def _endless(graph: Graph, teller: Teller) -> Iterator[Fault]:
    """Situations from which no end can be reached, though something can always happen."""
    ways = dict(enumerate(graph.following))
    open_still = range(len(graph.following), len(graph.states))
    losing = {loss.state for loss in graph.play.lost.values()}
    stuck = [number for number, following in ways.items() if not following or number in losing]
    told = backward(ways, [*graph.ends, *open_still, *stuck, *graph.cut])
    for number, following in ways.items():
        if number in told:
            continue
        ring = onward(ways, following)
        if all(number in onward(ways, ways[each]) for each in ring):
            told |= backward(ways, ring)
            yield _round(graph, teller, number, ring)


def _round(graph: Graph, teller: Teller, number: int, ring: set[int]) -> Fault:
    steps = {event.place for each in ring for event, _ in graph.play.moves(*graph.states[each])}
    place = graph.model.places[min(steps)]
    round_about = all_called(graph.model, (graph.model.places[each] for each in sorted(steps)))
    words = f"From here on the case can never end: it goes round {round_about}, and no answer leads out."
    return Fault("endless", place.process, place.node.id, words, teller.way_to(number))


def _piled(graph: Graph, teller: Teller) -> Iterator[Fault]:
    for number, last in graph.piled.items():
        place, nearest, state = graph.model.places[number], last, last
        while state >= 0:  # two at once are enough to be shown
            if sum(token[0] == number for token in innermost(graph.states[state][0])) > 1:
                nearest = state
            state = graph.parents[state][0]
        name = capital(called(graph.model, place))
        words = f"{name} can come to be waited for again and again at the same time, without any limit."
        yield Fault("piles_up", place.process, place.node.id, words, teller.way_to(nearest))


def unreached(graph: Graph, faults: Collection[Fault]) -> tuple[Fault, ...]:
    """Elements that no answers lead to, where the flows do: the first of each row, with the way to where it parts.

    Nothing is said while not everything was looked at, nor of what only waits behind one of the other `faults`.
    """
    if not graph.whole:
        return ()
    teller, reached, found = Teller(graph), graph.play.reached, []
    at_fault = {graph.model.number[fault.process, fault.element] for fault in faults}
    at_fault |= {number for dead in _dead(graph) for number in standing(graph.states[dead][0])}
    for place in graph.model.places:
        if place.number in reached:
            continue
        host = (place.process, place.node.attached_to)
        before = [graph.model.number[host]] if place.node.attached_to else list(place.awaited)
        before = [number for number in before if number in reached and number not in at_fault]
        if before:
            words = f"No answers lead to {called(graph.model, place)}: {_why(graph, teller, place, before[0])}"
            way = teller.way_through(before[0])
            found.append(Fault("unreached", place.process, place.node.id, words, way))
    return tuple(found[:MOST_FAULTS])


def _why(graph: Graph, teller: Teller, place: Place, before: int) -> str:
    parts = graph.model.places[before]
    name = called(graph.model, parts)
    if place.node.attached_to:
        return f"nothing in {name} ever brings it about."
    way = next((way for way in parts.ways if way.target == place.number), None)
    condition = graph.model.flows[way.flow][1].condition if way else ""
    if condition:
        words = short(in_words(condition, teller.facts), LONGEST)
        return f"when the case comes to {name}, it is never so that {words}."
    return f"when the case comes to {name}, it always goes another way."
