"""Actions on plans: finding the team's, opening a draft, holding back what is disputed, putting in force."""

from dataclasses import replace
from datetime import date

from workflows.domain.disputes import describe, settle
from workflows.domain.errors import Unsound
from workflows.domain.plan import Plan, gives_way, keep_old, waits
from workflows.domain.plan.on_call import with_rotas
from workflows.domain.vocabulary import SCREENS
from workflows.engine import ledger, outbox
from workflows.engine.actions.signatures import void_signatures
from workflows.engine.drawings import Node
from workflows.engine.ledger import as_date
from workflows.engine.moves import Move
from workflows.engine.rota_shares import rota_shares
from workflows.store import cases as case_rows
from workflows.store import people as people_rows
from workflows.store import plans as plan_rows
from workflows.store import posts as post_rows
from workflows.store.models import Json, PlanVersion, TeamPlan


class NoDraft(Unsound):
    """The case has no draft of a job plan yet: an earlier step of the diagram must open one."""


class NotAboutADoctor(Unsound):
    """This action works on a doctor's job plan, and the case is not about a doctor."""


class NotAboutATeam(Unsound):
    """This action works on a team's plan, and the case does not belong to a team."""


SIGN_OFF = "sign_off"
"""The deadline of the signatures."""
PARTS = ("effective_from", "base", "notes")
"""What of a plan is not a line of it."""


def find_team_plan(move: Move, _node: Node) -> None:
    """The team plan that this case follows (CPFT 7.4: it precedes the individual plan). For an annual plan it must be
    the one of the same year; otherwise the newest counts."""
    year = move.case.year if move.known["kind"] == "annual" else None
    found = plan_rows.team_plan(move.session, team_id=team_of(move), year=year)
    if found is None:
        # It may be approved in this very moment: whoever comes second has to see what the first has done.
        people_rows.lock_team(move.session, team_id=team_of(move))
        found = plan_rows.team_plan(move.session, team_id=team_of(move), year=year)
    move.write(
        {
            "team_plan": found.id if found else None,
            "team_plan_number": found.number if found else None,
            "team_session_date": found.session_on.isoformat() if found and found.session_on else None,
        },
        {"team_plan": "number", "team_plan_number": "number", "team_session_date": "date"},
    )


def open_plan(move: Move, _node: Node) -> None:
    """Open a draft: the plan that was agreed last, else an empty one, with the doctor's rotas of today. A review looks
    back at the one before."""
    before = plan_rows.agreed_last(move.session, person_id=doctor_of(move))
    old = (Plan.from_json(before.content) if before else Plan.from_template()).reopened()
    shares = rota_shares(move.session, old, person_id=doctor_of(move), today=move.today)
    draft = add_draft(move, with_rotas(old, shares), team_plan_id=move.known["team_plan"])
    move.write(
        {"plan_version": draft.id, "plan_before": before.number if before else None},
        {"plan_version": "plan", "plan_before": "number"},
    )


def add_draft(move: Move, content: Plan, *, team_plan_id: int | None) -> PlanVersion:
    """The doctor's next version, as a draft of this case; it keeps under which kind of contract it is made (CPFT 3)."""
    contract = post_rows.contract_of(move.session, person_id=doctor_of(move), on=move.today)
    draft = PlanVersion(
        trust_id=move.case.trust_id,
        person_id=doctor_of(move),
        case_id=move.case.id,
        number=plan_rows.next_number(move.session, person_id=doctor_of(move)),
        status="draft",
        content=content.to_json(),
        contract_kind=contract.kind if contract else "",
        team_plan_id=team_plan_id,
        written_at=move.now,
        written_by_id=move.by.person_id,
    )
    return plan_rows.add(move.session, version=draft)


def doctor_of(move: Move) -> int:
    """The doctor whose plan the case is about. Raises NotAboutADoctor."""
    if move.case.subject_id is None:
        raise NotAboutADoctor
    return move.case.subject_id


def team_of(move: Move) -> int:
    """The team that the case belongs to. Raises NotAboutATeam."""
    if move.case.team_id is None:
        raise NotAboutATeam
    return move.case.team_id


def agreed_last(move: Move) -> Plan:
    """The doctor's plan as it was agreed last, whether it counts already or not; the empty one before their first."""
    version = plan_rows.agreed_last(move.session, person_id=doctor_of(move))
    return Plan.from_json(version.content) if version else Plan.from_template()


def draft_of(move: Move) -> PlanVersion:
    """The draft that the case is about: one that it opened itself. Raises NoDraft."""
    version = move.known["plan_version"]
    draft = plan_rows.by_id(move.session, trust_id=move.case.trust_id, plan_version_id=version) if version else None
    if draft is None or draft.case_id != move.case.id:
        raise NoDraft
    return draft


def list_evidence_gaps(move: Move, _node: Node) -> None:
    """The lines without evidence, where the policy asks for it; it is due before the meeting, if that is still ahead
    (BTH-3.3.2.5)."""
    asked = "evidence" in move.loaded.policy.values.get("plan_rules", {})
    lines = Plan.from_json(draft_of(move).content).activities if asked else ()
    gaps = [line.id for line in lines if not line.evidence]
    meeting = as_date(move.known["meeting_booked_for"])
    wanted = meeting.isoformat() if gaps and meeting and meeting > move.today else None
    move.write(
        {"evidence_gaps": gaps, "evidence_wanted_for": wanted},
        {"evidence_gaps": "list", "evidence_wanted_for": "date"},
    )


def keep_undisputed(move: Move, _node: Node) -> None:
    """Give the disputed elements their old value, so that the rest can go on (TCS Schedule 4).

    Undisputed is every line that nobody disputes, and what else has changed, unless no line at all would be left.
    """
    draft = draft_of(move)
    disputed = [row["element"] for row in move.known["disputed"] or []]
    proposed = Plan.from_json(draft.content)
    old = agreed_last(move)
    kept = keep_old(proposed, old, disputed)
    draft.content, draft.written_at = kept.to_json(), move.now
    void_signatures(move, draft, proposed.section_hashes(), kept.section_hashes())
    rows, lines = describe(move.known["disputed"] or [], proposed, old)
    starts = proposed.effective_from.isoformat() if proposed.effective_from else None
    undisputed = [activity.id for activity in proposed.activities if activity.id not in disputed]
    if kept.activities:
        undisputed += [part for part in PARTS if getattr(kept, part) != getattr(old, part)]
    move.write(
        {
            "disputed": rows,
            "disputed_lines": lines,
            "would_apply_from": starts,
            "disputed_elements": disputed,
            "undisputed_elements": undisputed,
        },
        {
            "disputed": "rows",
            "disputed_lines": "mapping",
            "would_apply_from": "date",
            "disputed_elements": "list",
            "undisputed_elements": "list",
        },
    )


def apply_reply(move: Move, _node: Node) -> None:
    """Open a draft with the dispute's outcome: the plan agreed last, with what is to stand of each disputed element.

    The reply is what `disputes.reply` makes. The plan begins when a change of pay counts (TCS-4-o), which is a decision
    on its start; one that changes no pay begins with what was agreed meanwhile, where that still waits for its day.
    The time for signing runs anew.
    """
    reply: Json = move.known["reply"] or {}
    lines = move.known["disputed_lines"] or {}
    before = agreed_last(move) if move.known["undisputed_elements"] else Plan.from_json(draft_of(move).content)
    plan = settle(before, lines, reply.get("elements", []), said_of="Settled in a dispute")
    since = as_date(reply.get("pay_effective_from"))
    if since is not None:
        plan = replace(plan, effective_from=since)
    elif plan.effective_from is None and (waiting := plan_rows.waiting(move.session, person_id=doctor_of(move))):
        plan = replace(plan, effective_from=waiting[-1].effective_from)
    draft = add_draft(move, plan, team_plan_id=move.known["team_plan"])
    because = reply.get("pay_effective_because") or None
    move.write(
        {"reply_outcome": reply.get("outcome", ""), "plan_version": draft.id, "start_decided_because": because},
        {"reply_outcome": "text", "plan_version": "plan", "start_decided_because": "text"},
    )
    ledger.open_again(move, SIGN_OFF, as_date(reply.get("met_on")) or move.today)


def put_in_force(move: Move, _node: Node) -> None:
    """The signed draft is agreed. It is in force at once, or where it starts on a later day, from that day on.

    A draft that is older than what was agreed before it takes the next number: numbers tell the order of agreement, in
    which plans come into force.
    """
    draft, doctor = draft_of(move), doctor_of(move)
    people_rows.lock_person(move.session, person_id=doctor)
    before = plan_rows.agreed_last(move.session, person_id=doctor)
    if before is not None and draft.number < before.number:
        draft.number = plan_rows.next_number(move.session, person_id=doctor)
    starts = draft.effective_from = starting_day(move, Plan.from_json(draft.content).effective_from)
    make_way(move, starts)
    if waits(starts, today=move.today):
        plan_rows.agree(move.session, version=draft)
        move.record("plan_agreed", plan=draft.id, number=draft.number, effective_from=starts.isoformat())
    else:
        begin(move, draft)
    move.write(
        {"plan_number": draft.number, "in_force_from": starts.isoformat()},
        {"plan_number": "number", "in_force_from": "date"},
    )


def make_way(move: Move, starts: date) -> None:
    """What was agreed before and has not begun gives way, unless it begins before that day."""
    waiting = plan_rows.waiting(move.session, person_id=doctor_of(move))
    gone = [version for version in waiting if version.effective_from and gives_way(version.effective_from, to=starts)]
    for version in gone:
        move.record("plan_superseded", plan=version.id, number=version.number)
    plan_rows.supersede(move.session, versions=gone)


def begin(move: Move, version: PlanVersion) -> None:
    """An agreed version of the case is in force from now on; the one before it is superseded and stays readable."""
    old = plan_rows.in_force(move.session, person_id=version.person_id)
    if old is not None:
        move.record("plan_superseded", plan=old.id, number=old.number)
    plan_rows.put_in_force(move.session, version=version)
    starts = version.effective_from.isoformat() if version.effective_from else None
    move.record("plan_in_force", plan=version.id, number=version.number, effective_from=starts)


def starting_day(move: Move, wanted: date | None) -> date:
    """From when the plan counts: its own start, else today. Where the policy says so, no earlier than today unless a
    decision on that is on record (BTH-3.4.1.6.1-a)."""
    too_early = wanted is not None and wanted < move.today
    decided = move.known["earlier_start_decision"] or move.known["start_decided_because"]
    if too_early and move.loaded.policy.values.get("starts_when_agreed") and not decided:
        return move.today
    return wanted or move.today


def publish_team_plan(move: Move, _node: Node) -> None:
    """Keep the approved team plan as the team's next version and tell the cases that wait for it."""
    case = move.case
    people_rows.lock_team(move.session, team_id=team_of(move))
    keys = [
        key
        for drawn in move.loaded.diagrams.drawing(case.process).nodes.values()
        if drawn.screen in {"team_plan", "attendance"}
        for key in (*(field.key for field in drawn.fields), *SCREENS[drawn.screen].supplies)
    ]
    row = TeamPlan(
        trust_id=case.trust_id,
        team_id=team_of(move),
        case_id=case.id,
        number=0,
        year=case.year,
        content={key: move.known[key] for key in keys},
        session_on=as_date(move.known["team_session_date"]),
        approved_at=move.now,
        approved_by_id=move.by.person_id,
    )
    plan_rows.add_team_plan(move.session, plan=row)
    move.write({"team_plan": row.id, "team_plan_number": row.number}, {"team_plan": "number"})
    move.record("team_plan_approved", team_plan=row.id, number=row.number)
    for other in case_rows.open_of_team(move.session, team_id=row.team_id, process="individual_planning"):
        outbox.tell(move, receiver=other, name="team_plan_published")
