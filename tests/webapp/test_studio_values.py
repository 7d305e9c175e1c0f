"""Limits, values, bodies, signatures and stand-ins of a draft's policy: changed, added and taken out by forms."""

from collections.abc import Callable

import pytest

from tests.factories import NOW, World, shipped_files
from tests.webapp.apps import Store
from tests.webapp.studio_cast import actor, begun, of_the_studio, text_of
from tests.webapp.visitor import Visitor
from webapp.forms.answers import NONE
from workflows.domain.policy import Policy, read_policy
from workflows.store.models import Person
from workflows.studio import drafts

Visit = Callable[[Person], Visitor]
TRUST = "policies/cumbria.toml"


class Owner:
    """Yvonne Sharples, who owns the processes of CPFT, at the policy of a draft."""

    def __init__(self, visitor: Visitor, store: Store, person: Person) -> None:
        self.visitor, self.store, self.person, self.draft_id = visitor, store, person, begun(store, person)
        self.root = f"/studio/drafts/{self.draft_id}/policy"

    @property
    def text(self) -> str:
        return text_of(self.store, self.draft_id, TRUST) or ""

    @property
    def policy(self) -> Policy:
        return read_policy("cumbria", {**shipped_files(), TRUST: self.text})

    def send(self, end: str, status: int = 200, **typed: str | list[str]) -> str:
        """Open a form, fill it in and send it."""
        address = f"{self.root}/{end}"
        boxes: dict[str, str | list[str]] = dict(self.visitor.open(address).values("policy-form"))
        boxes |= {f"answer-{key}": value for key, value in typed.items()}
        return self.visitor.send(address, boxes, status).text


@pytest.fixture
def owner(world: World, store: Store, visit: Visit) -> Owner:
    person = of_the_studio(world, store, "Yvonne Sharples", "process_owner")
    return Owner(visit(person), store, person)


def test_who_stands_in_for_whom_is_chosen_and_left_to_what_is_inherited_again(owner: Owner) -> None:
    owner.send("stand-ins", mediator="amd", amd="chief_executive")
    stands_in = owner.policy.stands_in
    assert {str(role): str(other) for role, other in stands_in.items()} == {
        "clinical_manager": "amd", "amd": "chief_executive", "medical_director": "chief_executive", "mediator": "amd",
    }  # fmt: skip
    owner.send("stand-ins", mediator=NONE, amd=NONE)
    assert owner.text == shipped_files()[TRUST]
    assert "would in the end stand in for itself" in owner.send("stand-ins", 422, chief_executive="clinical_manager")


def test_what_each_signature_covers_is_ticked(owner: Owner) -> None:
    owner.send("signatures", clinical_manager=["period", "dcc"])
    assert owner.policy.covers["clinical_manager"] == ("period", "dcc")
    assert owner.policy.covers["practitioner"] == read_policy("cumbria", shipped_files()).covers["practitioner"]
    assert 'practitioner = "all"' in owner.text


def test_a_body_is_changed_added_and_taken_out(owner: Owner) -> None:
    owner.send("bodies/panel_list", value="NHS Employers\nBDA")
    owner.send("bodies/governance_group", value="Plans group")
    owner.send("add/bodies", name="Staff side", value="LNC")
    bodies = owner.policy.bodies
    assert (bodies["panel_list"], bodies["governance_group"], bodies["staff_side"]) == (
        ["NHS Employers", "BDA"], "Plans group", "LNC",
    )  # fmt: skip
    assert "Removed “Staff side”." in owner.send("remove/bodies/staff_side")
    assert "staff_side" not in owner.policy.bodies


@pytest.mark.parametrize(
    ("kind", "typed", "held"),
    [
        ("number", "12", 12),
        ("number", "2.5", 2.5),
        ("yes_no", "Yes", True),
        ("text", "Soon", "Soon"),
        ("lines", "A\nB", ["A", "B"]),
    ],
)
def test_a_limit_that_is_new_is_held_as_what_it_is(owner: Owner, kind: str, typed: str, held: object) -> None:
    assert "Added “Longest talk”" in owner.send("add/values", name="Longest talk", kind=kind, value=typed)
    assert owner.policy.values["longest_talk"] == held
    assert type(owner.policy.values["longest_talk"]) is type(held)


def test_a_limit_that_cannot_be_read_or_is_there_is_refused_at_its_box(owner: Owner) -> None:
    assert "cannot be read as what you chose" in owner.send("add/values", 422, name="A", kind="number", value="many")
    assert "A number is written" in owner.send("add/values", 422, name="A", kind="number", value="1e999999999")
    assert "There is “unit” already." in owner.send("add/values", 422, name="Unit", value="ward")
    assert "Give it a name with letters" in owner.send("add/values", 422, name="...", value="x")
    owner.visitor.open(f"{owner.root}/add/values.nothing", 404)
    assert owner.text == shipped_files()[TRUST]


def test_an_abbreviation_is_added_under_its_own_letters_and_its_expansions_stand_in_rows(owner: Owner) -> None:
    owner.send("values/glossary.DCC", row_1_0="", row_1_1="", row_2_0="Direct care", row_2_1="section 9")
    expansions = owner.policy.values["glossary"]["DCC"]
    assert expansions == [["Direct Clinical Contact", "section 4"], ["Direct care", "section 9"]]
    owner.send("add/values.team_session_groups", name="Guests", value="Whoever is invited")
    assert owner.policy.values["team_session_groups"]["guests"] == "Whoever is invited"


def test_a_list_of_small_tables_is_changed_row_by_row_and_its_numbers_stay_numbers(owner: Owner) -> None:
    owner.send("values/on_call.extra_days", row_0_from="", row_0_days="", row_2_from="2013-04-01", row_2_days="3")
    assert owner.policy.values["on_call"]["extra_days"] == [
        {"from": "2012-04-01", "days": 2},
        {"from": "2013-04-01", "days": 3},
    ]
    assert "A number is written 10 or 2.5" in owner.send("values/on_call.extra_days", 422, row_0_days="many")
    assert "Nothing was changed." in owner.send("values/plan_templates.consultant.activities")


def test_a_value_that_a_diagram_reads_stays_and_says_where(owner: Owner) -> None:
    path = "processes/mediation.bpmn"
    owner.send("add/values", name="Longest talk", kind="number", value="12")
    text = text_of(owner.store, owner.draft_id, path) or ""
    condition = 'case.kind == "pay_progression" and policy.pay_progression_decided_by'
    assert condition in text
    drawn = text.replace(condition, f"policy.longest_talk &gt; 3 and {condition}")
    about = {"draft_id": owner.draft_id, "path": path, "read": 0, "said": "Drew.", "now": NOW}
    with owner.store() as session:
        drafts.save_file(session, by=actor(owner.person), text=drawn, **about)  # type: ignore[arg-type]
    assert "“Longest talk” is still used" in owner.send("remove/values/longest_talk", 422)
    assert "longest_talk = 12" in owner.text
