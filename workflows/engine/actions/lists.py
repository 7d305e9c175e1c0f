"""Actions that list people: who is in the team, who objects, who must sign."""

from workflows.domain.people import grades_with_plan
from workflows.domain.roles import Role
from workflows.domain.signatures import signatories
from workflows.engine.actions.plans import draft_of, team_of
from workflows.engine.drawings import Node
from workflows.engine.moves import Move
from workflows.store import employment
from workflows.store import plans as plan_rows
from workflows.store import posts as post_rows

ANSWERED = "sign_answer"
"""The fact that each signature comes with."""


def list_members(move: Move, _node: Node) -> None:
    """The doctors of the case's team, by name; without those of a grade that has no job plan (BTH-2-a)."""
    members = post_rows.members_of_team(move.session, team_id=team_of(move), on=move.today)
    grades = employment.grades_of(move.session, person_ids=[person.id for person in members], on=move.today)
    planned = grades_with_plan(move.loaded.policy.values)
    listed = [person.id for person in members if grades.get(person.id, "").casefold() in {"", *planned}]
    move.write({"members": listed}, {"members": "people"})


def list_teams(move: Move, _node: Node) -> None:
    """The teams of the case's care group, by name."""
    teams = post_rows.teams_of(move.session, care_group_id=move.case.care_group_id or 0)
    move.write({"teams": [team.id for team in teams]}, {"teams": "teams"})


def list_objectors(move: Move, _node: Node) -> None:
    """The members who object to the draft team plan (CPFT 7.4: each has the route of an individual plan)."""
    answers = move.known.by_item("team_answer")
    objectors = [int(item) for item, answer in answers.items() if answer == "object"]
    move.write({"objectors": sorted(objectors)}, {"objectors": "people"})


def list_signatories(move: Move, _node: Node) -> None:
    """Who must sign this plan, and who of them has no valid signature under its draft yet.

    A role that nobody holds stands in the list by its key, so that its step waits in the Medical Directorate's queue
    and a plan never comes into force without it.
    """
    needed = signatories(move.loaded.policy, move.case.subject_id, move.bench.all_holders())
    given = plan_rows.signatures_of_case(move.session, case_id=move.case.id) if move.known[ANSWERED] else []
    signed = {row.role for row in given if row.voided_at is None and row.plan_version_id == draft_of(move).id}
    items = {str(person or role.value): role for role, person in needed}
    move.write(
        {
            "signatories": [as_item(item) for item in items],
            "to_sign": [as_item(item) for item, role in items.items() if role.value not in signed],
            "signatory_roles": {item: role.value for item, role in items.items()},
        },
        {"signatories": "people", "to_sign": "people", "signatory_roles": "mapping"},
    )


def as_item(item: str) -> int | str:
    """A for-each item: a person's id, or a role's key."""
    return int(item) if item.isdecimal() else Role(item).value
