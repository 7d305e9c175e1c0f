"""The crafted screens that a diagram may name: what each asks besides the drawn fields, and which panel it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from webapp.forms.crafted.evidence import Evidence
from webapp.forms.crafted.meeting import Attendance, TeamPlan, TeamSessions
from webapp.forms.crafted.outcomes import BoardOutcomes, Outcomes, TalkOutcomes
from webapp.forms.crafted.pay_decision import PayDecision
from webapp.forms.crafted.plan import PlanEditor
from webapp.forms.crafted.points import Points
from webapp.forms.crafted.returning import Returns
from webapp.forms.crafted.review import Review
from webapp.forms.step import Extra
from workflows.inbox.dispute_panels import SCREENS as OF_A_DISPUTE
from workflows.inbox.extra_panels import SCREENS as OF_AN_AGREEMENT


@dataclass(frozen=True)
class Crafted:
    """A crafted screen: its part of the form, and the template of its panel ("" for none)."""

    asks: type[Extra] = Extra
    panel: str = ""


PLAIN = Crafted(Extra, "steps/panels/plain.html")
DISPUTE = "steps/panels/dispute.html"
CRAFTED: Mapping[str, Crafted] = MappingProxyType(
    {
        "plan": Crafted(PlanEditor, "steps/panels/plan_now.html"),
        "sign": Crafted(Extra, "steps/panels/sign.html"),
        "directorate_check": Crafted(Returns, "steps/panels/check.html"),
        "attendance": Crafted(Attendance, "steps/panels/team.html"),
        "team_plan": Crafted(TeamPlan, "steps/panels/team.html"),
        "team_sessions": Crafted(TeamSessions, "steps/panels/round.html"),
        "evidence": Crafted(Evidence, "steps/panels/evidence.html"),
        "points": Crafted(Points, "steps/panels/compare.html"),
        "pack": Crafted(Extra, "steps/panels/pack.html"),
        "meeting": Crafted(Extra, "steps/panels/meeting.html"),
        "answer": Crafted(Extra, "steps/panels/answer.html"),
        "team_answer": Crafted(Extra, "steps/panels/team_answer.html"),
        "hr_check": Crafted(Extra, "steps/panels/contract.html"),
        "pay_decision": Crafted(PayDecision, "steps/panels/plain.html"),
        "review": Crafted(Review, "steps/panels/review.html"),
        **dict.fromkeys(OF_A_DISPUTE, Crafted(Extra, DISPUTE)),
        **dict.fromkeys(OF_AN_AGREEMENT, Crafted(Extra, "steps/panels/extra.html")),
        "talk": Crafted(TalkOutcomes, DISPUTE),
        "mediation": Crafted(TalkOutcomes, DISPUTE),
        "decision": Crafted(Outcomes, DISPUTE),
        "recommendation": Crafted(Outcomes, DISPUTE),
        "board": Crafted(BoardOutcomes, DISPUTE),
    }
)
"""By the name that the diagram gives (workflows.domain.vocabulary.SCREENS)."""
