"""Disputes of the demonstration: the one road from a failure to agree to the board's decision, and how far each has
come on it. What a dispute does not come to before today has not happened yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from workflows.seeding import scenes
from workflows.seeding.dispute_texts import MATTERS, Matter
from workflows.seeding.driver import Driver, Scene
from workflows.store.models import Json


@dataclass(frozen=True)
class Plot:
    """How one dispute goes. It began so many days ago; `road` is what happens in it."""

    began: int
    matter: str
    road: "tuple[Stretch, ...]"
    pauses: Mapping[str, int] = field(default_factory=dict)
    """Days before a stretch, where they are not the usual ones."""
    decides: str = "manager"
    """Whose value stands after mediation, and what the panel recommends."""
    recommends: str = "practitioner"
    mediator: str = "md"
    chair: str = "chair2"
    nominee: str = "nominee2"

    def tell(self, story: Driver, doctor: str, pas: str) -> Scene:
        """The dispute of a doctor with so many contracted PAs, from the preparation of the plan on."""
        quarrel = Quarrel(story, doctor, self)
        yield from scenes.discuss(story, doctor, pas=pas, extra=quarrel.matter.extra)
        disagree(quarrel)
        for stretch in self.road:
            yield self.pauses.get(stretch.act.__name__, stretch.days)
            stretch.act(quarrel)


@dataclass(frozen=True)
class Quarrel:
    """A dispute while it is told."""

    story: Driver
    doctor: str
    plot: Plot

    @property
    def matter(self) -> Matter:
        """What it is about."""
        return MATTERS[self.plot.matter]

    @property
    def case(self) -> str:
        """The reference of the dispute."""
        return self.story.case_of(self.doctor, "disagreement")

    def do(self, who: str, element: str, **values: Json) -> None:
        """Somebody completes a step of the dispute."""
        self.story.do(who, element, self.case, **values)

    def outcomes(self, stands: str) -> list[dict[str, Json]]:
        """What is to stand of each point: one side's value, or "other" for what lies between them on the first."""
        rows: list[dict[str, Json]] = [
            {"element": point.element, "outcome": stands, "value": "", "pas": "", "reason": ""}
            for point in self.matter.points
        ]
        if stands == "other":
            words, pas = self.matter.middle
            rows[0] |= {"value": words.format(place=self.story.cast.place), "pas": pas}
            rows[1:] = [{**row, "outcome": "current"} for row in rows[1:]]
        return rows


Act = Callable[[Quarrel], None]


@dataclass(frozen=True)
class Stretch:
    """What happens after so many days."""

    days: int
    act: Act


def disagree(quarrel: Quarrel) -> None:
    """No agreement: the points in dispute are recorded, and the rest goes on to the signatures."""
    story, doctor, matter = quarrel.story, quarrel.doctor, quarrel.matter
    case = story.case_of(doctor)
    story.do("manager", "agree_plan", case, manager_answer="agree")
    story.do(doctor, "answer_plan", case, practitioner_answer="not_agreed", practitioner_view=matter.nature)
    story.do(doctor, "state_position", case, position=matter.doctor, tried_at_review="We looked at other days.")
    rows: list[dict[str, Json]] = [
        {key: value.format(place=story.cast.place) for key, value in vars(point).items()} for point in matter.points
    ]
    tried = "Offered a later start, and another look after six months."
    story.do(
        "manager", "record_disagreement", case, failure_to_agree_date=story.day(), manager_tried=tried, disputed=rows
    )


def rest_signed(quarrel: Quarrel) -> None:
    """Everybody signs what is not in dispute."""
    scenes.sign(quarrel.story, quarrel.doctor, *scenes.everybody(quarrel.story))


def rest_checked(quarrel: Quarrel) -> None:
    """It comes into force."""
    scenes.accept(quarrel.story, quarrel.doctor)


def choose_to_talk(quarrel: Quarrel) -> None:
    """The doctor wants to talk first."""
    quarrel.do(quarrel.doctor, "choose_route", route="talk")


def talk(quarrel: Quarrel) -> None:
    """The talk settles nothing."""
    said = "Both sides explained their figures. Neither would move before the other did."
    quarrel.do("amd", "informal_talk", talk_result="not_settled", talk_date=quarrel.story.day(-1), talk_note=said)


def referral(quarrel: Quarrel) -> dict[str, Json]:
    """The five parts of a referral."""
    matter = quarrel.matter
    return {
        "nature": matter.nature,
        "position_reason": matter.doctor,
        "evidence_kinds": list(matter.kinds),
        "evidence_words": matter.evidence,
        "consequences": matter.consequences,
        "ideas": matter.ideas,
        "local_resolution": "failed",
    }


def refer(quarrel: Quarrel) -> None:
    """The doctor refers it."""
    quarrel.do(quarrel.doctor, "refer", **referral(quarrel))


def refer_late(quarrel: Quarrel) -> None:
    """The doctor asks for a late referral."""
    why = "I was on leave for the first ten days, and thought that the talk would be arranged for me."
    quarrel.do(quarrel.doctor, "request_late_referral", late_reason=why, **referral(quarrel))


def answer(quarrel: Quarrel) -> None:
    """The manager states the other position."""
    words = quarrel.matter.manager
    quarrel.do("manager", "answer_referral", other_position=words, other_evidence="The team plan, and its figures.")


def name_mediator(quarrel: Quarrel) -> None:
    """The Medical Director mediates, or names somebody else."""
    if quarrel.plot.mediator == "md":
        quarrel.do("md", "name_mediator", mediator_choice="self")
        return
    named = quarrel.story.cast.person(quarrel.plot.mediator).id
    why = "I took part in the talks about the rota of this team."
    quarrel.do("md", "name_mediator", mediator_choice="other", mediator_named=named, mediator_reason=why)


def book_mediation(quarrel: Quarrel) -> None:
    """Two weeks ahead; later than it should be only with its reason."""
    quarrel.do(
        quarrel.plot.mediator,
        "book_mediation",
        mediation_booked_for=quarrel.story.day(14),
        mediation_time="10:00",
        mediation_place="Board room",
        mediation_late_reason="Nobody could come earlier.",
    )


def propose_settlement(quarrel: Quarrel) -> None:
    """The manager proposes to meet in the middle; the doctor has yet to answer."""
    quarrel.story.propose_settlement("manager", quarrel.case, outcomes=quarrel.outcomes("other"))


def mediate(quarrel: Quarrel) -> None:
    """They meet, and do not agree."""
    record_mediation(quarrel, mediation_result="not_agreed", outcomes=[])


def settle_at_mediation(quarrel: Quarrel) -> None:
    """They meet, and agree on what lies between them."""
    record_mediation(quarrel, mediation_result="agreed", outcomes=quarrel.outcomes("other"))


def record_mediation(quarrel: Quarrel, **result: Json) -> None:
    """The record of the mediation."""
    story = quarrel.story
    present = [story.cast.person(key).id for key in (quarrel.doctor, "manager", quarrel.plot.mediator)]
    quarrel.do(
        quarrel.plot.mediator,
        "record_mediation",
        mediation_meeting_date=story.day(),
        mediation_present=present,
        practitioner_heard=quarrel.matter.doctor,
        manager_heard=quarrel.matter.manager,
        separate_notes="Each would give way a little if the other did so first.",
        **result,
    )


def decide(quarrel: Quarrel) -> None:
    """The mediator decides in writing."""
    reasons = {
        "manager": "The need of the service is shown, and the time is found in a way that others bear too.",
        "practitioner": "The evidence is plain, and what the service needs can be had in another way.",
    }[quarrel.plot.decides]
    rows = quarrel.outcomes(quarrel.plot.decides)
    quarrel.do(quarrel.plot.mediator, "decide", decision_reasons=reasons, outcomes=rows)


def appeal_words(quarrel: Quarrel) -> dict[str, Json]:
    """On what an appeal rests."""
    why = f"The decision does not say what is wrong with the evidence. {quarrel.matter.evidence}"
    return {"appeal_points": quarrel.matter.nature, "appeal_reasons": why, "appeal_schedule": "schedule_4"}


def appeal(quarrel: Quarrel) -> None:
    """The doctor appeals in time."""
    quarrel.do(quarrel.doctor, "answer_decision", appeal_choice="appeal", **appeal_words(quarrel))


def appeal_late(quarrel: Quarrel) -> None:
    """The doctor asks to appeal late."""
    why = "The letter came while I was away for a bereavement, and I read it on the day after the time was up."
    quarrel.do(quarrel.doctor, "request_late_appeal", late_appeal_reason=why, **appeal_words(quarrel))


def name_chair(quarrel: Quarrel) -> None:
    """The Chief Executive names the chair."""
    quarrel.do("ceo", "name_chair", chair_person=quarrel.story.cast.person(quarrel.plot.chair).id)


def name_nominee(quarrel: Quarrel) -> None:
    """The doctor names the second member."""
    person = quarrel.story.cast.person(quarrel.plot.nominee).id
    quarrel.do(quarrel.doctor, "name_nominee", nominee_person=person, nominee_not_advocate="confirmed")


def object_to_third(quarrel: Quarrel) -> None:
    """The doctor objects to the first who is proposed; another is proposed."""
    quarrel.do("manager", "answer_third", third_answer="none")
    why = "We wrote a paper together four years ago, and parted over it."
    quarrel.do(quarrel.doctor, "answer_third", third_answer="object", third_reason=why)


def accept_third(quarrel: Quarrel) -> None:
    """Neither side objects."""
    for party in ("manager", quarrel.doctor):
        quarrel.do(party, "answer_third", third_answer="none")


def all_declare(quarrel: Quarrel) -> None:
    """Nobody on the panel had any part in it."""
    quarrel.story.everybody_does("declare_interests", quarrel.case, declared="fit")


def book_hearing(quarrel: Quarrel) -> None:
    """Two weeks ahead."""
    quarrel.do(
        "ceo",
        "book_hearing",
        hearing_booked_for=quarrel.story.day(14),
        hearing_time="09:30",
        hearing_place="Committee room 2",
        hearing_days=1,
        hearing_late_reason="No earlier day on which all three could sit.",
    )


def doctor_states(quarrel: Quarrel) -> None:
    """The doctor's statement of case."""
    matter = quarrel.matter
    said = f"{matter.doctor}\n\n{matter.evidence}\n\n{matter.ideas}"
    quarrel.do(quarrel.doctor, "practitioner_statement", practitioner_statement=said)


def management_states(quarrel: Quarrel) -> None:
    """Management's."""
    said = f"{quarrel.matter.manager}\n\nThe team plan was agreed by everybody else."
    quarrel.do("manager", "management_statement", management_statement=said)


def hear(quarrel: Quarrel) -> None:
    """The panel hears both."""
    story = quarrel.story
    present = [story.cast.person(key).id for key in (quarrel.doctor, "manager", quarrel.plot.chair)]
    quarrel.do(
        quarrel.plot.chair,
        "record_hearing",
        appeal_hearing_date=story.day(),
        hearing_present=present,
        management_case=quarrel.matter.manager,
        practitioner_case=quarrel.matter.doctor,
        represented_by="union",
        representative_name="Marian Whitelock, BMA",
        representative_as_lawyer=False,
        hearing_adjourned=False,
    )


def recommend(quarrel: Quarrel) -> None:
    """The panel's recommendation."""
    side = quarrel.plot.recommends
    words = {
        "practitioner": "The panel is unanimous: the evidence of the doctor was not answered.",
        "manager": "The panel is unanimous: the service needs it, and others do as much.",
        "other": "The panel proposes what lies between the two, and to look at it again after six months.",
    }[side]
    quarrel.do(quarrel.plot.chair, "recommend", recommendation=words, outcomes=quarrel.outcomes(side))


def board_decides(quarrel: Quarrel) -> None:
    """The board accepts it."""
    quarrel.do("secretary", "board_decision", board_decided_on=quarrel.story.day(), board_answer="accept")


def withdraw(quarrel: Quarrel) -> None:
    """The doctor gives it up."""
    why = "A colleague has offered to share the work, and that is enough for me."
    quarrel.story.withdraw_dispute(quarrel.doctor, quarrel.case, reason=why)


REST = (Stretch(1, rest_signed), Stretch(2, rest_checked))
"""What is not in dispute is not held up."""
TALKED = (Stretch(4, choose_to_talk), Stretch(4, talk), Stretch(4, refer))
"""The same days, before anybody has signed the rest."""
TO_MEDIATION = (
    *(*REST, Stretch(1, choose_to_talk), Stretch(4, talk), Stretch(4, refer)),
    *(Stretch(5, answer), Stretch(2, name_mediator), Stretch(2, book_mediation)),
)
TO_APPEAL = (*TO_MEDIATION, Stretch(14, mediate), Stretch(4, decide), Stretch(10, appeal))
TO_HEARING = (
    *(*TO_APPEAL, Stretch(2, name_chair), Stretch(1, accept_third), Stretch(1, name_nominee), Stretch(6, all_declare)),
    *(Stretch(1, book_hearing), Stretch(3, doctor_states), Stretch(3, management_states), Stretch(8, hear)),
)
TO_BOARD = (*TO_HEARING, Stretch(8, recommend), Stretch(12, board_decides))
SIGNED = (Stretch(2, rest_signed), Stretch(2, rest_checked))
"""What came of it is signed, and comes into force."""

PLOTS: Mapping[str, Plot] = MappingProxyType(
    {
        "choosing": Plot(4, "friday", ()),
        "talking": Plot(7, "base", TALKED),
        "referring": Plot(11, "travel", TALKED),
        "disputed": Plot(20, "friday", ()),
        "late_referral": Plot(23, "friday", (Stretch(19, refer_late),)),
        "withdrawn": Plot(27, "travel", (*TALKED, Stretch(4, withdraw))),
        "mediation": Plot(30, "supporting", (*TO_MEDIATION, Stretch(6, propose_settlement)), mediator="mediator"),
        "settled": Plot(38, "friday", (*TO_MEDIATION, Stretch(14, settle_at_mediation))),
        "decided": Plot(56, "evenings", TO_APPEAL, {"book_mediation": 12}),
        "lapsed": Plot(56, "base", (*REST, Stretch(44, rest_signed), Stretch(2, rest_checked))),
        "objected": Plot(57, "friday", (*TO_APPEAL, Stretch(2, name_chair), Stretch(1, object_to_third))),
        "declaring": Plot(58, "supporting", TO_HEARING, chair="chair", nominee="nominee"),
        "late_appeal": Plot(63, "travel", (*TO_APPEAL[:-1], Stretch(19, appeal_late))),
        "hearing": Plot(80, "evenings", TO_HEARING, {"book_hearing": 7}),
        "board": Plot(92, "supporting", TO_BOARD),
        "recommending": Plot(97, "travel", TO_BOARD, {"recommend": 40}),
        "lost": Plot(124, "evenings", (*TO_BOARD, *SIGNED), recommends="manager"),
        "won": Plot(130, "friday", (*TO_BOARD, *SIGNED)),
    }
)
"""By the word in a doctor's line."""
