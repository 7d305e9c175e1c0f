"""The history of a case: kinds of events with their words, and the chain of hashes that shows a change."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from string import Formatter
from types import MappingProxyType
from typing import Any

from workflows.domain.vocabulary import MESSAGE_WORDS, OUTCOMES, PROCESSES

EVENTS: Mapping[str, str] = MappingProxyType(
    {
        "case_opened": "The case was opened: {title}.",
        "step_opened": "“{step}” became the next step.",
        "step_completed": "{who} completed “{step}”.",
        "step_cancelled": "“{step}” was no longer needed.",
        "step_claimed": "{who} took on “{step}”.",
        "step_released": "{who} gave “{step}” back to the team.",
        "step_assigned": "{who} assigned “{step}” to {holder}.",
        "holder_changed": "“{step}” passed from {from} to {to}.",
        "supporter_added": "{to} was added as supporter: the clinical manager is not medically qualified.",
        "deadline_opened": "The time for “{deadline}” began to run: it was due on {due_on}.",
        "deadline_extended": "{who} extended “{deadline}” to {due_on}.",
        "deadline_extension_withdrawn": "{who} took back an extension of “{deadline}”: it was due on {due_on} again.",
        "deadline_paused": "{who} stopped the clock of “{deadline}”.",
        "deadline_resumed": "{who} started the clock of “{deadline}” again: it was then due on {due_on}.",
        "deadline_met": "“{deadline}” was met.",
        "deadline_met_late": "“{deadline}” was met late: it had been due on {due_on}.",
        "deadline_missed": "“{deadline}” passed its due date, {due_on}, and stayed to be done.",
        "deadline_lapsed": "The right to “{deadline}” lapsed at the end of {due_on}.",
        "deadline_came": "The day of “{deadline}” came: {due_on}.",
        "deadline_withdrawn": "“{deadline}” was no longer waited for.",
        "deadline_reopened": "“{deadline}” was to be done again, and due on {due_on}.",
        "reminder_sent": "{to} had a reminder of “{deadline}”, due on {due_on}.",
        "escalated": "“{deadline}”, due on {due_on}, was escalated to {to}.",
        "timer_fired": "The time of “{deadline}” ran out and the case moved on.",
        "plan_saved": "{who} changed the job plan: version {number}.",
        "plan_signed": "{who} signed the job plan as {role}.",
        "signature_voided": "The signature of {whose} no longer counted, because this had changed: {sections}.",
        "agreement_refused": "{who} recorded that no agreement was reached.",
        "plan_returned": "{who} returned the job plan, with reasons for: {sections}.",
        "plan_agreed": "Version {number} of the job plan was agreed: it comes into force on {effective_from}.",
        "plan_in_force": "Version {number} of the job plan came into force from {effective_from}.",
        "plan_superseded": "Version {number} of the job plan was superseded.",
        "team_plan_approved": "{who} approved version {number} of the team plan.",
        "distributed": "The job plan was sent to: {roles}.",
        "case_started_child": "A case was started: {process}.",
        "message_sent": "The case sent word: {name}.",
        "message_received": "The case had word: {name}.",
        "decided": "A table decided “{name}”.",
        "parties_frozen": "The parties were recorded: {people}.",
        "role_given": "{who} named {whose} as {role}.",
        "role_taken": "{whose} took the seat of the third member of the panel.",
        "role_ended": "{whose} was no longer {role}.",
        "third_proposed": "{whose} was next on the panel register, and was called as third member of the panel.",
        "third_objected": "A party objected to {whose} as third member of the panel.",
        "register_exhausted": "Nobody on the panel register could be called as third member of the panel.",
        "dispute_concluded": "The dispute ended: {outcome}.",
        "settlement_proposed": "{who} proposed a settlement.",
        "settlement_refused": "{who} did not agree to the settlement that {whose} had proposed.",
        "dispute_ended": "{who} ended the dispute: {outcome}.",
        "case_closed": "The case was closed.",
        "case_withdrawn": "{who} withdrew the case, which had been started by mistake.",
        "case_moved": "{who} moved the case from release {before} to release {after} of the processes.",
        "case_moved_back": "{who} put the case back from release {before} to release {after}, as it had been.",
        "document_added": "{who} added a document: {type}.",
        "document_opened": "{who} opened a document: {type}.",
        "document_removed": "{who} took out a document that they had added.",
        "document_refused": "{who} sent a file in which the scanner found malware. It was not kept.",
        "extra_pa_offered": "The agreement {reference} was put in writing: from {starts} to {ends}.",
        "extra_pa_agreed": "{who} accepted the agreement {reference}: from {starts} to {ends}.",
        "extra_pa_notice": "Notice was given under {reference}: from {starts} on {pas}.",
        "extra_pa_over": "The agreement {reference} was over: {state}.",
        "extra_pa_worked": "{who} entered what was worked under {reference} on {day}.",
        "pay_progression_decided": "The result of pay progression for {year} was kept.",
        "letter_sent": "{to} got a letter: {name}.",
        "letter_opened": "{who} opened a letter: {name}.",
        "bundle_made": "{who} had the bundle of the case made: {pages} pages.",
        "comment_written": "{who} wrote a comment.",
        "comment_removed": "{who} took a comment back.",
        "incident_recorded": "The case could not go on at “{step}”: {reason}",
        "incident_settled": "What had stopped the case at “{step}” was settled.",
    }
)
"""The kinds of events, in the past tense, with what they tell. Names in braces are details; `who` is who did it.

Reasons and other words of people are not among them: they live in rows that can be erased.
"""

UNKNOWN = "(not recorded)"


class _Words(dict[str, Any]):
    """Details for a template: history must stay readable where an old event lacks a detail that is told today."""

    def __missing__(self, key: str) -> str:
        return UNKNOWN


def details_of(kind: str) -> frozenset[str]:
    """The details that the words of a kind of event need."""
    return frozenset(name for _, name, _, _ in Formatter().parse(EVENTS[kind]) if name)


def sentence(kind: str, details: Mapping[str, object]) -> str:
    """The event in words. `details` hold words, not ids: names of people, dates as people write them."""
    given = {key: _named(kind, key, value) for key, value in details.items() if value not in (None, "")}
    words = EVENTS[kind].format_map(_Words(given))
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _named(kind: str, key: str, value: object) -> object:
    """Processes, outcomes and messages by their words; anything else as it is."""
    if key == "process":
        return PROCESSES.get(str(value), value)
    if key == "outcome":
        return OUTCOMES.get(str(value), value)
    return MESSAGE_WORDS.get(str(value), value) if kind.startswith("message_") and key == "name" else value


def event_hash(  # noqa: PLR0913 - the hash covers everything that an event says
    *,
    previous: str,
    number: int,
    at: datetime,
    kind: str,
    who: int | None,
    on_behalf: int | None,
    clause: str,
    release: int,
    details: Mapping[str, object],
    case: int,
) -> str:
    """The sha256 (hex) of an event over the hash of the one before it; "" before the first.

    `case` and `release` are ids. `details` must be JSON: mappings with text keys, lists, texts, numbers, yes/no, None.
    """
    if at.tzinfo is None:
        raise ValueError("An instant needs its time zone.")
    content = {
        "previous": previous,
        "case": case,
        "number": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": kind,
        "who": who,
        "on_behalf": on_behalf,
        "clause": clause,
        "release": release,
        "details": details,
    }
    return chained(content)


def chained(content: Mapping[str, object]) -> str:
    """The sha256 (hex) of what a line of a chain says, the hash of the line before it among it. All of it is JSON."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
