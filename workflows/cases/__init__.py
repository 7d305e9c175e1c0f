"""Verbs on cases: start one, complete a step, keep a draft, claim, release, assign, deliver a message."""

from workflows.cases.acting import Actor, StepGone, foresee_completing
from workflows.cases.beginning import begin_plans_of, next_first_day_of_a_plan, plans_due_to_begin
from workflows.cases.ending import answer_settlement, propose_settlement, withdraw_dispute
from workflows.cases.extra_pa import end_need, give_notice, record_worked
from workflows.cases.holding import assign_step, claim_step, release_step
from workflows.cases.messages import deliver, waiting_messages
from workflows.cases.reholding import cases_around, cases_that_wait, rehold
from workflows.cases.replacing import replace_panel_member
from workflows.cases.starting import start_case
from workflows.cases.steps import Completed, NextStep, complete_step, preview_letter, save_draft
from workflows.cases.withdrawing import withdraw_case

__all__ = [
    "Actor",
    "Completed",
    "NextStep",
    "StepGone",
    "answer_settlement",
    "assign_step",
    "begin_plans_of",
    "cases_around",
    "cases_that_wait",
    "claim_step",
    "complete_step",
    "deliver",
    "end_need",
    "foresee_completing",
    "give_notice",
    "next_first_day_of_a_plan",
    "plans_due_to_begin",
    "preview_letter",
    "propose_settlement",
    "record_worked",
    "rehold",
    "release_step",
    "replace_panel_member",
    "save_draft",
    "start_case",
    "waiting_messages",
    "withdraw_case",
    "withdraw_dispute",
]
