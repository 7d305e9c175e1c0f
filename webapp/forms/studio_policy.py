"""What is asked where a policy is changed, and what was typed as the policy holds it."""

from typing import Any

from webapp.forms.answers import NONE as NOBODY
from webapp.forms.people import Values, sent
from webapp.forms.studio_boxes import version
from workflows.domain.fact_words import in_words as words
from workflows.domain.fields import Field
from workflows.domain.plan import SECTIONS
from workflows.domain.roles import Role
from workflows.domain.studio import Permission
from workflows.studio import policy_edits as edits
from workflows.studio.comparing_policies import MAY
from workflows.studio.policy_edits import Policy, PolicyPage

__all__ = ["sent", "version"]

SIGNATURES = 5

# -------------------------------------------------------------------------------------------------------------- people


def title_fields(page: PolicyPage) -> tuple[Field, ...]:
    """A title for each role; left empty it is inherited."""
    below = page.inherited.titles if page.inherited else {}
    names = {role: below.get(role, role.value.replace("_", " ").capitalize()) for role in Role}
    return tuple(Field(role.value, "text", names[role], required=page.inherited is None) for role in Role)


def title_given(page: PolicyPage) -> dict[str, str]:
    """The trust's own titles."""
    return {key: str(title) for key, title in page.own.get("titles", {}).items()}


def title_edits(page: PolicyPage, values: Values) -> list[edits.Edit]:
    """What differs: an empty box is not said any more."""
    given = title_given(page)
    typed = {role.value: " ".join(str(values.get(role.value) or "").split()) for role in Role}
    return [(("titles", key), title or None) for key, title in typed.items() if title != given.get(key, "")]


def people_fields(policy: Policy) -> tuple[Field, ...]:
    """Who signs, one after the other, and who may do what in the studio."""
    roles = tuple((role.value, title) for role, title in policy.titles.items())
    numbers = ("first", "second", "third", "fourth", "fifth")
    signs = tuple(
        Field(f"signs_{place}", "choice", f"The {numbers[place]} signature", options=((NOBODY, "Nobody"), *roles))
        for place in range(SIGNATURES)
    )
    return (*signs, *(Field(one.value, "several", MAY[one], required=True, options=roles) for one in Permission))


def people_given(policy: Policy) -> dict[str, Any]:
    """Who does now."""
    signs = {f"signs_{place}": NOBODY for place in range(SIGNATURES)}
    signs |= {f"signs_{place}": role.value for place, role in enumerate(policy.signatories)}
    return {**signs, **{one.value: sorted(role.value for role in policy.studio[one]) for one in Permission}}


def people_edits(page: PolicyPage, policy: Policy, values: Values) -> list[edits.Edit]:
    """What differs. A signature that is new covers the whole plan."""
    chosen = [values.get(f"signs_{place}") or NOBODY for place in range(SIGNATURES)]
    signs = list(dict.fromkeys(str(role) for role in chosen if role != NOBODY))
    found: list[edits.Edit] = []
    if signs != [role.value for role in policy.signatories]:
        found.append((("signatories",), signs))
        new = [role for role in signs if role not in policy.covers]
        if new and "covers" not in page.own:
            covers = {role: list(policy.covers.get(role, ())) or "all" for role in signs}
            found.append((("covers",), covers))
        elif new:
            found += [(("covers", role), "all") for role in new]
    for one in Permission:
        roles = sorted(values.get(one.value) or [])
        if roles != sorted(role.value for role in policy.studio[one]):
            found.append((("studio", one.value), roles))
    return found


def stand_in_fields(page: PolicyPage, policy: Policy) -> tuple[Field, ...]:
    """Who takes the place of each role; what is inherited can be said otherwise, and not be left out."""
    below = page.inherited.stands_in if page.inherited else {}

    def nobody(role: Role) -> str:
        return f"As inherited: {policy.titles[below[role]]}" if role in below else "Nobody"

    def others(role: Role) -> tuple[tuple[str, str], ...]:
        return tuple((other.value, title) for other, title in policy.titles.items() if other != role)

    return tuple(
        Field(role.value, "choice", title, required=True, options=((NOBODY, nobody(role)), *others(role)))
        for role, title in policy.titles.items()
    )


def stand_in_given(page: PolicyPage) -> dict[str, str]:
    """Who does now, where the trust says it itself."""
    own = page.own.get("stands_in", {})
    return {role.value: str(own.get(role.value, NOBODY)) for role in Role}


def stand_in_edits(page: PolicyPage, values: Values) -> list[edits.Edit]:
    """What differs."""
    given = stand_in_given(page)
    chosen = {key: str(values.get(key) or NOBODY) for key in given}
    return [
        (("stands_in", key), None if role == NOBODY else role) for key, role in chosen.items() if role != given[key]
    ]


def cover_fields(policy: Policy) -> tuple[Field, ...]:
    """The parts of a plan that each signature covers."""
    parts = tuple((section, words(section)) for section in SECTIONS)
    return tuple(
        Field(role.value, "several", policy.titles[role], required=True, options=parts) for role in policy.signatories
    )


def cover_given(policy: Policy) -> dict[str, list[str]]:
    """What they cover now."""
    return {role.value: list(policy.covers[role]) for role in policy.signatories}


def cover_edits(page: PolicyPage, policy: Policy, values: Values) -> list[edits.Edit]:
    """What differs. A trust that changes one says all of them itself."""
    typed = {role.value: list(values.get(role) or ()) for role in policy.signatories}
    if typed == cover_given(policy):
        return []
    said = {role: "all" if len(parts) == len(SECTIONS) else parts for role, parts in typed.items()}
    if "covers" not in page.own:
        return [(("covers",), said)]
    return [(("covers", role), parts) for role, parts in said.items() if typed[role] != list(policy.covers[role])]
