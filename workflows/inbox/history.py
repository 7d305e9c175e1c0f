"""The history of a case in words, the newest line first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from workflows.domain.calendars import in_words
from workflows.domain.events import EVENTS, sentence
from workflows.domain.plan import section_title
from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.domain.wording import listed
from workflows.inbox import Session
from workflows.inbox.clauses import of_the_trust
from workflows.store import case_pages, incident_events, lists
from workflows.store.models import Case, Event, Json

BY_ITSELF = "Accord"
PEOPLE = frozenset({"holder", "to", "from", "whose", "holders", "person", "assigned_to", "people"})
"""Details that may hold ids of people: the history keeps ids, and names live where they can be erased."""


@dataclass(frozen=True)
class Line:
    """An event in words. `who` is empty where nobody acted: the case or time itself did."""

    number: int
    at: datetime
    kind: str
    words: str
    who: str
    on_behalf_of: str
    clause: str


def of_case(session: Session, *, case: Case, policy: Policy) -> tuple[Line, ...]:
    """The case's whole history: two statements, however long it is."""
    events = case_pages.events(session, case_id=case.id)
    names = lists.names(session, trust_id=case.trust_id, person_ids=set(_ids(events)))
    failed = [event.details["incident"] for event in events if event.kind == "incident_recorded"]
    why = incident_events.sentences(session, case_id=case.id, keys=failed) if failed else {}
    return tuple(_line(event, case, policy, names, why) for event in events)


def _ids(events: Iterable[Event]) -> Iterator[int]:
    for event in events:
        yield from (person for person in (event.who_id, event.on_behalf_of_id) if person)
        for key in PEOPLE & event.details.keys():
            yield from _people(event.details[key])


def _people(value: Json) -> list[int]:
    held = value if isinstance(value, list) else [value]
    return [one for one in held if isinstance(one, int) and not isinstance(one, bool)]


def _line(event: Event, case: Case, policy: Policy, names: Mapping[int, str], why: Mapping[str, str]) -> Line:
    who = names.get(event.who_id or 0, "")
    on_behalf_of = names.get(event.on_behalf_of_id or 0, "")
    return Line(
        number=event.number,
        at=event.at,
        kind=event.kind,
        words=_words(event, case, policy, names, f"{who} for {on_behalf_of}" if on_behalf_of else who, why),
        who=who,
        on_behalf_of=on_behalf_of,
        clause=of_the_trust(event.clause, case.reference.partition("-")[0]),
    )


def _words(  # noqa: PLR0917 - what an event is told with, gathered once
    event: Event, case: Case, policy: Policy, names: Mapping[int, str], who: str, why: Mapping[str, str]
) -> str:
    if event.kind not in EVENTS:
        named = event.details.get("name") or event.details.get("title") or ""
        return f"{event.kind.replace('_', ' ').capitalize()}{f': {named}' if named else ''}."
    details = {key: _said(key, value, policy, names) for key, value in event.details.items()}
    details["who"] = who or BY_ITSELF
    if event.kind.startswith("incident_"):
        details["reason"] = why.get(event.details.get("incident", ""), "")
    if event.kind.startswith(("step_", "incident_")) or event.kind == "holder_changed":
        details["step"] = event.details.get("name") or details.get("step", "")
    if event.kind == "step_opened" and details.get("holders"):
        return f"“{details['step']}” became the next step, with {details['holders']}."
    if event.details.get("title") and "deadline" in event.details:
        details["deadline"] = event.details["title"]
    if event.kind == "case_opened":
        details.setdefault("title", case.title)
    return sentence(event.kind, details)


def _said(key: str, value: Json, policy: Policy, names: Mapping[int, str]) -> str:
    """A detail in words: people by name, days as people write them, roles and sections by their titles."""
    if isinstance(value, list):
        return listed([_said(key, one, policy, names) for one in value])
    if key in PEOPLE and isinstance(value, int):
        return names.get(value, "somebody who has left")
    if isinstance(value, str):
        return _text(key, value, policy)
    return "" if value is None else str(value)


def _text(key: str, value: str, policy: Policy) -> str:
    if key == "sections":
        return section_title(value)
    if value in set(Role):
        return policy.title(value)
    if len(value) == 10 and value[4:5] == "-":
        try:
            return in_words(date.fromisoformat(value))
        except ValueError:
            return value
    return value
