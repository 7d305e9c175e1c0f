"""What is asked where a policy is changed, and what was typed as the policy holds it."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from webapp.forms.people import Values, sent
from webapp.forms.studio_boxes import version
from workflows.domain.fields import Field
from workflows.domain.roles import Role
from workflows.domain.studio import Permission
from workflows.studio import policy_edits as edits
from workflows.studio.comparing_policies import MAY
from workflows.studio.policy_edits import Policy, PolicyPage, Value

__all__ = ["sent", "version"]

NOBODY = "nobody"
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


# -------------------------------------------------------------------------------------------------------------- values


def value_fields(value: Value, label: str) -> tuple[Field, ...]:
    """The box of one value, with what the policy says beside it as its hint."""
    kind = {"lines": "long_text"}.get(value.kind, value.kind)
    hint = " ".join(part for part in (value.comment, "A line for each." if value.kind == "lines" else "") if part)
    return (Field("value", kind, label, hint=hint, required=value.kind != "text"),)


def value_given(value: Value) -> dict[str, Any]:
    """What holds now."""
    return {"value": "\n".join(value.value) if value.kind == "lines" else _shown(value)}


def _shown(value: Value) -> Any:
    return Decimal(str(value.value)) if value.kind == "number" else value.value


def value_said(value: Value, values: Mapping[str, Any]) -> Any:
    """What was typed, as TOML holds it."""
    typed = values.get("value")
    if value.kind == "yes_no":
        return bool(typed)
    if value.kind == "number":
        exact = Fraction(str(typed))
        return int(exact) if exact.denominator == 1 else float(exact)
    text = str(typed or "").replace("\r", "").strip()
    return [line.strip() for line in text.split("\n") if line.strip()] if value.kind == "lines" else text
