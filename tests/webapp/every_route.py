"""All that the site can be asked: each rule of its map with each method, and real things of a trust to ask for."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.factories import NOW
from workflows import papers
from workflows.cases import Actor
from workflows.domain.documents import Limits
from workflows.inbox import Viewer
from workflows.rehearsal import playing
from workflows.store import incidents
from workflows.store.models import (
    Account,
    Act,
    CalendarFeed,
    CareGroup,
    Case,
    Comment,
    Contract,
    Deadline,
    Deputy,
    DiaryEntry,
    Document,
    Event,
    ExtraPaNeed,
    ExtraPaUse,
    Incident,
    LeaveTaken,
    Letter,
    Mail,
    MoveBatch,
    PanelAbsence,
    PanelConflict,
    PanelMember,
    PanelReview,
    PeopleFile,
    Person,
    PlanVersion,
    Post,
    Release,
    ReleaseDraft,
    ReleaseDraftDecision,
    ReleaseDraftEdit,
    Rota,
    RotaDiary,
    RotaMember,
    SavedView,
    Step,
    Team,
    TeamPlan,
    Trust,
    Visit,
)
from workflows.studio import drafts

ARGUMENT = re.compile(r"<(?:[^<>:]+:)?(\w+)>")
NEVER = 2_000_000_000
"""An id that nothing has had."""
SESSION = frozenset({"sign_in.as_persona", "sign_in.out"})
"""What changes who is signed in, and so comes by itself."""
NO_OBJECTS = frozenset({"kind", "token", "filename", "process"})
"""Arguments that name nothing of a trust."""
OWN_NUMBERS = frozenset({"number"})
"""Arguments that count what a trust has: whoever asks by one comes to their own."""

Objects = Mapping[str, str]
"""A value for each argument; one that means several things is named with the endpoint before it."""


class Asked(NamedTuple):
    """One thing that the site can be asked."""

    endpoint: str
    method: str
    address: str
    about_objects: bool
    """Whether the address names something that belongs to a trust."""


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every rule with every method that a browser can be made to send."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def fill(rule: Rule, values: Objects) -> str:
    """The address of a rule. Raises KeyError for an argument that nobody has given a value: a new kind of thing that
    an address names has to be added to `objects`, so that other trusts are kept from it."""
    endpoint = rule.endpoint
    return ARGUMENT.sub(lambda found: values.get(f"{endpoint}:{found[1]}") or values[found[1]], rule.rule)


def asked(app: Flask, values: Objects) -> list[Asked]:
    """Everything, about these things; pages before forms, since forms change what pages show."""
    found = [Asked(rule.endpoint, method, fill(rule, values), _about_objects(rule)) for rule, method in rules(app)]
    return sorted(found, key=lambda each: each.method)


def _about_objects(rule: Rule) -> bool:
    return bool(rule.arguments - NO_OBJECTS) and OWN_NUMBERS.isdisjoint(rule.arguments)


def never(values: Objects) -> Objects:
    """The same arguments for things that there have never been."""
    text = {name: value for name, value in values.items() if not value.isdecimal()}
    return {name: str(NEVER) for name in values} | text | {"reference": "CPFT-1999-0001"}


WORDS = {
    "key": "meeting",
    "kind": "review",
    "verb": "extend",
    "token": "no-such-token",
    "filename": "accord.svg",
    "number": "1",
    "studio.file:kind": "processes",
    "studio.file:key": "mediation",
    "element": "read_pack",
    "studio_list.way:element": "material_needed_to_issue_preparation",
    "studio_list.otherwise:element": "material_needed_to_issue_preparation",
    "side": "before",
    "rule": "new",
    **{f"studio_tables.{name}:key": "spa_tariff" for name in ("show", "change", "order", "save")},
    **{f"studio_letters.{name}:key": "mediation_decision" for name in ("show", "save", "check", "preview", "remove")},
    "studio_adding.take_out:kind": "processes",
    "studio_adding.take_out:key": "mediation",
    "name": "national_england",
    "studio_deadlines.change:key": "sign_off",
    "studio_deadlines.remove:key": "sign_off",
    "studio_deadlines.reminders:strength": "must",
    "studio_values.change:key": "full_time_pas",
    "studio_values.remove:key": "leave_booking",
    "table": "values",
    "question": "pack_note",
    "repair": "defaults",
    "version": "1",
    "studio_rehearsal.act:person_id": "1",
    "page": "cases/EXAMPLE-2027-0001",
}
"""Arguments that name no row."""


def objects(session: Session, trust_key: str) -> Objects:
    """Something real of a trust for each argument of the site's addresses."""
    trust = session.scalars(select(Trust).where(Trust.key == trust_key)).one()
    case = session.scalars(
        select(Case).where(Case.trust_id == trust.id, Case.process == "individual_planning", Case.status == "open")
        .join(Step, Step.case_id == Case.id).where(Step.element == "sign_plan", Step.status == "open").limit(1)
    ).one()  # fmt: skip
    office = _holder(session, trust, "medical_directorate")
    _add_what_no_story_holds(session, trust, case, office)
    session.flush()
    of_case = {model: _one(session, model, model.case_id == case.id) for model in (Deadline, Comment, Document, Letter)}
    of_trust = {
        model: _one(session, model, model.trust_id == trust.id)
        for model in (CareGroup, Incident, PeopleFile, Post, Team, TeamPlan)
    }
    accounts = select(Account.id).where(Account.person_id == office.id)
    plan = (PlanVersion.trust_id == trust.id) & (PlanVersion.person_id == case.subject_id)
    return {
        **WORDS,
        "reference": case.reference,
        "process": case.process,
        "step_id": _one(session, Step, (Step.case_id == case.id) & (Step.element == "sign_plan")),
        "person_id": str(case.subject_id),
        "plan_id": _one(session, PlanVersion, plan),
        "contract_id": _one(session, Contract, Contract.person_id == case.subject_id),
        "row_id": _one(session, Deputy, Deputy.person_id.in_(select(Person.id).where(Person.trust_id == trust.id))),
        "visit_id": _one(session, Visit, Visit.account_id.in_(accounts)),
        **{f"{model.__tablename__}_id": found for model, found in of_case.items()},
        "incident_id": of_trust[Incident],
        "file_id": of_trust[PeopleFile],
        "view_id": _one(session, SavedView, SavedView.person_id == office.id),
        "post_id": of_trust[Post],
        "leave_id": _one(session, LeaveTaken, LeaveTaken.trust_id == trust.id),
        "need_id": _one(session, ExtraPaNeed, ExtraPaNeed.trust_id == trust.id),
        "team_id": of_trust[Team],
        "team_plan_id": of_trust[TeamPlan],
        **_on_the_register(session, trust),
        **_on_call(session, trust),
        **_in_the_studio(session, trust),
        **{f"people_places.rename_{each.__tablename__}:place_id": of_trust[each] for each in (CareGroup, Team)},
    }


def _on_the_register(session: Session, trust: Trust) -> Objects:
    there = select(PanelMember.id).where(PanelMember.trust_id == trust.id)
    return {
        "member_id": _one(session, PanelMember, PanelMember.id.in_(there) & PanelMember.taken_off_on.is_(None)),
        "absence_id": _one(session, PanelAbsence, PanelAbsence.member_id.in_(there)),
        "conflict_id": _one(session, PanelConflict, PanelConflict.member_id.in_(there)),
    }


def _on_call(session: Session, trust: Trust) -> Objects:
    rotas = select(Rota.id).where(Rota.trust_id == trust.id)
    diaries = select(RotaDiary.id).where(RotaDiary.rota_id.in_(rotas), RotaDiary.agreed_at.is_(None))
    return {
        "rota_id": _one(session, Rota, Rota.id.in_(rotas)),
        "rota_member_id": _one(session, RotaMember, RotaMember.rota_id.in_(rotas)),
        "diary_id": _one(session, RotaDiary, RotaDiary.id.in_(diaries)),
        "entry_id": _one(session, DiaryEntry, DiaryEntry.diary_id.in_(diaries)),
    }


def _in_the_studio(session: Session, trust: Trust) -> Objects:
    draft_id = _a_draft(session, trust)
    return {
        "draft_id": draft_id,
        "batch_id": _a_batch(session, trust),
        "rehearsal_id": _a_rehearsal(session, trust, int(draft_id)),
    }


def _a_draft(session: Session, trust: Trust) -> str:
    """A draft of the processes with an edit, over a release before the newest."""
    owner = _holder(session, trust, "process_owner")
    by = Actor(person_id=owner.id, trust_id=trust.id)
    draft_id = drafts.begin(session, by=by, name="A calmer mediation", now=NOW)
    letter = {
        "path": "letters/welcome.md",
        "text": "title: Welcome\nto: amd\n\nDear {to},\n",
        "said": "Added a letter.",
    }
    drafts.save_file(session, by=by, draft_id=draft_id, read=0, now=NOW, **letter)
    return str(draft_id)


def _a_batch(session: Session, trust: Trust) -> str:
    """A batch of cases that moved, which has been stopped."""
    release = session.scalars(select(Release.id).where(Release.trust_id == trust.id)).first()
    owner = _holder(session, trust, "process_owner")
    said = {"status": "stopped", "because": "The meetings are asked for in another order.", "begun_at": NOW}
    batch = MoveBatch(trust_id=trust.id, to_release_id=release, by_id=owner.id, **said)
    session.add(batch)
    session.flush()
    return str(batch.id)


def _a_rehearsal(session: Session, trust: Trust, draft_id: int) -> str:
    """A rehearsal of the owner's."""
    owner = _holder(session, trust, "process_owner")
    about: dict[str, Any] = {"viewer": Viewer(owner.id, trust.id, frozenset({"process_owner"})), "now": NOW}
    prepared = playing.prepare(session, draft_id=draft_id, process="help_request", **about)
    return str(playing.begin(session, prepared=prepared, **about))


def roles_of(session: Session, trust_key: str) -> dict[str, int]:
    """Somebody of a trust for each role that is held there, by their id. Each of them can be signed in as."""
    wanted = (
        select(Post.role, func.min(Post.person_id)).join(Trust).where(Trust.key == trust_key, Post.ends_on.is_(None))
    )
    found = dict(session.execute(wanted.group_by(Post.role)).all())
    session.execute(update(Account).where(Account.person_id.in_(found.values())).values(persona="Somebody"))
    return found


def signed_in(app: Flask, person_id: int) -> FlaskClient:
    """A browser in which somebody is signed in."""
    client = app.test_client()
    assert client.post(f"/sign-in/as/{person_id}").headers["Location"] == "/"
    return client


def send(client: FlaskClient, each: Asked) -> TestResponse:
    """The answer, looked at as every answer must be."""
    answer = client.open(each.address, method=each.method, buffered=True)
    look(answer, f"{each.method} {each.address}")
    return answer


def look(answer: TestResponse, what: str) -> None:
    """No answer is a fault of ours, and each carries the headers that keep others out."""
    well = answer.status_code < 500 or (what.endswith("/healthz") and answer.status_code == 503)
    assert well, f"{what}: {answer.status_code}"
    head = answer.headers
    policy = head["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'"), what
    assert "frame-ancestors 'none'" in policy or "sandbox" in policy, what
    assert "unsafe" not in policy, what
    assert head["X-Content-Type-Options"] == "nosniff", what
    assert head["X-Frame-Options"] == "DENY", what
    assert head["Referrer-Policy"] == "same-origin", what
    assert "/static/" in what or head["Cache-Control"] == "no-store", what
    assert "Traceback" not in head.get("Location", ""), what


def counted(session: Session) -> list[int]:
    """How much there is of whatever a form can write."""
    written = (
        Act, CalendarFeed, Case, Comment, Contract, Deputy, DiaryEntry, Document, Event, ExtraPaNeed, ExtraPaUse,
        LeaveTaken, Mail, MoveBatch,
        PanelAbsence, PanelConflict, PanelMember, PanelReview, PeopleFile, Person, Post,
        Release, ReleaseDraft, ReleaseDraftDecision, ReleaseDraftEdit, Rota, RotaDiary,
        RotaMember, SavedView, Team,
    )  # fmt: skip
    found = [session.scalars(select(func.count()).select_from(model)).one() for model in written]
    taken = session.scalars(select(func.count()).select_from(Step).where(Step.holder_id.is_not(None))).one()
    return [*found, taken]


def _holder(session: Session, trust: Trust, role: str) -> Person:
    wanted = select(Person).join(Post, Post.person_id == Person.id).where(Post.trust_id == trust.id, Post.role == role)
    return session.scalars(wanted.order_by(Person.id).limit(1)).one()


def _add_what_no_story_holds(session: Session, trust: Trust, case: Case, office: Person) -> None:
    """A comment, a document, a letter, an incident, a deputy, a list of people, a browser and a view of disputes."""
    by = Actor(person_id=office.id, trust_id=trust.id)
    about: dict[str, Any] = {"actor": by, "reference": case.reference, "now": NOW}
    papers.add_comment(session, words="Could we talk?", **about)
    pdf = papers.File("diary.pdf", b"%PDF-1.7 a diary", "clean")
    papers.add_document(session, title="Diary", file=pdf, limits=Limits(), **about)
    session.add(a_letter(case, to=office))
    where: dict[str, Any] = {"trust_id": trust.id, "case_id": case.id, "element": "sign_plan"}
    incidents.record(session, key=f"step:{case.id}", sentence="No row fits.", now=NOW, **where)
    away = {"person_id": case.subject_id, "deputy_id": office.id, "reason": "Leave", "recorded_at": NOW}
    session.add(Deputy(starts_on=NOW.date(), ends_on=NOW.date(), **away))
    sent: dict[str, Any] = {
        "name": "people.csv",
        "text": "Name\n",
        "sha256": sha256(b"Name\n").hexdigest(),
        "found": {},
    }
    session.add(PeopleFile(trust_id=trust.id, by_id=office.id, at=NOW, **sent))
    session.add(SavedView(trust_id=trust.id, person_id=office.id, name="Late", asked={"late": "yes"}, saved_at=NOW))
    taken: dict[str, Any] = {"kind": "study", "starts_on": NOW.date(), "ends_on": NOW.date(), "entered_at": NOW}
    session.add(LeaveTaken(trust_id=trust.id, person_id=case.subject_id, **taken))
    foreseen: dict[str, Any] = {"year": case.year, "kind": "cover", "words": "Summer", "pas": 12}
    session.add(ExtraPaNeed(trust_id=trust.id, team_id=case.team_id, by_id=office.id, written_at=NOW, **foreseen))
    account = session.scalars(select(Account.id).where(Account.person_id == office.id)).one()
    times = {"began_at": NOW, "seen_at": NOW, "ends_at": NOW}
    session.add(Visit(account_id=account, token_hash=f"nobody's, {trust.key}", browser="Firefox", **times))


def a_letter(case: Case, *, to: Person) -> Letter:
    """A letter that the case sent."""
    what = {"key": "settlement", "title": "What was agreed", "content": b"%PDF-1.7", "size": 8, "sha256": "0" * 64}
    whom = {"to_person_id": to.id, "role": "medical_directorate", "is_copy": True}
    return Letter(trust_id=case.trust_id, case_id=case.id, stage=case.process, sent_at=NOW, **what, **whom)


def _one(session: Session, model: Any, where: ColumnElement[bool]) -> str:
    return str(session.scalars(select(model.id).where(where).order_by(model.id.desc()).limit(1)).one())
