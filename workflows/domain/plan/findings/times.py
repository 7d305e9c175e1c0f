"""Times of the week: what is paid twice, what lies in time that is not worked, and premium time."""

from collections.abc import Iterator

from workflows.domain.arithmetic.extra import out_of_hours
from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.times import pieces
from workflows.domain.arithmetic.timetable import value
from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.around import Around
from workflows.domain.plan.findings.finding import (
    WHOLE,
    Found,
    Severity,
    called,
    lines,
    named,
    rows,
    rule,
    shortly,
)
from workflows.domain.plan.findings.slots import Slot, clashes, lines_with_times, row_slot, slot_of
from workflows.domain.plan.lines import CATEGORIES, Activity, pas_as_text
from workflows.domain.plan.working_out import figures, travelled

PAID = tuple(category for category in CATEGORIES if category != "on_call")
"""Categories whose time is paid by the hour: being on call goes on beside other work (BTH-3.2.3-b)."""
EMERGENCY, TRAVEL, OWN_WAY = "emergency", "travel", "own_way"
"""Types of the catalogue that rules know."""


def _outside(plan: Plan, *kinds: str) -> list[Slot]:
    every = enumerate(plan.entries("outside"))
    return [row_slot("outside", number, row) for number, row in every if row.get("kind") in kinds]


@rule("Two paid lines at the same time", Severity.ERROR, "another time for one of them, or other weeks of the cycle")
def clash(plan: Plan, _: Around) -> Iterator[Found]:
    """No time is paid twice; clinical work over supporting activities is a rule of its own."""
    category = {line.id: line.category for line in plan.activities}
    for one, other in clashes(lines_with_times(plan, *PAID)):
        if {category[one.id], category[other.id]} != {"dcc", "spa"}:
            sentence = f"{one.name} and {other.name} are at the same time of the same week, so that it is paid twice."
            yield Found(f"{other.place}.start", other.id, sentence, other=one.id)


@rule("Clinical care over supporting activities", Severity.ERROR, "another time for one of them")
def dcc_over_spa(plan: Plan, _: Around) -> Iterator[Found]:
    """Direct clinical care is not timetabled over supporting activities (BTH-3.4.6-c)."""
    emergencies = {line.id for line in plan.activities if line.subcategory == EMERGENCY}
    for clinical, supporting in clashes(lines_with_times(plan, "dcc"), lines_with_times(plan, "spa")):
        if clinical.id not in emergencies:
            sentence = f"{clinical.name} is at the time of {supporting.name}, which is for supporting activities."
            yield Found(f"{clinical.place}.start", clinical.id, sentence, other=supporting.id)


@rule("Emergencies in time for supporting activities", Severity.WARNING, "another time, or why this is an exception")
def emergency_over_spa(plan: Plan, _: Around) -> Iterator[Found]:
    """An emergency that takes the place of supporting activities is an exception on record (BTH-3.4.6-c)."""
    emergencies = (slot_of(place, line) for place, line in lines(plan, "dcc", EMERGENCY))
    for clinical, supporting in clashes(emergencies, lines_with_times(plan, "spa")):
        sentence = f"{clinical.name} takes the place of {supporting.name}. Say why this is an exception."
        yield Found(f"{clinical.place}.start", clinical.id, sentence, other=supporting.id)


@rule("Paid work in time not worked for the trust", Severity.ERROR, "another time, or a change of the time not worked")
def not_worked(plan: Plan, _: Around) -> Iterator[Found]:
    """No PA is paid for time that the doctor does not work for the trust (BTH-3.4.3-a)."""
    for paid, free in clashes(lines_with_times(plan), _outside(plan, "not_working", "employer")):
        sentence = f"{paid.name} is at a time at which the doctor does not work for the trust: {free.name}."
        yield Found(f"{paid.place}.start", paid.id, sentence, other=free.id)


@rule("Private or fee-paying work in the trust’s time", Severity.ERROR, "another time for the private or paid work")
def private_clash(plan: Plan, _: Around) -> Iterator[Found]:
    """Private work gives way to the trust's (BTH-3.4.16-f)."""
    for private, trust in clashes(_outside(plan, "private", "fee_paying"), lines_with_times(plan)):
        sentence = f"{private.name} is at the time of {trust.name}, and has to give way to it."
        yield Found(f"{private.place}.start", private.id, sentence, other=trust.id)


@rule("Scheduled, but not what, when and where", Severity.WARNING, "its day, its times and its place")
def scheduled(plan: Plan, _: Around) -> Iterator[Found]:
    """Every scheduled activity has what is done, when and where (CPFT-7.1-e)."""
    for place, line in lines(plan):
        if not line.day and not line.start:
            continue
        lacking = {
            "day": not line.day and "dates" not in line.pattern,
            "start": not line.start and not line.hours,
            "place": not line.place,
        }
        for part in (part for part, is_lacking in lacking.items() if is_lacking):
            yield Found(f"{place}.{part}", line.id, f"{named(line)}: the {LACKING[part]} is missing.")


LACKING = {"day": "day", "start": "time", "place": "place"}


@rule("PAs that differ from the times", Severity.WARNING, "PAs that follow from the times, or why they differ")
def pas_by_hand(plan: Plan, around: Around) -> Iterator[Found]:
    """Time adds up to PAs exactly (BTH-3.2.2)."""
    for place, line in lines(plan):
        if around.terms is None or line.by_times or not (line.start or line.hours):
            continue
        by_times = value(line, around.terms, around.holidays).pas_a_week
        if by_times != line.pas:
            words = f"its times come to {shortly(by_times)} PA, and {pas_as_text(line.pas)} PA was entered."
            yield Found(f"{place}.pas", line.id, f"{named(line)}: {words}")


@rule("Premium time that nobody has agreed", Severity.WARNING, "that it was agreed, or is the doctor’s own choice")
def premium_agreed(plan: Plan, around: Around) -> Iterator[Found]:
    """Three hours make a PA only where both agreed to work in premium time (BTH-3.4.3-b)."""
    for place, line in _in_premium_time(plan, around.terms):
        if not line.premium:
            words = "it is in premium time and nobody has said that it was agreed, so four hours of it make a PA."
            yield Found(f"{place}.premium", line.id, f"{named(line)}: {words}")


@rule("Premium time by the doctor’s own choice", Severity.NOTE, "")
def premium_own_choice(plan: Plan, around: Around) -> Iterator[Found]:
    """What is done in premium time for the doctor's own convenience counts as plain time (BTH-3.4.3-c)."""
    for place, line in _in_premium_time(plan, around.terms):
        if line.premium == "own_choice":
            words = "it is in premium time by the doctor’s own choice, so four hours make a PA."
            yield Found(f"{place}.premium", line.id, f"{named(line)}: {words}")


def _in_premium_time(plan: Plan, terms: Terms | None) -> Iterator[tuple[str, Activity]]:
    """Lines with times in premium time; on call has rules of its own (BTH-App4-f)."""
    for place, line in lines(plan):
        timed = terms is not None and line.day and line.start and line.category != "on_call"
        if timed and terms and any(piece.premium for piece in pieces(line.day, line.start, line.end, terms)):
            yield place, line


@rule("Much of the work is out of hours", Severity.WARNING, "fewer hours in the evening, at night and at weekends")
def out_of_hours_share(plan: Plan, around: Around) -> Iterator[Found]:
    """A contract may limit the part of the hours that lies out of hours."""
    if around.terms and around.terms.out_of_hours_share is not None:
        overall = figures(plan, around.terms, around.holidays, around.tariff_of).overall
        if note := out_of_hours(overall, around.terms).note:
            yield Found(WHOLE, "", note)


@rule("Emergency work at known times", Severity.WARNING, "its day and times")
def emergency_timetabled(plan: Plan, _: Around) -> Iterator[Found]:
    """Emergency work at regular times, such as a post-take round, is a line with times like others (BTH-3.2.3-a)."""
    for place, line in lines(plan, "dcc", EMERGENCY):
        if not line.start:
            words = "emergency work at regular, known times stands in the timetable with its day and times."
            yield Found(f"{place}.start", line.id, f"{named(line)}: {words}")


@rule("Programmed work of a specialty of emergencies", Severity.NOTE, "")
def emergency_specialty(plan: Plan, around: Around) -> Iterator[Found]:
    """Where a specialty handles emergencies as a routine, its programmed work is none (BTH-3.2.3-c)."""
    for place, line in lines(plan, "dcc", EMERGENCY):
        if line.start and around.emergencies:
            words = "where emergencies are a routine, programmed work counts as non-emergency work."
            yield Found(f"{place}.subcategory", line.id, f"{named(line)}: {words}")


@rule("Activity without a type", Severity.NOTE, "one of the types that the trust’s policy lists")
def typed(plan: Plan, around: Around) -> Iterator[Found]:
    """Every activity has its type (BTH-3.2.1, BTH-3.2.5)."""
    for place, line in lines(plan):
        if around.kinds[line.category] and around.kind_of(line) is None:
            yield Found(f"{place}.subcategory", line.id, f"{named(line)}: choose what type of activity it is.")


@rule("Travel", Severity.WARNING, "the time by the two journeys, or what was agreed instead")
def travel(plan: Plan, around: Around) -> Iterator[Found]:
    """Excess travel is the way to the other site less the way to base, and journeys between sites and for emergencies
    count whole; for a complicated day something else may be agreed (BTH-3.4.4-c, BTH-3.4.4-d, BTH-3.4.4-f)."""
    for place, line in lines(plan, "dcc", TRAVEL):
        if line.more.get("travel_agreed") or around.terms is None:
            continue
        counts = travelled(line, around.terms)
        if counts and line.pas > counts.pas_a_week:
            words = f"its journeys come to {shortly(counts.pas_a_week)} PA, and the plan has {pas_as_text(line.pas)}."
            yield Found(f"{place}.more.travel_agreed", line.id, f"{named(line)}: {words}")


@rule("The way to work", Severity.ERROR, "no PAs for it, or another type of travel")
def own_way(plan: Plan, _: Around) -> Iterator[Found]:
    """Journeys between base and home or private premises are no working time (BTH-3.4.4-e)."""
    for place, line in lines(plan, "dcc", OWN_WAY):
        if line.pas:
            words = "the way between the main place of work and home or private premises is no working time."
            yield Found(f"{place}.pas", line.id, f"{named(line)}: {words}")


@rule("Capacity work while on call", Severity.ERROR, "another time for the capacity work")
def capacity_on_call(plan: Plan, _: Around) -> Iterator[Found]:
    """No capacity work is done while on call, whoever asks for it (BTH-3.4.17-a)."""
    for extra, on_call in clashes(_capacity(plan), lines_with_times(plan, "on_call")):
        sentence = f"{extra.name} is at the time of {on_call.name}. No capacity work is done while on call."
        yield Found(f"{extra.place}.start", extra.id, sentence, other=on_call.id)


@rule("Capacity work in time for supporting activities", Severity.ERROR, "when that time is made up, and who agreed")
def capacity_in_spa(plan: Plan, _: Around) -> Iterator[Found]:
    """Capacity work in SPA time needs another slot for it, in uncontracted time, and agreed (BTH-3.4.17-b)."""
    instead = dict(_made_up(plan))
    paid = lines_with_times(plan)
    for extra, supporting in clashes(_capacity(plan), lines_with_times(plan, "spa")):
        row = plan.entries("capacity")[int(extra.place.partition(".")[2])]
        if not instead[extra.id].spans:
            words = f"{extra.name} takes the time of {supporting.name}. Say when that is made up."
            yield Found(f"{extra.place}.instead_day", extra.id, words, other=supporting.id)
        elif taken := next((other for _, other in clashes([instead[extra.id]], paid)), None):
            words = f"{extra.name}: the time in which it is made up is taken by {taken.name}."
            yield Found(f"{extra.place}.instead_start", extra.id, words, other=supporting.id)
        if not row.get("agreed_by"):
            words = f"{extra.name} takes the time of {supporting.name}. Say who agreed to that."
            yield Found(f"{extra.place}.agreed_by", extra.id, words, other=supporting.id)


@rule("Supporting activities not made up yet", Severity.WARNING, "the day on which that was confirmed")
def capacity_confirmed(plan: Plan, _: Around) -> Iterator[Found]:
    """The head of department confirms that the slot was made up; it is payable then (BTH-3.4.17-b)."""
    for place, row in rows(plan, "capacity"):
        if row.get("instead_day") and not row.get("confirmed_on"):
            words = f"{called(row, 'work', 'Capacity work')}: payable once it is confirmed that the time was made up."
            yield Found(f"{place}.confirmed_on", row["id"], words)


def _capacity(plan: Plan) -> list[Slot]:
    return [row_slot("capacity", number, row) for number, row in enumerate(plan.entries("capacity"))]


def _made_up(plan: Plan) -> Iterator[tuple[str, Slot]]:
    for number, row in enumerate(plan.entries("capacity")):
        yield row["id"], row_slot("capacity", number, row, "instead_")
