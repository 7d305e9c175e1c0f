"""A job plan as PDF, on the form of the policy (BTH Appendix 5). Gathered for one reader, then set outside of any
transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from workflows import typesetting
from workflows.domain.calendars import civil_day, in_words
from workflows.domain.fields import number_in_words
from workflows.domain.people import CONTRACT_KINDS
from workflows.domain.plan import CATEGORIES, Plan
from workflows.domain.plan.in_words import PartInWords, Row, Said, parts_in_words, statements_in_words
from workflows.domain.plan.pro_forma import DCC, Code, codes_of, rows_of, totals_of
from workflows.inbox import Viewer, plans
from workflows.inbox.plans import PlanPage
from workflows.letters.opening import File
from workflows.store import Session

NOT_YET = {"draft": "Draft: not agreed yet", "put_aside": "Draft that was put aside", "superseded": "Replaced"}
"""What stands on every page of a version that does not count."""

NOT_RECORDED = "Not recorded"


@dataclass(frozen=True)
class Gathered:
    """What goes on the form, as far as one viewer may read it."""

    name: str
    data: Mapping[str, Any]
    now: datetime


def gather_plan(session: Session, *, viewer: Viewer, plan_id: int, now: datetime) -> Gathered:
    """A version of a plan that the viewer may read. Raises NoSuchPlan, NotYourPlan."""
    page = plans.plan_page(session, viewer=viewer, plan_id=plan_id, now=now)
    codes = codes_of(page.policy.values)
    data = {
        "title": f"Job plan of {page.doctor}",
        "trust": page.policy.name,
        "version": str(page.number),
        "warning": NOT_YET.get(page.status, ""),
        "head": [{"label": label, "text": text} for label, text in _head(page)],
        "others": " / ".join(code.code for code in codes if code.code != DCC),
        "rows": [
            {"title": row.title, "entries": [vars(one) for one in row.entries]} for row in rows_of(page.plan, codes)
        ],
        "totals": [{"label": label, "text": number_in_words(pas)} for label, pas in _totals(page.plan, codes)],
        "codes": [_meaning(code) for code in codes],
        "signatures": _signatures(page),
        "parts": [_part(part) for part in _parts(page.plan)],
    }
    return Gathered(f"Job plan of {page.doctor}, version {page.number}.pdf", data, now)


def set_plan(gathered: Gathered) -> File:
    """The form as a PDF. Raises Unset."""
    return File(gathered.name, typesetting.plan(gathered.data, now=gathered.now))


def _head(page: PlanPage) -> list[tuple[str, str]]:
    """The head of the form (BTH-App5-a), with what CPFT-3-c wants to be seen of the plan."""
    plan = page.plan
    ends = f" to {in_words(plan.effective_to)}" if plan.effective_to else ""
    starts = plan.effective_from or page.effective_from
    return [
        ("Job plan effective period", f"{in_words(starts) if starts else 'From the day it comes into force'}{ends}"),
        ("Name", page.doctor),
        ("Payroll number", page.payroll_number or NOT_RECORDED),
        ("Contract", CONTRACT_KINDS.get(page.contract, page.contract) or NOT_RECORDED),
        ("Main place of work", plan.base or NOT_RECORDED),
        ("PAs a week", f"{number_in_words(plan.totals().overall)}{_contracted(page.contracted)}"),
    ]


def _contracted(contracted: Fraction | None) -> str:
    return f" (contracted: {number_in_words(contracted)})" if contracted is not None else ""


def _totals(plan: Plan, codes: tuple[Code, ...]) -> list[tuple[str, Fraction]]:
    """DCC, the other codes, additional PAs and all, with unpredictable on-call work in its own line (BTH-App5-e)."""
    totals = totals_of(plan, codes)
    return [
        ("Unpredictable on-call PA allocation, part of DCC", totals.unpredictable),
        *((f"Total {code}", pas) for code, pas in totals.by_code.items()),
        ("Total additional PAs", totals.additional),
        ("TOTAL", totals.overall),
    ]


def _meaning(code: Code) -> str:
    return f"{code.code}: {code.title}{'' if code.defined else ' (as this trust maps it; not defined in the policy)'}."


def _signatures(page: PlanPage) -> list[dict[str, str]]:
    """A place for each signatory, with the signature that stands there and its date (BTH-App5-f)."""
    standing = {one.role: one for one in page.signatures if one.voided_at is None}
    titles = dict.fromkeys([*(page.policy.title(role) for role in page.policy.signatories), *standing])
    return [
        {
            "role": title,
            "name": standing[title].name if title in standing else "",
            "date": in_words(civil_day(standing[title].signed_at)) if title in standing else "",
        }
        for title in titles
    ]


def _parts(plan: Plan) -> list[PartInWords]:
    """What the timetable does not say: the parts, the statements, the notes and what does not apply."""
    filled = [part for part in parts_in_words(plan) if part.rows or part.reason]
    stated = tuple(Row(one.label, (Said("", one.text),)) for one in statements_in_words(plan))
    empty = tuple(
        Row(CATEGORIES[kind], (Said("", reason),)) for kind, reason in plan.not_applicable.items() if kind in CATEGORIES
    )
    ends = [
        PartInWords("statements", "Statements", stated, ""),
        PartInWords("not_applicable", "What does not apply", empty, ""),
        PartInWords("notes", "Notes", (), plan.notes),
    ]
    return [*filled, *(part for part in ends if part.rows or part.reason)]


def _part(part: PartInWords) -> dict[str, Any]:
    rows = [{"title": row.title, "said": [one._asdict() for one in row.said]} for row in part.rows]
    return {"title": part.title, "rows": rows, "reason": part.reason}
