"""Fields as the NHS design system draws them. Each widget is called with a WTForms field and gives markup."""

import re
from collections.abc import Mapping
from typing import Any

from flask import current_app
from markupsafe import Markup
from wtforms import Field

Params = dict[str, Any]
OPENS = re.compile(r' data-aria-controls="[^"]*"|(?<=__conditional) nhsuk-radios__conditional--hidden')
"""By what the design system's script finds an option that has something below it, and what hides that."""


class Widget:
    """One macro of the design system. `fixed` are parameters of every field; `render_kw` of the field adds its own."""

    macro = "input"

    def __init__(self, **fixed: Any) -> None:
        self.fixed = fixed

    def __call__(self, field: Field, **more: Any) -> Markup:
        params = self.common(field) | self.params(field) | self.fixed | dict(field.render_kw or {}) | more
        macro = getattr(current_app.jinja_env.globals["nhs"], self.macro)
        drawn: Markup = macro({name: value for name, value in params.items() if value is not None})
        return drawn

    def common(self, field: Field) -> Params:
        """What every macro takes."""
        own_clauses = current_app.jinja_env.filters["own_clauses"]
        return {
            "id": field.id,
            "name": field.name,
            "hint": {"text": own_clauses(field.description)} if field.description else None,
            "errorMessage": {"text": field.errors[0]} if field.errors else None,
        }

    def params(self, field: Any) -> Params:
        """What this macro takes."""
        return {"label": label(field), "value": field._value()}


class Input(Widget):
    """A line."""


class Password(Widget):
    """A password, which never travels back to the page."""

    macro = "passwordInput"

    def params(self, field: Any) -> Params:
        return {"label": label(field)}


class FileUpload(Widget):
    """A file, which never travels back to the page. The design system's own script is left out: the button that it puts
    over the box is not called what it says."""

    def __call__(self, field: Field, **more: Any) -> Markup:  # noqa: ARG002 - as every widget is called
        nhs: Any = current_app.jinja_env.globals["nhs"]
        parts = [nhs.label(label(field) | {"for": field.id})]
        described = []
        if field.description:
            parts.append(nhs.hint({"id": f"{field.id}-hint", "text": field.description}))
            described.append(f"{field.id}-hint")
        if field.errors:
            parts.append(nhs.errorMessage({"id": f"{field.id}-error", "text": field.errors[0]}))
            described.append(f"{field.id}-error")
        wrong = " nhsuk-form-group--error" if field.errors else ""
        box = Markup('<input class="nhsuk-file-upload__input" id="{}" name="{}" type="file" aria-describedby="{}">')
        drawn = Markup("").join([*parts, box.format(field.id, field.name, " ".join(described))])
        return Markup('<div class="nhsuk-form-group{}">{}</div>').format(wrong, drawn)


class Textarea(Widget):
    """A text of several lines."""

    macro = "textarea"


class Select(Widget):
    """A list to choose one from."""

    macro = "select"

    def params(self, field: Any) -> Params:
        return {"label": label(field), "items": [option | {"selected": option["checked"]} for option in options(field)]}


class Radios(Widget):
    """Options of which one is chosen."""

    macro = "radios"

    def __call__(self, field: Any, **more: Any) -> Markup:
        """What stands below an option is shown and hidden by our styles, with scripts and without: the design system's
        script marks a radio button as something that opens, which no radio button can be."""
        drawn = super().__call__(field, **more)
        return Markup(OPENS.sub("", drawn)) if field.reveals else drawn  # noqa: S704 - the macro has escaped it

    def params(self, field: Any) -> Params:
        return {"fieldset": fieldset(field), "id": None, "idPrefix": field.id, "items": options(field)}


class Checkboxes(Radios):
    """Options of which several may be chosen."""

    macro = "checkboxes"


class NothingToChoose(Widget):
    """A question without an option: its words alone, for boxes that are not there cannot be ticked."""

    def __call__(self, field: Field, **more: Any) -> Markup:  # noqa: ARG002 - as every widget is called
        nhs: Any = current_app.jinja_env.globals["nhs"]
        parts = [Markup('<p class="nhsuk-label nhsuk-label--s" id="{}">{}</p>').format(field.id, field.label.text)]
        parts += [nhs.hint({"text": field.description})] if field.description else []
        parts += [nhs.errorMessage({"text": field.errors[0]})] if field.errors else []
        wrong = " nhsuk-form-group--error" if field.errors else ""
        return Markup('<div class="nhsuk-form-group{}">{}</div>').format(wrong, Markup("").join(parts))


class DateInput(Widget):
    """Three boxes: day, month, year."""

    macro = "dateInput"

    def params(self, field: Any) -> Params:
        return {"fieldset": fieldset(field), "name": None, "items": [self.box(field, part) for part in field.WIDTHS]}

    def box(self, field: Any, part: str) -> Mapping[str, object]:
        """One of the boxes."""
        return {
            "id": f"{field.id}-{part}",
            "name": f"{field.name}-{part}",
            "label": part.capitalize(),
            "width": field.WIDTHS[part],
            "value": field.parts[part],
            "error": bool(field.errors) and part in field.bad_parts,
        }


def label(field: Field) -> Params:
    """The label of a field with one box."""
    return {"text": field.label.text, "size": "s"}


def fieldset(field: Field) -> Params:
    """The legend of a field with several boxes."""
    return {"legend": {"text": field.label.text, "size": "s"}}


def options(field: Any) -> list[Params]:
    """The options of a field. The first has the field's own id, so that the error summary finds it."""
    return [
        {
            "value": choice.value,
            "text": choice.label,
            "checked": choice.value in field.chosen(),
            **_below(field, choice),
        }
        for choice in field.offered
    ]


def _below(field: Any, choice: Any) -> Params:
    """What is asked besides where an option is chosen; without scripts it is always there."""
    asked = field.reveals.get(choice.value, ())
    return {"conditional": {"html": Markup("").join(each() for each in asked)}} if asked else {}
