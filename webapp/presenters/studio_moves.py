"""Running cases on their way to another release, in words."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.studio.home import MoveLine
from workflows.studio.impact import Answer, Counted, Impact, Row
from workflows.studio.moving import BatchPage, ItemLine, MoveBatch

ANSWERS: Mapping[Answer, Tag] = MappingProxyType(
    {"can": Tag("Can move", "green"), "cannot": Tag("Cannot move", "orange"), "stays": Tag("Stays", "grey")}
)
STANDINGS: Mapping[str, Tag] = MappingProxyType(
    {
        "waiting": Tag("About to begin", "grey"),
        "running": Tag("On its way", "blue"),
        "done": Tag("Done", "green"),
        "stopped": Tag("Stopped", "orange"),
        "undoing": Tag("Being undone", "blue"),
        "undone": Tag("Undone", "grey"),
    }
)
ITEMS: Mapping[str, Tag] = MappingProxyType(
    {
        "waiting": Tag("Waits", "grey"),
        "moved": Tag("Moved", "green"),
        "refused": Tag("Not moved", "orange"),
        "failed": Tag("Failed", "red"),
        "undone": Tag("Put back", "grey"),
    }
)
AHEAD: Mapping[str, str] = MappingProxyType(
    {"ahead": "Can move, something changes ahead", "apart": "Can move, nothing changes ahead"}
)
MET: Mapping[str, str] = MappingProxyType(
    {
        "added": "the new {thing}",
        "removed": "the {thing}, which is taken out",
        "changed": "the {thing}, which is changed",
        "ways": "other ways on from the {thing}",
        "deadline": "another deadline at the {thing}",
        "letter": "other words of the letter at the {thing}",
        "table": "other rules of the table at the {thing}",
        "values": "another policy at the {thing}",
    }
)
"""What a case will meet, by how it differs."""
THINGS: Mapping[str, str] = MappingProxyType(
    {
        "userTask": "step",
        "serviceTask": "work of Accord",
        "businessRuleTask": "decision by a table",
        "scriptTask": "reckoning",
        "receiveTask": "wait",
        "callActivity": "stage",
        "startEvent": "beginning",
        "endEvent": "end",
        "boundaryEvent": "event",
        "intermediateCatchEvent": "wait",
        "intermediateThrowEvent": "note",
        "exclusiveGateway": "choice",
        "inclusiveGateway": "choice",
        "parallelGateway": "place where ways part or come together",
        "eventBasedGateway": "wait for whichever comes first",
    }
)
"""What is met, in the middle of a sentence."""
MOST_MET = 3
"""So many of the things ahead are named."""
IN_MOTION = frozenset({"waiting", "running", "undoing"})


def title(page: Impact) -> str:
    """The heading."""
    if page.number is None:
        return f"What “{page.name}” would mean for running cases"
    return f"What release {page.number} means for running cases"


def summary(page: Impact) -> str:
    """ "Of 412 running cases, 300 can move to it and 100 cannot. 12 follow it already."."""
    can, cannot, stays = (page.totals.get(key, 0) for key in ("can", "cannot", "stays"))
    if not can + cannot + stays:
        return "No case is running at the moment."
    parts = [f"{can:,} can move to it", f"{cannot:,} cannot"]
    said = f"Of {words.count(can + cannot + stays, 'running case')}, {words.listed(parts)}."
    if stays:
        said = f"{said} {stays:,} {'follows' if stays == 1 else 'follow'} it already."
    return said


def touched(page: Impact) -> str:
    """Whom the change touches: "Of those that can, 9 have something ahead of them that changes, and 58 have not."."""
    ahead, apart = page.number_of("ahead"), page.number_of("apart")
    if not ahead + apart:
        return ""
    if not ahead:
        return "Nothing that changes lies ahead of any case that can move."
    if not apart:
        return "Something that changes lies ahead of every case that can move."
    have = "has" if ahead == 1 else "have"
    return (
        f"Of those that can, {ahead:,} {have} something ahead that changes; ahead of the other {apart:,} nothing does."
    )


def ahead(one: Counted | Row) -> str:
    """What a case that can move will meet, nearest first: "Ahead: the new step “Early phone call”."."""
    if not one.meets:
        return "Nothing that changes lies ahead."
    met = [each for each in one.meets if each.type != "startEvent"] or one.meets  # a beginning waits for nobody
    told = dict.fromkeys(
        _met(each.how, THINGS.get(each.type, "element"), each.name)
        for each in sorted(met, key=lambda each: not each.name)
    )
    named, more = list(told)[:MOST_MET], len(told) - MOST_MET
    return f"Ahead: {'; '.join([*named, f'{more} more'] if more > 0 else named)}."


def _met(how: str, noun: str, name: str) -> str:
    return MET[how].format(thing=f"{noun} “{name}”" if name else noun)


def answer(given: Answer) -> Tag:
    """What becomes of a case."""
    return ANSWERS[given]


def why(one: Counted | Row, page: Impact) -> str:
    """The reason beside the answer; beside one that can move, what lies ahead of it."""
    if one.answer == "can":
        return ahead(one)
    return one.because or (f"It follows release {page.number} already." if page.number else "Nothing changes for it.")


def processes(page: Impact) -> list[dict[str, Any]]:
    """The processes that the list can be narrowed to, and the stages in which cases stand, for a select box."""
    titles = {one.process: one.title for one in page.counted}
    stages = {key: f"Now in the stage “{title}”" for key, title in page.stages if key not in titles}
    return _options({"": "Every process", **titles, **stages}, page.filters.process)


def answers(page: Impact) -> list[dict[str, Any]]:
    """What the list can be narrowed to, for a select box."""
    texts: dict[str, str] = {key: tag.text for key, tag in ANSWERS.items()}
    return _options({"": "All", "can": texts["can"], **AHEAD, **texts}, page.filters.answer)


def reasons(page: Impact) -> list[dict[str, Any]]:
    """The reasons for which cases cannot move, for a select box."""
    found = {one.reason: words_of(one.because) for one in page.counted if one.because}
    return _options({"": "Any reason", **found}, page.filters.reason)


def words_of(because: str, limit: int = 90) -> str:
    """A reason, cut to the width of a select box."""
    return because if len(because) <= limit else f"{because[: limit - 1]}…"


def _options(offered: Mapping[str, str], chosen: str) -> list[dict[str, Any]]:
    return [{"value": key, "text": text, "selected": key == chosen} for key, text in offered.items()]


def narrowed(page: Impact) -> bool:
    """Whether the list is narrowed."""
    return any(page.filters)


def shown(page: Impact) -> str:
    """How many the list has."""
    return f"{words.count(page.total, 'case').capitalize()}{' shown' if narrowed(page) else ''}, {page.can:,} can move."


def line_of(batch: MoveLine) -> str:
    """Which cases a batch moves, and how far it is: "To release 3: 12 of 40 cases moved and 2 not moved."."""
    return f"To release {batch.release}: {_so_far(batch.counts, batch.total)}"


def all_button(page: Impact) -> str:
    """ "Move all 300 that can"; with filters, that these are meant."""
    which = " of those shown" if narrowed(page) else ""
    return f"Move the one that can{which}" if page.can == 1 else f"Move all {page.can:,} that can{which}"


def standing(batch: MoveBatch | MoveLine) -> Tag:
    """How a batch stands."""
    return STANDINGS[batch.status]


def item(line: ItemLine) -> Tag:
    """What became of a case."""
    return ITEMS[line.status]


def item_words(line: ItemLine) -> str:
    """The reason beside it, and when it is tried again."""
    if line.moved_on:
        return "It has moved on since."
    if line.status == "failed" and line.try_at is not None:
        return f"{line.reason} It has been tried {words.count(line.attempts, 'time')}."
    return line.reason


def moving(page: BatchPage) -> bool:
    """Whether a clock is at work, so that the page looks again by itself."""
    return page.batch.status in IN_MOTION


def progress(page: BatchPage) -> str:
    """ "212 of 300 cases moved, 3 not moved, 85 wait."."""
    return _so_far(page.counts, page.total)


def _so_far(counts: Mapping[str, int], total: int) -> str:
    if counts.get("undone") == total:
        return f"All {words.count(total, 'case')} were put back." if total > 1 else "The case was put back."
    parts = [f"{counts.get('moved', 0):,} of {words.count(total, 'case')} moved"]
    for key, said in (("undone", "put back"), ("refused", "not moved"), ("failed", "failed"), ("waiting", "waiting")):
        if counts.get(key):
            parts.append(f"{counts[key]:,} {said}")
    return f"{words.listed(parts)}."


def percent(page: BatchPage) -> int:
    """How much of it is done."""
    left = page.counts.get("waiting", 0)
    return 100 * (page.total - left) // page.total if page.total else 100


def begun(page: BatchPage, at: datetime) -> str:
    """Who began it and when."""
    return f"{page.by}, {words.moment(at)}"


def count(one: Counted) -> str:
    """ "12 cases"."""
    return words.count(one.number, "case")
