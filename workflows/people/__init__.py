"""People of a trust: who they are, what they hold, who stands in for them, and how they get in."""

from workflows.domain.particulars import Particulars
from workflows.people.appointing import Place, end_post, give_post, hand_over
from workflows.people.away import Leave, approve_leave, enter_leave, take_out_leave
from workflows.people.comparing import Comparison, Item
from workflows.people.deputising import end_deputy, record_deputy
from workflows.people.forecasting import foresee, take_out
from workflows.people.importing import Checked, Imported, check_file, export, import_file, import_text, look_again
from workflows.people.persons import (
    Terms,
    add_person,
    change_person,
    end_contract,
    record_contract,
    set_leaving,
)
from workflows.people.places import add_care_group, add_team, rename_place
from workflows.people.starting import tell_of_starters, trust_id

__all__ = [
    "Checked",
    "Comparison",
    "Imported",
    "Item",
    "Leave",
    "Particulars",
    "Place",
    "Terms",
    "add_care_group",
    "add_person",
    "add_team",
    "approve_leave",
    "change_person",
    "check_file",
    "end_contract",
    "end_deputy",
    "end_post",
    "enter_leave",
    "export",
    "foresee",
    "give_post",
    "hand_over",
    "import_file",
    "import_text",
    "look_again",
    "record_contract",
    "record_deputy",
    "rename_place",
    "set_leaving",
    "take_out",
    "take_out_leave",
    "tell_of_starters",
    "trust_id",
]
