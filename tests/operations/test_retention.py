"""Retention: words of people go when their time is over, and every history stays whole."""

import base64
import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import JSON, LargeBinary, String, select, update
from sqlalchemy.orm import Session

from tests.cases.conftest import SQLITE
from tests.cases.stages import accept, changed, moved, sign, to_signatures
from tests.cases.walk import Walk
from workflows.clock import keeping
from workflows.clock.looking import Tally
from workflows.operations import audit, retention
from workflows.store import acts, backups, incidents
from workflows.store.models import (
    Account,
    Act,
    Base,
    Comment,
    DeadlineChange,
    Document,
    Draft,
    Erasure,
    Event,
    Letter,
    Mail,
    Notice,
    PanelConflict,
    PanelMember,
    PanelReview,
    Person,
    PlanVersion,
    Post,
    Visit,
)

WORD = "Quillfeather"
"""Stands in everything that somebody writes here."""


@pytest.fixture
def closed(cpft: Walk) -> str:
    """A case that has closed, with words in every place that has room for them; the doctor has left."""
    plan = moved(changed(notes=f"{WORD} notes", base=f"{WORD} base"), title=f"{WORD} clinic")
    reference = to_signatures(cpft, plan=plan)
    sign(cpft, reference, cpft.house.doctor, cpft.house.manager)
    accept(cpft, reference)
    assert cpft.case(reference).status == "closed"
    with cpft.session() as session:
        write_in_case(cpft, session, reference)
        write_about_person(cpft, session)
        session.commit()
    return reference


def write_in_case(walk: Walk, session: Session, reference: str) -> None:
    case, doctor = walk.case(reference), walk.house.doctor
    about: dict[str, Any] = {"trust_id": case.trust_id, "case_id": case.id}
    by: dict[str, Any] = {"stage": case.process, "by_id": doctor.id, "at": walk.at, "removed_at": None}
    said: dict[str, Any] = {"person_id": doctor.id, "kind": "notice", "subject": WORD, "words": WORD}
    step = walk.steps(reference, "compare_contract")[0]
    deadline = walk.rows(session, reference, "sign_off")[0]
    extended = {"kind": "extension", "to_on": date(2027, 9, 1), "by_id": doctor.id, "at": walk.at}
    file = {"type": "application/pdf", "size": 9, "sha256": "0", "scan": "clean", "content": WORD.encode()}
    sent = {"status": "sent", "at": walk.at, "calendar": WORD, "failure": WORD}
    session.add_all(
        [
            Comment(**about, **by, words=f"{WORD} said"),
            Document(**about, **by, **file, title=f"{WORD} letter", name=f"{WORD}.pdf"),
            Letter(**about, **letter_to(walk), content=WORD.encode()),
            Notice(**about, **said, key="n", written_at=walk.at),
            Mail(**about, **said, **sent, key="m", written_at=walk.at),
            Draft(step_id=step.id, person_id=doctor.id, values={"note": WORD}, saved_at=walk.at),
            DeadlineChange(**extended, deadline_id=deadline.id, reason=WORD),
        ]
    )
    incidents.record(session, **about, key="firing:1", element="", sentence=f"{WORD} failed.", now=walk.at)
    incidents.settle(session, key="firing:1", now=walk.at)


def letter_to(walk: Walk) -> dict[str, Any]:
    what = {"stage": "individual_planning", "key": "decision", "title": "The decision", "size": 6, "sha256": "0" * 64}
    whom = {"to_person_id": walk.house.doctor.id, "role": "practitioner", "is_copy": False, "sent_at": walk.at}
    return what | whom


def write_about_person(walk: Walk, session: Session) -> None:
    doctor, gone = walk.house.doctor, walk.at.date() + timedelta(days=30)
    account = Account(person_id=doctor.id, password_hash="hash-of-theirs", session_key="key", persona=WORD)
    session.add(account)
    session.flush()
    seen = {"began_at": walk.at, "seen_at": walk.at, "ends_at": walk.at, "ended_at": None}
    session.add(Visit(account_id=account.id, token_hash="t", browser=WORD, **seen))
    write_on_register(walk, session)
    session.execute(update(Person).where(Person.id == doctor.id).values(left_on=gone, employee_number="E1"))
    session.execute(update(Post).where(Post.person_id == doctor.id).values(ends_on=gone))


def write_on_register(walk: Walk, session: Session) -> None:
    """The doctor on the register of panel members, and a conflict of somebody else with them."""
    house = walk.house
    entry = {"trust_id": house.trust.id, "starts_on": walk.at.date(), "added_at": walk.at}
    theirs = PanelMember(
        **entry, person_id=house.doctor.id, organisation=WORD, specialties=WORD, taken_off_because=WORD
    )
    other = PanelMember(**entry, person_id=house.colleague.id, organisation="Elsewhere", specialties="")
    theirs.conflicts = [PanelConflict(words=WORD)]
    other.conflicts = [PanelConflict(words=f"Shares a clinic with {house.doctor.name}."), PanelConflict(words="BMA")]
    done = {"day": walk.at.date(), "by_id": house.directorate.id, "recorded_at": walk.at}
    session.add_all([theirs, other, PanelReview(trust_id=house.trust.id, note=f"{WORD} noted", **done)])


def erase(walk: Walk) -> int:
    tally = Tally()
    keeping.erase(walk.session, tally, walk.at)
    return tally.done["erased"]


def found(walk: Walk, *words: str) -> list[str]:
    """Every column of every table in which one of these words stands."""
    places = []
    with walk.session() as session:
        for table in backups.tables():
            for line in backups.rows(session, table=table):
                row = json.loads(line)
                places += [
                    f"{table}.{column}"
                    for column, value in row.items()
                    if any(word in _text(table, column, value) for word in words)
                ]
    return sorted(set(places))


def _text(table: str, column: str, value: Any) -> str:
    kind = Base.metadata.tables[table].columns[column].type
    if isinstance(kind, LargeBinary) and value:
        return base64.b64decode(value).decode("utf-8", errors="replace")
    return json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value


def chain(walk: Walk) -> list[tuple[Any, ...]]:
    with walk.session() as session:
        return [(row.case_id, row.number, row.hash, str(row.details)) for row in session.scalars(select(Event))]


def whole(walk: Walk) -> bool:
    with walk.session() as session:
        return not list(audit.verify(session, checked=audit.Checked()))


def test_nothing_goes_before_its_time(cpft: Walk, closed: str) -> None:
    before = found(cpft, WORD)
    cpft.at = cpft.at.replace(year=2029) - timedelta(days=1)
    assert erase(cpft) == 0
    assert found(cpft, WORD) == before


def test_notices_and_e_mails_go_after_two_years(cpft: Walk, closed: str) -> None:
    cpft.at = cpft.at.replace(year=2029) + timedelta(days=2)
    assert erase(cpft) > 0
    left = found(cpft, WORD)
    assert not any(place.startswith(("notice.", "mail.", "incident", "panel_review.")) for place in left)
    assert "panel_member.organisation" in left
    assert "fact.value" in left or "plan_version.content" in left


def test_no_erased_word_is_left_in_any_column_and_every_history_stays_whole(cpft: Walk, closed: str) -> None:
    doctor = cpft.house.doctor
    personal = (WORD, doctor.name, doctor.email, "E1", "Checked with payroll", "hash-of-theirs")
    assert {"fact.value", "plan_version.content", "document.content", "comment.words", "draft.values"} <= set(
        found(cpft, *personal)
    )
    assert not any(place.startswith(("event.", "act.", "anchor.")) for place in found(cpft, *personal)), (
        "a history holds ids, never words of people"
    )
    events = chain(cpft)
    cpft.at = cpft.at.replace(year=2034)
    assert erase(cpft) > 10
    assert found(cpft, *personal) == []
    assert chain(cpft) == events
    assert whole(cpft)
    with cpft.session() as session:
        kinds = {act.kind for act in session.scalars(select(Act))}
        assert {"case_erased", "person_erased"} <= kinds
        assert {row.rule for row in session.scalars(select(Erasure))} >= {"case_years", "person_years"}
        assert session.get_one(Person, doctor.id).erased_at == cpft.at
        words = set(session.scalars(select(PanelConflict.words)))
        assert words == {"", "BMA"}, "of others, what has nothing to do with them stays"
    assert erase(cpft) == 0, "once is enough"


@pytest.mark.parametrize("status", ["in_force", "agreed"])
def test_a_plan_that_counts_or_will_stays_while_its_doctor_does(cpft: Walk, closed: str, status: str) -> None:
    with cpft.session() as session:
        session.execute(update(PlanVersion).where(PlanVersion.status == "in_force").values(status=status))
        session.execute(update(Person).where(Person.id == cpft.house.doctor.id).values(left_on=None))
        session.commit()
    cpft.at = cpft.at.replace(year=2034)
    erase(cpft)
    with cpft.session() as session:
        [plan] = session.scalars(select(PlanVersion).where(PlanVersion.status == status))
        assert WORD in json.dumps(plan.content)
        assert session.get_one(Person, cpft.house.doctor.id).name == cpft.house.doctor.name
    assert "comment.words" not in found(cpft, WORD)


def test_nobody_is_erased_whose_case_has_its_text_still(cpft: Walk) -> None:
    reference = to_signatures(cpft)
    doctor = cpft.house.doctor
    with cpft.session() as session:
        session.execute(update(Person).where(Person.id == doctor.id).values(left_on=cpft.at.date()))
        session.commit()
    cpft.at = cpft.at.replace(year=2040)
    erase(cpft)
    assert cpft.case(reference).status == "open"
    with cpft.session() as session:
        assert session.get_one(Person, doctor.id).name == doctor.name


def test_other_trusts_have_their_own_rules_and_words(cpft: Walk, bth: Walk, closed: str) -> None:
    cpft.at = cpft.at.replace(year=2034)
    with cpft.session() as session:
        due = retention.due(session, trust_id=bth.house.trust.id, now=cpft.at)
        assert due.cases == ()
        assert closed in [
            reference for _, reference in retention.due(session, trust_id=cpft.house.trust.id, now=cpft.at).cases
        ]
    assert "Cases due: none" in retention.in_words(due)
    assert "not verified" in retention.in_words(due)


TEXT_ELSEWHERE = frozenset(
    {
        *("trust.name", "trust.policy", "care_group.name", "team.name", "release.note", "release_file.text"),
        *("case.title", "case.state", "attempt.key", "signature.sections"),
        "panel_approval.body",
        *("pay_review.criteria", "pay_review.source", "pay_review.threshold"),
        *("rota.name", "rota.frequency", "rota.category", "rota.category_reason"),
        *("rota_diary.predictable_pas", "rota_diary.unpredictable_pas", "rota_diary.working"),
        *("diary_entry.starts_at", "diary_entry.ends_at"),
        *("release_draft.name", "release_draft.note", "release_draft_file.text", "release_draft_edit.state"),
        *("release_draft_edit.before", "release_draft_edit.after", "release_draft_edit.said"),
        "release_draft_decision.note",
        *("move_batch.because", "move_batch.note", "move_item.reason", "move_item.before", "move_item.before_state"),
        *("rehearsal_state.said", "rehearsal_state.database"),
    }
)
"""Columns that hold no words about a person, or only while that person's name is kept: a case's title is changed with
it, a state holds routing alone, an attempt's key is a hash, a body that approves panel members is the policy's,
a result of pay progression holds keys, a rota what a team does, and its diary times and figures, a draft what is
drawn and why, a batch of moved cases why they were moved, and how their rows stood; a
rehearsal what invented people did."""
IDS_AND_KEYS = frozenset(
    {
        *("key", "kind", "status", "role", "process", "element", "hash", "previous", "sha256", "type", "stage", "scan"),
        *("reference", "year", "clause", "rule", "task", "caller", "item", "screen", "deadline", "queue", "policy"),
        *("details", "heads", "event_head", "engine_version", "started_by", "content_hash", "path", "token_hash"),
        *("counts", "server", "clock", "sections", "contract_kind", "grade", "found", "seat", "basis"),
    }
)
ERASED = frozenset(
    {
        *("person.name", "person.email", "person.employee_number", "person.registration", "contract.payroll_number"),
        *("account.password_hash", "account.session_key", "account.mail", "account.persona", "deputy.reason"),
        *("visit.browser", "people_file.name", "people_file.text", "comment.words", "document.title", "document.name"),
        *("document.content", "draft.values", "fact.value", "deadline_change.reason", "notice.subject", "notice.words"),
        *("mail.subject", "mail.words", "mail.link", "mail.calendar", "mail.failure", "incident.sentence"),
        *("incident_line.words", "message.facts", "plan_version.content", "team_plan.content"),
        *("panel_member.organisation", "panel_member.specialties", "panel_member.taken_off_because"),
        *("panel_conflict.words", "panel_review.note", "case_role.because", "saved_view.name", "saved_view.asked"),
        *("rota_diary.note", "extra_pa_use.words", "extra_pa_need.words"),
        *("signature.voided_because", "letter.content", "letter.title", "step.name", "deadline.name", "message.name"),
    }
)
"""What a rule takes out; names of steps, deadlines and messages and titles of letters are the drawing's."""


def test_every_column_that_can_hold_words_is_known_to_the_rules() -> None:
    wordy = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | JSON | LargeBinary) and column.name not in IDS_AND_KEYS
    }
    assert wordy - TEXT_ELSEWHERE == ERASED


@SQLITE
def test_an_act_that_says_what_was_erased_names_nobody(cpft: Walk, closed: str) -> None:
    cpft.at = cpft.at.replace(year=2034)
    erase(cpft)
    with cpft.session() as session:
        said = json.dumps([act.details for act in acts.newest(session, trust_id=cpft.house.trust.id, limit=9)])
    assert closed in said
    assert cpft.house.doctor.name not in said
