"""What changed between two versions of a job plan, in sentences."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workflows.domain.calendars import in_words
from workflows.domain.fields import Field, Json
from workflows.domain.plan.content import Plan
from workflows.domain.plan.lines import (
    CATEGORIES,
    DAYS,
    OFFERED,
    SECTIONS,
    SHAPE,
    SUPPORT,
    TEACHING,
    Activity,
    pas_as_text,
)
from workflows.domain.plan.parts import MORE, PARTS, STATEMENTS, Part
from workflows.domain.plan.patterns import in_words as how_often


@dataclass(frozen=True)
class Difference:
    """What changed between two versions, in a sentence; a line that changed its category differs in both sections."""

    section: str
    element_id: str
    """The id of an activity; else "effective_from", "base", "notes", or the category that does or does not apply."""
    sentence: str


def compare(old: Plan, new: Plan) -> list[Difference]:
    """What changed, section by section. Equal sections have no difference, and others at least one."""
    return [difference for section in SECTIONS for difference in _differences(section, old, new)]


def _differences(section: str, old: Plan, new: Plan) -> Iterator[Difference]:
    if section == "period":
        if old.effective_from != new.effective_from:
            sentence = f"The start changed from {_day(old.effective_from)} to {_day(new.effective_from)}."
            yield Difference(section, "effective_from", sentence)
        if old.base != new.base:
            sentence = f"The main place of work changed from {_or(old.base)} to {_or(new.base)}."
            yield Difference(section, "base", sentence)
        yield from _header_differences(old, new)
    elif section == "notes":
        if old.notes != new.notes:
            yield Difference(section, "notes", "The notes changed.")
    elif section == "statements":
        changes = changed(STATEMENTS, old.statements, new.statements)
        yield from (Difference(section, key, f"{sentence}.") for key, sentence in changes)
    elif section in PARTS:
        yield from _reason_differences(section, old, new)
        yield from _row_differences(PARTS[section], old, new)
    else:
        yield from _reason_differences(section, old, new)
        yield from _line_differences(section, old, new)
        if section == "spa" and old.spa_split != new.spa_split:
            yield Difference(section, "spa_split", "The split of supporting activities between employers changed.")


def _header_differences(old: Plan, new: Plan) -> Iterator[Difference]:
    if old.effective_to != new.effective_to:
        sentence = f"The end changed from {_day(old.effective_to)} to {_day(new.effective_to)}."
        yield Difference("period", "effective_to", sentence)
    for key, words in {"payroll_number": "payroll number", "contract": "contract"}.items():
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield Difference("period", key, f"The {words} changed from {_or(before)} to {_or(after)}.")


def _row_differences(part: Part, old: Plan, new: Plan) -> Iterator[Difference]:
    """What changed among the rows of a part, each called by its first words."""
    before, after = ({row["id"]: row for row in plan.entries(part.key)} for plan in (old, new))
    for identity in (*after, *(identity for identity in before if identity not in after)):
        was, now = before.get(identity), after.get(identity)
        if was == now:
            continue
        name = row_title(part, now or was or {})
        if was is None or now is None:
            yield Difference(part.key, identity, f"“{name}” was {'removed' if now is None else 'added'}.")
        else:
            sentences = "; ".join(sentence for _, sentence in changed(part.columns, was, now))
            yield Difference(part.key, identity, f"“{name}” changed: {sentences}.")


def row_title(part: Part, row: Mapping[str, Json]) -> str:
    """What a row is called: its naming column, else what kind of row it is."""
    named = part.column(part.named)
    return shown(named, row[named.key]) if row.get(named.key) else part.one


def changed(columns: Iterable[Field], was: Mapping[str, Json], now: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """The columns that differ, each with its key and a phrase; long texts only say that they changed."""
    for column in columns:
        before, after = was.get(column.key), now.get(column.key)
        if before == after:
            continue
        label = column.label.rstrip("?")
        if column.type == "long_text" and before and after:
            yield column.key, f"{label}: changed"
        else:
            yield column.key, f"{label}: from {_or(shown(column, before))} to {_or(shown(column, after))}"


def shown(column: Field, value: Json) -> str:
    """An answer to a column as text; "" where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.type == "date":
        return in_words(date.fromisoformat(value))
    return dict(column.options).get(value, str(value)) if column.options else str(value)


def _reason_differences(category: str, old: Plan, new: Plan) -> Iterator[Difference]:
    before, after = old.not_applicable.get(category, ""), new.not_applicable.get(category, "")
    title = CATEGORIES.get(category) or PARTS[category].title
    if before and after and before != after:
        yield Difference(category, category, f"The reason why there is no {_lower(title)} changed: {after}")
    elif after and not before:
        yield Difference(category, category, f"{title} no longer applies: {after}")
    elif before and not after:
        yield Difference(category, category, f"It is no longer said that {_lower(title)} does not apply.")


def _line_differences(category: str, old: Plan, new: Plan) -> Iterator[Difference]:
    before = {line.id: line for line in old.activities}
    after = {line.id: line for line in new.activities}
    for line in (*new.activities, *(line for line in old.activities if line.id not in after)):
        was, now = before.get(line.id), after.get(line.id)
        if was != now and category in {each.category for each in (was, now) if each}:
            yield Difference(category, line.id, _change(was, now) if was and now else _coming_or_going(line, now))


def _coming_or_going(line: Activity, now: Activity | None) -> str:
    return f"“{line.title}” was {'added' if now else 'removed'} ({pas_as_text(line.pas)} PA)."


def _change(was: Activity, now: Activity) -> str:
    changes = [
        f"{WORDS[name]} from {_shown(was, name)} to {_shown(now, name)}"
        for name in WORDS
        if getattr(was, name) != getattr(now, name)
    ]
    optional = ("by_times", "more", *SUPPORT)
    changes += [_support_change(was, now, name) for name in optional if getattr(was, name) != getattr(now, name)]
    return f"“{was.title}” changed: {', '.join(changes)}."


def _support_change(was: Activity, now: Activity, name: str) -> str:
    """What a line rests on, briefly: its texts are long."""
    before, after = getattr(was, name), getattr(now, name)
    if name == "more":
        return "; ".join(sentence for _, sentence in changed(MORE, before, after))
    if name == "by_times":
        return "the PAs now follow from the times" if after else "the PAs no longer follow from the times"
    if name == "agreed":
        return f"{SUPPORT[name]}: {'yes' if after else 'not yet'}"
    if name == "teaching":
        return f"{SUPPORT[name]} from “{TEACHING[before]}” to “{TEACHING[after]}”"
    return f"{SUPPORT[name]} {'removed' if not after else 'changed' if before else 'added'}"


WORDS = {
    "category": "category",
    "title": "name",
    "day": "day",
    "start": "start",
    "end": "end",
    "place": "place",
    "pas": "PAs",
    **{part: words for part, words in SHAPE.items() if part not in {"by_times", "more"}},
}


def _shown(line: Activity, name: str) -> str:
    if name == "category":
        return _lower(CATEGORIES[line.category])
    if name == "day":
        return DAYS[line.day] if line.day else "no fixed day"
    if name == "pas":
        return pas_as_text(line.pas)
    if name == "pattern":
        return how_often(line.pattern)
    if name in OFFERED:
        return f"“{OFFERED[name][getattr(line, name)]}”"
    value = getattr(line, name)
    return _or(value.replace("_", " ") if name == "subcategory" else value)


def _day(day: date | None) -> str:
    return in_words(day) if day else "no date"


def _or(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def _lower(title: str) -> str:
    return title if title.isupper() or title.startswith("NHS") else title[0].lower() + title[1:]
