"""What the crafted screens check and do besides writing their drawn fields as facts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from workflows import plans
from workflows.cases import dispute_screens, extra_screens, meetings, panel_screens, review_screens
from workflows.cases.filled import Check, Crafted, Filled, nothing, refuse_unknown
from workflows.domain.calendars import civil_day, in_full
from workflows.domain.disputes import PARTS, check_wanted
from workflows.domain.errors import BadValues
from workflows.domain.plan import SECTIONS, Plan, missing_sections, pas_as_text, section_title
from workflows.domain.rows import check_combined, check_needs, check_reasons, check_rows, check_teaching
from workflows.domain.vocabulary import SCREENS as KNOWN
from workflows.store import papers as paper_rows
from workflows.store import plans as plan_rows
from workflows.store import posts as post_rows

MEETS_BEFORE = timedelta(days=183)
"""How long before a plan's case is opened its meeting can have been: half a year, so that a wrong year is noticed."""


def plain(filled: Filled) -> Crafted:
    """A screen that only shows more: nothing else may be sent with it. A meeting that it books invites people."""
    refuse_unknown(filled.extra)
    return Crafted(effect=meetings.inviting(filled.answers) or nothing)


def plan(filled: Filled) -> Crafted:
    """The plan editor: its content is a version, not a fact."""
    refuse_unknown(filled.extra, frozenset({"plan", "made_from"}))
    if "plan" not in filled.extra:
        raise BadValues({"plan": "The job plan is missing."})
    content, made_from = Plan.from_json(filled.extra["plan"]), str(filled.extra.get("made_from", ""))
    return Crafted(effect=lambda move: plans.save_plan(move, content, made_from=made_from))


def meeting(filled: Filled) -> Crafted:
    """The meeting's record: both sides were there, and something is said about a plan over the contract. A deputy who
    records it in the name of one side was there for that side. It can have been before the case was opened, but not by
    so much that its year must be wrong: the time for signing runs from it.

    Clauses: CPFT-7.4.2-b and BTH-3.4.1.3-a (who must be there), CPFT-7.4.2-c (a note where the doctor is overloaded).
    """
    refuse_unknown(filled.extra)
    move, present = filled.move, set(filled.answers.get("meeting_present") or [])
    policy = move.loaded.policy
    roles = list(policy.values.get("meeting_needs_one_of", []))
    able = move.bench.any_of(roles)
    in_their_name = {move.by.person_id} if move.by.on_behalf_of_id in able else set()
    if move.case.subject_id not in present or present.isdisjoint({*able, *in_their_name}):
        titles = " or ".join(policy.title(role) for role in roles)
        here = f" (here {' or '.join(move.bench.names[person] for person in able)})" if able else ""
        raise BadValues({"meeting_present": f"The doctor and the {titles}{here} must both have been there."})
    met, earliest = filled.answers.get("meeting_date"), civil_day(move.case.opened_at) - MEETS_BEFORE
    if met and date.fromisoformat(str(met)) < earliest:
        words = f"You cannot have met about this plan before {in_full(earliest)}. Is the year right?"
        raise BadValues({"meeting_date": words})
    over, words = beside_contract(filled)
    if over > 0 and not filled.answers.get("overload_note"):
        raise BadValues({"overload_note": f"{words} Say what will be done about it."})
    return Crafted()


def beside_contract(filled: Filled) -> tuple[Fraction, str]:
    """By how many PAs a week the draft is over the contract, less than 0 where under it, and both in a sentence.

    Without a contract on record there is nothing to be over.
    """
    plan_rows.foresee_draft_of_case(filled.move.session, case_id=filled.move.case.id)
    contracted = plans.contracted(filled.move)
    planned = plans.draft_content(filled.move).totals().overall
    if contracted is None:
        return Fraction(0), ""
    words = f"The plan comes to {pas_as_text(planned)} PAs and the contract to {pas_as_text(contracted)}."
    return planned - contracted, words


def hr_check(filled: Filled) -> Crafted:
    """HR's comparison (CPFT-7.6.13): where the PAs differ on paper, "it matches" needs its reason."""
    refuse_unknown(filled.extra)
    over, words = beside_contract(filled)
    explained = filled.answers.get("hr_answer") != "matches" or filled.answers.get("hr_note")
    if over and not explained:
        raise BadValues({"hr_note": f"{words} Say why they match all the same, or answer that they differ."})
    return Crafted()


def sign(filled: Filled) -> Crafted:
    """Signing: only the answer "sign" puts a signature under the plan."""
    refuse_unknown(filled.extra)
    if filled.answers.get("sign_answer") == "sign":
        return Crafted(effect=plans.sign_plan)
    if filled.answers.get("sign_answer") == "not_agreed":
        return Crafted(effect=plans.record_no_agreement)
    return Crafted()


def directorate_check(filled: Filled) -> Crafted:
    """The directorate's check of form: accepted only when no section is missing and nothing stands in it that nobody
    can agree to, returned only with reasons."""
    refuse_unknown(filled.extra, frozenset({"return_reasons"}))
    reasons = check_reasons(filled.extra.get("return_reasons") or {}, SECTIONS)
    if filled.answers.get("check_answer") == "returned":
        if not reasons:
            raise BadValues({"return_reasons": "Give a reason beside at least one section that you return."})
        return Crafted({"return_reasons": reasons}, {"return_reasons": "mapping"}, plans.record_return)
    if reasons:
        raise BadValues({"return_reasons": "You gave a reason to return a section. Return the plan, or clear it."})
    draft = plans.draft_content(filled.move)
    missing = missing_sections(draft, plans.wanted_sections(filled.move.loaded.policy))
    if missing:
        words = ", ".join(section_title(section) for section in missing)
        raise BadValues(
            {"check_answer": f"This plan cannot be accepted: nothing is said about {words}. Return it for that."}
        )
    if errors := plans.errors_in_draft(filled.move, draft):
        words = " ".join(errors.values())
        raise BadValues({"check_answer": f"This plan cannot be accepted. {words} Return it for that."})
    extra_screens.check_decided(filled.move)
    return Crafted({"return_reasons": {}}, {"return_reasons": "mapping"})


def rows(key: str) -> Check:
    """A screen that adds a list of rows under one fact."""

    def check(filled: Filled) -> Crafted:
        refuse_unknown(filled.extra, frozenset({key}))
        groups = filled.move.loaded.policy.values.get("team_session_groups", {})
        return Crafted({key: check_rows(key, filled.extra.get(key) or [], groups)}, {key: "rows"})

    return check


def team_plan(filled: Filled) -> Crafted:
    """The team's plan: what is needed, by service in PAs, and, where the policy weighs teaching, the sessions with
    teaching in them."""
    refuse_unknown(filled.extra, frozenset({"requirements", "service_needs", "teaching_sessions"}))
    needs = check_rows("requirements", filled.extra.get("requirements") or [], {})
    taught = check_rows("teaching_sessions", filled.extra.get("teaching_sessions") or [], {})
    significant = int(filled.move.loaded.policy.values.get("teaching_significant_from", 0))
    if taught and not significant:
        raise BadValues({"teaching_sessions": "This trust’s policy does not weigh teaching."})
    services = check_needs(check_rows("service_needs", filled.extra.get("service_needs") or [], {}))
    facts = {
        "requirements": needs,
        "service_needs": services,
        "teaching_sessions": check_teaching(taught, significant),
    }
    return Crafted(facts, dict.fromkeys(facts, "rows"))


def team_sessions(filled: Filled) -> Crafted:
    """Which teams of the care group hold one session together, and on what grounds (CPFT-7.4-d)."""
    refuse_unknown(filled.extra, frozenset({"combined_sessions"}))
    rows = check_rows("combined_sessions", filled.extra.get("combined_sessions") or [], {})
    teams = post_rows.teams_of(filled.move.session, care_group_id=filled.move.case.care_group_id or 0)
    return Crafted(
        {"combined_sessions": check_combined(rows, {team.id for team in teams})}, {"combined_sessions": "rows"}
    )


def evidence(filled: Filled) -> Crafted:
    """Evidence for lines that have none: texts by the line's id, for at least one of them (BTH-3.3.2.5)."""
    refuse_unknown(filled.extra, frozenset({"evidence_given"}))
    given = filled.extra.get("evidence_given") or {}
    known = {line.id for line in plans.draft_content(filled.move).activities}
    if not isinstance(given, Mapping) or not set(given) <= known:
        raise BadValues({"evidence_given": "The plan has changed since. Please look at its lines again."})
    kept = {line: str(words).strip() for line, words in given.items() if str(words or "").strip()}
    if not kept:
        raise BadValues({"evidence_given": "Say for at least one line what shows it."})
    return Crafted(effect=lambda move: plans.add_evidence(move, kept))


def points(filled: Filled) -> Crafted:
    """The points in dispute: parts of the draft, or of the plan in force that the draft leaves out (CPFT 7.5)."""
    crafted = rows("disputed")(filled)
    known = plans.parts(filled.move)
    problems = {
        f"disputed.{number}.element": f"Row {number + 1}: the plan has no part “{row['element']}”."
        for number, row in enumerate(crafted.facts["disputed"])
        if row["element"] not in known
    }
    if problems:
        raise BadValues(problems)
    check_wanted(crafted.facts["disputed"], known - PARTS.keys())
    return replace(crafted, effect=plans.record_dispute)


def with_documents(check: Check) -> Check:
    """A screen whose drawn fields may ask for documents: those named must be of this stage of the case."""

    def checked(filled: Filled) -> Crafted:
        move, step = filled.move, filled.step
        drawing = move.loaded.diagrams.drawing(step.process)
        problems = {
            field.key: f"“{field.label}” must be documents of this stage of the case."
            for field in drawing.nodes[step.element].fields
            if field.type == "files" and (named := filled.answers.get(field.key))
            if set(named)
            != paper_rows.existing(move.session, case_id=step.case_id, stage=step.process, document_ids=named)
        }
        if problems:
            raise BadValues(problems)
        return check(filled)

    return checked


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "": plain,
        **dict.fromkeys(KNOWN, plain),
        "attendance": rows("attendance"),
        "directorate_check": directorate_check,
        "meeting": meeting,
        "hr_check": hr_check,
        "plan": plan,
        "points": points,
        "sign": sign,
        "team_plan": team_plan,
        "team_sessions": team_sessions,
        "evidence": evidence,
        **dispute_screens.CHECKS,
        **extra_screens.CHECKS,
        **panel_screens.CHECKS,
        **review_screens.CHECKS,
    }
)
SCREENS: Mapping[str, Check] = MappingProxyType({key: with_documents(check) for key, check in CHECKS.items()})
