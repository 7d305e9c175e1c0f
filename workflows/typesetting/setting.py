"""Words set as tagged PDFs. The layouts are ours; what people wrote reaches them as one JSON text, never as typst."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst

from workflows.domain.errors import Unsound

LAYOUTS = Path(__file__).parent / "layouts"
FONTS = typst.Fonts(include_system_fonts=False, font_paths=[Path(__file__).parent / "fonts"])
"""Our own and those that typst brings, so that a paper looks the same on every machine."""
Standard = Literal["ua-1"]


class Unset(Unsound):
    """The paper “{title}” could not be set as a PDF. {reason}"""


def letter(data: Mapping[str, Any], *, now: datetime) -> bytes:
    """A letter as a PDF; of a preview, the letters to everybody one after the other.

    data: title, trust, reference, date (texts); sender ({"name", "role"}); draft (whether it is a preview); letters,
    each with to ([{"name", "role"}]), copy_for ("" for none) and blocks (see domain.letters.Filled). The same data at
    the same instant give the same bytes. Raises Unset.
    """
    return put("letter", data, now=now)


def plan(data: Mapping[str, Any], *, now: datetime) -> bytes:
    """A job plan on the policy's form, as a PDF.

    data: title, trust, version, warning, others (texts); head and totals ([{"label", "text"}]); rows, each with title
    and entries (see domain.plan.pro_forma.Entry); codes (sentences); signatures ([{"role", "name", "date"}]); parts,
    each with title, reason and rows ([{"title", "said": [{"label", "text"}]}]). Raises Unset.
    """
    return put("plan", data, now=now)


def put(layout: str, data: Mapping[str, Any], *, now: datetime) -> bytes:
    """A layout with its data, as PDF/UA-1. Raises Unset.

    That standard refuses a sign that no font has, such as a smiley: what has one is tagged all the same, and shows a
    box in its place.
    """
    with suppress(typst.TypstError):
        return _compiled(layout, data, now, ["ua-1"])
    try:
        return _compiled(layout, data, now, [])
    except typst.TypstError as fault:
        raise Unset(title=str(data.get("title", "")), reason=fault.message) from fault


def _compiled(layout: str, data: Mapping[str, Any], now: datetime, standards: list[Standard]) -> bytes:
    return typst.compile(
        str(LAYOUTS / f"{layout}.typ"),
        root=str(LAYOUTS),
        font_paths=FONTS,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=list(standards),
        timestamp=now.replace(microsecond=0),  # typst refuses anything finer
    )
