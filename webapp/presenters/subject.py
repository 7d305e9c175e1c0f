"""What is held about somebody, as a file to hand over: JSON for machines, pages and tables for people."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from webapp.presenters import words
from workflows.domain.people_file import safe
from workflows.inbox.subject import CaseAbout, Subject

READ_ME = """What Accord holds about {name}, made on {made}.

readable.html   everything in words, to open in a browser
data.json       the same, and every row of the tables, for machines
answers.csv     what was answered in their cases, as a table
documents/      the files that they added, and the letters that they got

What other people wrote is here only where {name} may read it in Accord: the notes of separate hearings, and statements
that have not been released, are not. Passwords, keys of sessions and secret links are left out.
"""
UNSAFE = re.compile(r"[^A-Za-z0-9._ -]+")
LONGEST_NAME = 80


def name_of(found: Subject) -> str:
    """The name of the file: it tells no name of a person."""
    return f"accord-person-{found.person_id}-{found.made_at:%Y-%m-%d}.zip"


def packed(found: Subject, files: Iterable[tuple[int, str, bytes]]) -> bytes:
    """The zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", READ_ME.format(name=found.name, made=words.moment(found.made_at)))
        archive.writestr("data.json", json.dumps(asdict(found), indent=1, default=_plain, ensure_ascii=False))
        archive.writestr("answers.csv", "\ufeff" + answers(found))
        archive.writestr("readable.html", readable(found))
        for number, name, content in files:
            archive.writestr(f"documents/{number}-{file_name(name)}", content)
    return out.getvalue()


def file_name(name: str) -> str:
    """A name that any system takes, and that leads to no other folder."""
    plain = UNSAFE.sub("_", name).strip(" .") or "document"
    return plain[-LONGEST_NAME:]


def answers(found: Subject) -> str:
    """The answers in their cases as CSV; no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Case", "Question", "Answer", "By"])
    for case in found.cases:
        for one in case.answers:
            cells = [case.reference, one["question"], _said(one["answer"]), one["by"]]
            writer.writerow([safe(cell) for cell in cells])
    return out.getvalue()


def readable(found: Subject) -> str:
    """Everything in words, as one page without scripts or styles of elsewhere."""
    title = f"What Accord holds about {found.name}"
    parts = [
        Markup("<h1>{}</h1><p>Made on {}.</p>").format(title, words.moment(found.made_at)),
        *(_case(case) for case in found.cases),
        Markup("<h2>Records</h2>"),
        *(_rows(table, rows) for table, rows in found.rows.items() if rows),
    ]
    head = Markup('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{}</title></head><body>').format(
        title
    )
    return str(head + Markup("\n").join(parts) + Markup("</body></html>"))


def _case(case: CaseAbout) -> Markup:
    head = Markup("<h2>{}: {}</h2>").format(case.reference, case.title)
    lists = [
        ("What was answered", [f"{one['question']}: {_said(one['answer'])}" for one in case.answers]),
        ("Deadlines", [f"{one['title']}: {words.day(one['due_on'])} ({one['status']})" for one in case.deadlines]),
        ("Comments", [f"{words.moment(one['at'])}, {one['who']}: {one['words']}" for one in case.comments]),
        ("Documents", [f"{words.moment(one['at'])}, {one['who']}: {one['title']}" for one in case.documents]),
        ("History", [f"{words.moment(one['at'])}: {one['what']}" for one in case.history]),
    ]
    return head + Markup("").join(_list(title, lines) for title, lines in lists if lines)


def _list(title: str, lines: Iterable[str]) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup("<h3>{}</h3><ul>").format(title) + items + Markup("</ul>")


def _rows(table: str, rows: Iterable[Mapping[str, Any]]) -> Markup:
    lines = [
        "; ".join(f"{key} {_said(value)}" for key, value in row.items() if value not in (None, "")) for row in rows
    ]
    return _list(table.replace("_", " ").capitalize(), lines)


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return words.moment(value)
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, str):
        return value
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "_asdict"):
        return value._asdict()
    return str(escape(value)) if isinstance(value, Markup) else str(value)
