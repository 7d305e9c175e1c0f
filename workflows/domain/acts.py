"""Acts outside cases: what somebody did to a trust's people or records, in words, chained as a case's history is."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from string import Formatter
from types import MappingProxyType

from workflows.domain.events import UNKNOWN, chained

ACTS: Mapping[str, str] = MappingProxyType(
    {
        "people_imported": "{who} imported a list of people: {added} added, {changed} changed, {ended} ended.",
        "people_exported": "{who} took out the list of people: {people} in number.",
        "person_added": "{who} added {person}.",
        "person_changed": "{who} changed what is recorded of {person}.",
        "person_left": "{who} recorded that {person} leaves.",
        "contract_recorded": "{who} recorded a contract of {person}.",
        "contract_ended": "{who} recorded the end of a contract of {person}.",
        "post_given": "{who} gave {person} a post: {role}.",
        "post_ended": "{who} recorded the end of a post of {person}: {role}.",
        "care_group_added": "{who} added care group {care_group}.",
        "care_group_renamed": "{who} gave care group {care_group} another name.",
        "team_added": "{who} added team {team}.",
        "team_renamed": "{who} gave team {team} another name.",
        "deputy_recorded": "{who} recorded {deputy} as deputy for {person}.",
        "deputy_ended": "{who} ended the time of {deputy} as deputy for {person}.",
        "panel_member_listed": "{who} put {person} on the register of panel members.",
        "panel_member_changed": "{who} changed what the register of panel members says of {person}.",
        "panel_member_taken_off": "{who} took {person} off the register of panel members.",
        "panel_register_reviewed": "{who} recorded a review of the register of panel members, done on {day}.",
        "rota_added": "{who} added on-call rota {rota}.",
        "rota_changed": "{who} changed what is recorded of on-call rota {rota}.",
        "rota_closed": "{who} closed on-call rota {rota} from {day}.",
        "rota_category_set": "{who} set on-call rota {rota} to category {category}.",
        "rota_member_added": "{who} put {person} on on-call rota {rota}.",
        "rota_member_ended": "{who} recorded the last day of {person} on on-call rota {rota}.",
        "diary_opened": "{who} opened the diary of on-call rota {rota} from {first} to {last}.",
        "on_call_agreed": "{who} agreed the work of on-call rota {rota} from {first}: {predictable} PA predictable"
        " and {unpredictable} PA unpredictable a week.",
        "extra_pas_foreseen": "{who} entered extra programmed activities that {team} foresees.",
        "extra_pas_not_foreseen": "{who} took out extra programmed activities that {team} had foreseen.",
        "disputes_exported": "{who} took out the board of disputes: {disputes} in number.",
        "calendar_made": "{who} made a secret address for a calendar of disputes.",
        "calendar_ended": "{who} ended the secret address of a calendar of disputes.",
        "account_opened": "{who} opened an account for {person}.",
        "account_closed": "{who} closed the account of {person}.",
        "password_asked": "A link to set a new password was asked for {person}.",
        "password_set": "{person} set a new password.",
        "sessions_ended": "{who} ended sessions of {person}.",
        "incident_retried": "{who} had incident {incident} tried again.",
        "incident_given_up": "{who} gave up incident {incident}.",
        "case_erased": "Personal text of case {case} was erased under the rule {rule}: {pieces} pieces.",
        "person_erased": "{person} was erased under the rule {rule}: {pieces} pieces.",
        "post_erased": "Old notices and e-mails were erased under the rule {rule}: {pieces} pieces.",
        "subject_exported": "{who} took out what is held about {person}.",
        "draft_begun": "{who} began draft {draft} of the processes.",
        "draft_dropped": "{who} dropped draft {draft} of the processes.",
        "draft_submitted": "{who} submitted draft {draft} of the processes for approval.",
        "draft_withdrawn": "{who} took draft {draft} of the processes back from approval.",
        "draft_approved": "{who} approved draft {draft} of the processes.",
        "draft_returned": "{who} returned draft {draft} of the processes, with reasons.",
        "release_published": "{who} published draft {draft} of the processes as release {release}.",
        "moves_begun": "{who} began to move cases to release {release} of the processes: {cases} in number.",
        "moves_stopped": "{who} stopped batch {batch} of moved cases.",
        "moves_continued": "{who} let batch {batch} of moved cases go on.",
        "moves_undone": "{who} had batch {batch} of moved cases undone: {cases} in number.",
        "release_published_again": "{who} published release {again} of the processes again, as release {release}.",
        "backup_made": "A backup of this installation was made: {rows} rows.",
        "backup_restored": "This installation was restored from a backup of {made_at}.",
    }
)
"""The kinds of acts, in the past tense. Names in braces are details; `who` is who did it.

Details are ids and figures, never words of people or about them: nothing takes an act out again.
"""

OF_THE_STUDIO = frozenset(kind for kind in ACTS if kind.startswith(("draft_", "release_", "moves_")))
"""The kinds that tell of the trust's processes and of nobody else."""

PEOPLE = frozenset({"person", "deputy"})
"""Details that hold a person's id."""

BY_ITSELF = "Accord"


class UnknownAct(ValueError):
    """A kind of act that has no words."""


def details_of(kind: str) -> frozenset[str]:
    """The details that the words of a kind of act need."""
    return frozenset(name for _, name, _, _ in Formatter().parse(ACTS[kind]) if name) - {"who"}


def sentence(kind: str, details: Mapping[str, object], *, who: str, names: Mapping[int, str]) -> str:
    """The act in words. `who` is "" where time or a command did it; `names` are those of people by id."""
    said = {
        key: names.get(value, "somebody who has left") if key in PEOPLE and isinstance(value, int) else value
        for key, value in details.items()
    }
    wanted = {key: said.get(key, UNKNOWN) for key in details_of(kind)}
    return ACTS[kind].format_map({**wanted, "who": who or BY_ITSELF})


def act_hash(
    *,
    previous: str,
    trust: int,
    number: int,
    at: datetime,
    kind: str,
    who: int | None,
    details: Mapping[str, object],
) -> str:
    """The sha256 (hex) of an act over the hash of the trust's act before it; "" before the first."""
    if at.tzinfo is None:
        raise ValueError("An instant needs its time zone.")
    return chained(
        {
            "previous": previous,
            "trust": trust,
            "number": number,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "kind": kind,
            "who": who,
            "details": details,
        }
    )


def anchor_hash(*, previous: str, trust: str, number: int, day: date, heads: Mapping[str, object]) -> str:
    """The sha256 (hex) of an anchor over the one before it. `trust` is the trust's key: an anchor leaves the house,
    and is read where no ids are known."""
    return chained({"previous": previous, "trust": trust, "number": number, "day": day.isoformat(), "heads": heads})
