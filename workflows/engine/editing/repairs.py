"""Every repair, in the order in which they are offered: what others need comes first."""

from workflows.engine.editing import repairs_of_names, repairs_of_vendors, repairs_of_ways
from workflows.engine.editing.diagram import CannotChange, Diagram
from workflows.engine.editing.repairing import Answers, Found, Mended, Offered, Repair, mend_with

REPAIRS: tuple[Repair, ...] = (
    repairs_of_ways.NAME_WAYS,
    *repairs_of_names.REPAIRS,
    *repairs_of_vendors.REPAIRS,
    *repairs_of_ways.REPAIRS,
    *repairs_of_names.LATER,
)


def wanted(text: str, offered: Offered) -> list[Found]:
    """The repairs that a text needs. While ways have no ids, nothing else can be told. Raises NotAcceptable."""
    diagram = Diagram(text)
    if (asks := repairs_of_ways.NAME_WAYS.find(diagram, offered)) is not None:
        first = repairs_of_ways.NAME_WAYS
        return [Found(first.key, first.wrong, first.does, tuple(asks))]
    found = []
    for repair in REPAIRS[1:]:
        asks = repair.find(diagram, offered)
        if asks is not None:
            found.append(Found(repair.key, repair.wrong, repair.does, tuple(asks)))
    return found


def mend(text: str, key: str, answers: Answers, offered: Offered, *, draws: bool = True) -> Mended:
    """Carry out one repair; without `draws` the picture stays as it is, as for a look at what would change. Raises
    CannotChange where there is none of that name, or nothing came of it."""
    repair = next((each for each in REPAIRS if each.key == key), None)
    if repair is None:
        raise CannotChange("There is no such repair.")
    made = mend_with(repair, text, answers, offered, draws=draws)
    if not made.said:
        raise CannotChange("This is mended already, or needs an answer first.")
    return made
