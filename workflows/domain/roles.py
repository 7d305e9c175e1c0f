"""The roles that a lane of a diagram may name. Each trust gives them its own titles in its policy."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from workflows.domain.fact_words import in_words


class Role(StrEnum):
    """The key of a role, as lanes, policies and posts write it."""

    PRACTITIONER = "practitioner"
    CLINICAL_MANAGER = "clinical_manager"
    SERVICE_MANAGER = "service_manager"
    NURSING_QUALITY_MANAGER = "nursing_quality_manager"
    AMD = "amd"
    MEDICAL_DIRECTOR = "medical_director"
    MEDIATOR = "mediator"
    CHIEF_EXECUTIVE = "chief_executive"
    BOARD_SECRETARY = "board_secretary"
    PANEL_CHAIR = "panel_chair"
    PANEL_MEMBER = "panel_member"
    MEDICAL_DIRECTORATE = "medical_directorate"
    HR_WORKFORCE = "hr_workforce"
    FINANCE = "finance"
    PROCESS_OWNER = "process_owner"
    PROCESS_APPROVER = "process_approver"


ROLE_WORDS: Mapping[str, str] = MappingProxyType({role.value: in_words(role.value) for role in Role})
"""The roles where no trust is there to say what it calls them."""
GROUP_ROLES: frozenset[Role] = frozenset(
    {Role.MEDICAL_DIRECTORATE, Role.HR_WORKFORCE, Role.FINANCE, Role.BOARD_SECRETARY}
)
"""Roles that several people share: any of them may claim a step."""
