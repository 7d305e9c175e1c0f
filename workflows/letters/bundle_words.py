"""The parts of a bundle in our own words: what somebody reads of a dispute, as paragraphs and tables to be set."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

from workflows.domain.calendars import in_full, in_words
from workflows.domain.disputes import SIDES
from workflows.domain.letters import Filled, Table, table_of
from workflows.domain.plan import Plan, compare, pas_as_text
from workflows.domain.vocabulary import PROCESSES
from workflows.engine.letter_words import stands
from workflows.inbox.dispute_story import Entry, Point, Ruled, Statements, Story
from workflows.inbox.history import Line
from workflows.inbox.said import Said
from workflows.typesetting import Section

NOTHING = "–"
TOLD = ("case_", "step_completed", "deadline_", "plan_", "letter_sent", "document_", "parties_", "role_", "dispute_")
"""How the kinds of events begin that tell what happened; the others tell who looked, or who was reminded."""
RULINGS = {
    "talk": "Settled in the talk",
    "mediation": "Agreed at mediation",
    "decision": "The decision after mediation",
    "recommendation": "The recommendation of the panel",
    "board": "The decision of the board",
}
"""What outcomes are called, by the screen on which they were entered."""


def timeline(lines: Sequence[Line]) -> Iterator[Section]:
    """What happened, the oldest first."""
    rows = tuple((f"{in_words(line.at.date())}", line.words) for line in reversed(lines) if line.kind.startswith(TOLD))
    yield from _section("What happened, in order", [Table(("Date", "What happened"), rows)])


def people(story: Story) -> Iterator[Section]:
    """Who is who."""
    rows = tuple((one.role, one.name, one.organisation or NOTHING) for one in story.people)
    yield from _section("Who is who", [Table(("Role", "Name", "From"), rows)])


def points(story: Story) -> Iterator[Section]:
    """What is in dispute, and what each side wants."""
    rows = tuple(
        (one.title, *(_wish(one, side) for side in SIDES if side != "other"), one.reason or NOTHING)
        for one in story.points
    )
    head = ("Part of the plan", "As it was", "The doctor wants", "The manager wants", "Why they differ")
    totals = [
        f"All that {who} wants would change the plan by {_pas(total)} a week."
        for who, total in (("the doctor", story.practitioner_total), ("the manager", story.manager_total))
        if total is not None
    ]
    yield from _section("The points in dispute", [Table(head, rows), *totals])


def said(story: Story, *, without: frozenset[str]) -> Iterator[Section]:
    """The referral, the positions and what else was said: a section for each stage, in it step by step. `without` the
    questions of these labels."""
    for stage, entries in groupby(story.said, key=lambda entry: entry.stage):
        parts: list[Part] = []
        for entry in entries:
            answers = [one for one in entry.said if one.label not in without]
            parts += [{"kind": "heading", "text": _who(entry)}] if entry.step and answers else []
            parts += answers
        yield from _section(
            f"What was said: {PROCESSES[stage]}" if stage else "What was said before the dispute", parts
        )


def _who(entry: Entry) -> str:
    who = f"{entry.by} for {entry.on_behalf_of}" if entry.on_behalf_of else entry.by
    told = ", ".join(part for part in (who, in_words(entry.on) if entry.on else "") if part)
    return f"{entry.step}: {told}"


def statements(both: Statements | None) -> Iterator[Section]:
    """The statements of case, as far as they are released to whoever reads this. Management comes first."""
    if both is None:
        return
    for one in both.both:
        whose = "the doctor" if one.side == "practitioner" else "management"
        if one.said:
            sent = (
                f"Sent in on {in_full(one.sent_on)}{', after the time for it' if one.late else ''}."
                if one.sent_on
                else ""
            )
            yield from _section(f"Statement of case of {whose}", [sent, *one.said])


def rulings(story: Story) -> Iterator[Section]:
    """What was settled, decided and recommended, the oldest first."""
    parts: list[Part] = []
    for one in story.rulings:
        parts += [
            {"kind": "heading", "text": f"{RULINGS.get(one.screen, 'Settled between the parties')}, {in_words(one.on)}"}
        ]
        parts += [Table(("Part of the plan", "What stands", "PAs a week", "Why"), tuple(map(_ruled, one.points)))]
        parts += [f"Together this changes the plan by {_pas(one.total)} a week."] if one.total is not None else []
    yield from _section("What was settled and decided", parts)


def plans(versions: Sequence[tuple[str, Plan]]) -> Iterator[Section]:
    """Versions of the plan side by side, the oldest first, each with its title; and what changed between them."""
    if not versions:
        return
    lines = [{line.id: line for line in plan.activities} for _, plan in versions]
    titles = {key: line.title for each in lines for key, line in each.items()}
    rows = tuple(
        (title, *(each[key].in_words() if key in each else NOTHING for each in lines)) for key, title in titles.items()
    )
    totals = ("Together", *(f"{pas_as_text(plan.totals().overall)} PA" for _, plan in versions))
    parts: list[Part] = [Table(("Part of the plan", *(title for title, _ in versions)), (*rows, totals))]
    for (title, old), (next_title, new) in pairwise(versions):
        if changes := [one.sentence for one in compare(old, new)]:
            parts += [{"kind": "heading", "text": f"What changed from {_low(title)} to {_low(next_title)}"}]
            parts += [{"kind": "list", "items": changes}]
    yield from _section("The job plan, version by version", parts)


def _low(title: str) -> str:
    return title[:1].lower() + title[1:]


Part = str | Table | Said | Filled


def _section(title: str, parts: Iterable[Part]) -> Iterator[Section]:
    """A section, unless there is nothing in it."""
    blocks = [block for part in parts for block in _blocks(part)]
    if blocks:
        yield Section(title, blocks)


def _blocks(part: Part) -> Iterator[Filled]:
    if isinstance(part, Table):
        yield from table_of(part)
    elif isinstance(part, Said):
        yield {
            "kind": "said",
            "label": f"{part.label} ({part.by})" if part.by else part.label,
            "text": _value(part.value),
        }
    elif isinstance(part, str):
        yield from [{"kind": "paragraph", "text": part}] if part else []
    else:
        yield part


def _value(value: Any) -> str:
    """An answer in words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return in_full(value)
    if isinstance(value, Mapping):
        return ", ".join(_value(one) for one in value.values())
    if isinstance(value, list | tuple):
        return "\n".join(_value(one) for one in value)
    return str(value)


def _wish(point: Point, side: str) -> str:
    amount = getattr(point, f"{side}_pas")
    return (
        "\n".join(part for part in (getattr(point, side), f"{amount} PAs a week" if amount else "") if part) or NOTHING
    )


def _ruled(one: Ruled) -> tuple[str, ...]:
    return (
        one.title,
        stands(one.value, one.outcome),
        one.pas or NOTHING,
        one.reason or NOTHING,
    )


def _pas(total: Fraction) -> str:
    sign = "+" if total > 0 else "−" if total < 0 else ""
    return f"{sign}{pas_as_text(abs(total))} PAs"
