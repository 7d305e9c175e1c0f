"""The order in which a person reads a drawing: the twin of the picture as a list needs one."""

from collections.abc import Mapping, Sequence


def reading_order(
    elements: Sequence[str], start: str, onward: Mapping[str, Sequence[str]], boundary: frozenset[str]
) -> tuple[str, ...]:
    """Every element once, each after all that lead to it (loops back apart), the main path before the side branches.

    `onward` maps an element to the next ones, boundary events among them. Where paths part, the main one is that from
    which most of the drawing still lies ahead, then the order of the file; boundary branches come last. What the start
    does not reach stands at the end, in the order of the file.
    """
    ahead = _ahead(elements, onward)

    def side_branches_first(element: str) -> list[str]:
        nexts = [each for each in onward.get(element, ()) if each in ahead]
        ranked = sorted(nexts, key=lambda each: (each in boundary, -ahead[each]))
        return ranked[::-1]

    # A depth-first walk, read backwards: what is walked first is finished first and so comes last.
    seen, finished = {start}, []
    trail = [(start, iter(side_branches_first(start)))] if start in ahead else []
    while trail:
        element, nexts = trail[-1]
        following = next((each for each in nexts if each not in seen), None)
        if following is None:
            finished.append(element)
            trail.pop()
        else:
            seen.add(following)
            trail.append((following, iter(side_branches_first(following))))
    return (*finished[::-1], *(each for each in elements if each not in seen))


def _ahead(elements: Sequence[str], onward: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """For each element, how many can be reached from it: bit sets, joined until nothing changes."""
    place = {element: 1 << index for index, element in enumerate(elements)}
    reach = dict(place)
    changed = True
    while changed:
        changed = False
        for element in reversed(elements):
            wider = reach[element]
            for following in onward.get(element, ()):
                wider |= reach.get(following, 0)
            if wider != reach[element]:
                reach[element], changed = wider, True
    return {element: bits.bit_count() for element, bits in reach.items()}
