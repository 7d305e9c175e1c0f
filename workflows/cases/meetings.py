"""Meetings: who is invited when one is booked, moved or called off. What books one is in `domain.meetings`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from workflows.domain.meetings import BOOKED, INVITED, Meeting, booked_in, meeting_of
from workflows.domain.roles import Role
from workflows.engine.holders import unique
from workflows.engine.moves import Move
from workflows.engine.notices import tell
from workflows.store import mail as mail_rows
from workflows.store import meetings as meeting_rows
from workflows.store.meetings import Bookings, Contact
from workflows.store.models import Json

PARTIES = (Role.PRACTITIONER, Role.CLINICAL_MANAGER)
PANEL = (Role.PANEL_CHAIR, Role.PANEL_MEMBER)
OF_A_DISPUTE: Mapping[str, Sequence[Role]] = MappingProxyType(
    {"mediation": (Role.MEDIATOR,), "hearing": PANEL, "hearing_resumed": PANEL}
)
"""Who comes to the meetings of a dispute beside its parties."""


def inviting(answers: Mapping[str, Json]) -> Callable[[Move], None] | None:
    """What a step does that books a meeting; None for one that books none."""
    keys = booked_in(answers)
    return partial(invite, keys=keys) if keys else None


def invite(move: Move, *, keys: Sequence[str]) -> None:
    """Invite those who take part, or tell them that the meeting has moved or is off."""
    first = move.known.stored.isdisjoint(f"{key}{BOOKED}" for key in keys)
    before = Bookings() if first else meeting_rows.bookings(move.session, case_id=move.case.id)
    for key in keys:
        book(move, key, before)


def book(move: Move, key: str, before: Bookings) -> None:
    """Tell of one meeting as the case knows it now. `before`: as it was."""
    number = before.times.get(f"{key}{BOOKED}", 0)
    people = participants(move, key)
    earlier = invited_to(move, key) if number else frozenset()
    contacts = meeting_rows.contacts(move.session, person_ids={*people, *earlier}, today=move.today)
    was = meeting(move, key, before.facts, number, [contacts[person] for person in earlier])
    is_now = meeting(move, key, move.known, number, [contacts[person] for person in people])
    if is_now is not None:
        unchanged = was is not None and (was.when, was.place) == (is_now.when, is_now.place)
        told = [person for person in people if not (unchanged and person in earlier)]
        tell_of(move, is_now, {person: contacts[person] for person in told}, moved_from=was)
    if was is not None:
        gone = sorted(earlier - set(people) if is_now else earlier)
        tell_of(move, was.called_off(number, move.now), {person: contacts[person] for person in gone})


def call_off(move: Move) -> None:
    """The case ends before its time: meetings that were to come are off."""
    before = meeting_rows.bookings(move.session, case_id=move.case.id)
    for key in booked_in(before.facts):
        number = before.times[f"{key}{BOOKED}"]
        contacts = meeting_rows.contacts(move.session, person_ids=invited_to(move, key), today=move.today)
        was = meeting(move, key, before.facts, number, contacts.values())
        if was is not None and was.on >= move.today:
            tell_of(move, was.called_off(number, move.now), contacts)


def pass_on(move: Move, key: str, *, old: int, new: int) -> None:
    """Somebody comes to a meeting in place of another: if it is still to come, one is invited, and for the other it is
    off."""
    number = meeting_rows.bookings(move.session, case_id=move.case.id).times.get(f"{key}{BOOKED}", 0)
    earlier = invited_to(move, key)
    contacts = meeting_rows.contacts(move.session, person_ids={*earlier, old, new}, today=move.today)
    people = [contacts[person] for person in sorted({*earlier, new} - {old})]
    about = meeting(move, key, move.known, max(0, number - 1), people)
    if about is None or about.on < move.today:
        return
    tell_of(move, about, {new: contacts[new]})
    if old in earlier:
        tell_of(move, about.called_off(number, move.now), {old: contacts[old]})


def invited_to(move: Move, key: str) -> frozenset[int]:
    """Who has been told of a meeting of the case."""
    return meeting_rows.invited(move.session, case_id=move.case.id, meeting=key)


def meeting(move: Move, key: str, facts: Mapping[str, Json], number: int, people: Iterable[Contact]) -> Meeting | None:
    """A meeting of the case, as these facts say it."""
    case, invited = move.case, [(one.name, one.email) for one in people]
    return meeting_of(
        key, facts, case=case.reference, about=case.title, people=invited, number=number, said_at=move.now
    )


def participants(move: Move, key: str) -> list[int]:
    """The parties, whoever booked it, those whom the booking names, and the holders of roles that it invites.

    To a team's session come all its doctors, and the roles that its policy wants there (CPFT-7.4.1-a).
    """
    known, bench = move.known, move.bench
    roles = [role for role in Role if known.get(f"{role.value}{INVITED}") is True]
    booker = move.by.whose
    named = known.get(f"{key}_with") or []
    of_a_team = move.case.team_id is not None and move.case.subject_id is None
    groups = move.loaded.policy.values.get("team_session_groups", {}) if of_a_team else {}
    wanted = bench.any_of(role for role in Role if role in groups)
    judging = [person for role in OF_A_DISPUTE.get(key, ()) for person in bench.named(role)]
    return unique([*bench.told([*PARTIES, *roles]), *wanted, *judging, *([booker] if booker else []), *named])


def tell_of(move: Move, about: Meeting, people: Mapping[int, Contact], *, moved_from: Meeting | None = None) -> None:
    """A notice to each, and an e-mail with the calendar file to whoever wants any e-mail: it cannot wait for seven."""
    told = tell(
        move,
        people,
        key=meeting_rows.key_of(move.case.id, about.key, about.number),
        kind=meeting_rows.KIND,
        subject=f"{'Called off: ' if about.off else ''}{about.what} on {about.when}: {about.about}",
        words=_words(about, moved_from),
        ending=meeting_rows.OFF if about.off else "",
    )
    mails = [
        mail_rows.NewMail(
            trust_id=notice.trust_id,
            person_id=notice.person_id,
            case_id=notice.case_id,
            key=notice.key,
            kind=notice.kind,
            subject=notice.subject,
            words=notice.words,
            link=f"/cases/{about.case}",
            calendar=about.as_json(),
            at=move.now,
        )
        for notice in told
        if people[notice.person_id].mail != "never"
    ]
    mail_rows.add(move.session, mails=mails)


def _words(about: Meeting, moved_from: Meeting | None) -> str:
    place = f", {about.place}" if about.place else ""
    if about.off:
        return f"This {about.what.lower()} was to be on {about.when}{place}. It is off."
    said = f"You are invited on {about.when}{place}."
    if moved_from is None or (moved_from.when, moved_from.place) == (about.when, about.place):
        return said
    return f"{said} Before, it was to be on {moved_from.when}{', ' + moved_from.place if moved_from.place else ''}."
