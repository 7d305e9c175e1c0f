"""What changed between two versions of a job plan, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from workflows.domain.calendars import in_words
from workflows.domain.plan.content import Plan
from workflows.domain.plan.lines import CATEGORIES, DAYS, SECTIONS, SUPPORT, TEACHING, Activity, pas_as_text


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
            yield Difference(
                section, "base", f"The main place of work changed from {_or(old.base)} to {_or(new.base)}."
            )
    elif section == "notes":
        if old.notes != new.notes:
            yield Difference(section, "notes", "The notes changed.")
    else:
        yield from _reason_differences(section, old, new)
        yield from _line_differences(section, old, new)
        if section == "spa" and old.spa_split != new.spa_split:
            yield Difference(section, "spa_split", "The split of supporting activities between employers changed.")


def _reason_differences(category: str, old: Plan, new: Plan) -> Iterator[Difference]:
    before, after = old.not_applicable.get(category, ""), new.not_applicable.get(category, "")
    title = CATEGORIES[category]
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
        for name in (field.name for field in fields(Activity) if field.name not in SUPPORT)
        if getattr(was, name) != getattr(now, name)
    ]
    changes += [_support_change(was, now, name) for name in SUPPORT if getattr(was, name) != getattr(now, name)]
    return f"“{was.title}” changed: {', '.join(changes)}."


def _support_change(was: Activity, now: Activity, name: str) -> str:
    """What a line rests on, briefly: its texts are long."""
    before, after = getattr(was, name), getattr(now, name)
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
}


def _shown(line: Activity, name: str) -> str:
    if name == "category":
        return _lower(CATEGORIES[line.category])
    if name == "day":
        return DAYS[line.day] if line.day else "no fixed day"
    if name == "pas":
        return pas_as_text(line.pas)
    return _or(getattr(line, name))


def _day(day: date | None) -> str:
    return in_words(day) if day else "no date"


def _or(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def _lower(title: str) -> str:
    return title if title.isupper() or title.startswith("NHS") else title[0].lower() + title[1:]
