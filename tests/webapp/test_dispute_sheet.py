"""The board as a workbook: what the filters show, text that is never a formula, dates that are dates."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

from lxml import etree
from sqlalchemy import select

from tests.factories import TODAY, House, write_fact
from tests.factories.disputes import book, open_dispute
from tests.webapp.apps import Store
from tests.webapp.test_statements import counted
from tests.webapp.visitor import Visitor
from workflows.store.models import Act, Person

Visit = Callable[[Person], Visitor]
NAMES = {"": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
EXPORT = "/disputes/export.xlsx"
EPOCH = date(1899, 12, 30)


class Sheet:
    """The one sheet of a workbook, as its XML has it."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            self.xml = book.read("xl/worksheets/sheet1.xml")
            self.styles = etree.fromstring(book.read("xl/styles.xml"))
            texts = etree.fromstring(book.read("xl/sharedStrings.xml"))
        self.texts = ["".join(map(str, part.itertext())) for part in texts.findall("si", NAMES)]
        self.rows = [
            [self._value(cell) for cell in row.findall("c", NAMES)]
            for row in etree.fromstring(self.xml).iter(f"{{{NAMES['']}}}row")
        ]

    def _value(self, cell: etree._Element) -> str | float | None:
        found = cell.find("v", NAMES)
        if found is None or found.text is None:
            return None
        return self.texts[int(found.text)] if cell.get("t") == "s" else float(found.text)

    def style_of(self, text: str) -> etree._Element:
        """The format of the cell that holds a text."""
        place = str(self.texts.index(text))
        cells = etree.fromstring(self.xml).iter(f"{{{NAMES['']}}}c")
        style = next(c.get("s", "0") for c in cells if c.get("t") == "s" and c.findtext("v", "", NAMES) == place)
        return self.styles.findall("cellXfs/xf", NAMES)[int(style)]


def export(visitor: Visitor, asked: str = "") -> Sheet:
    """The workbook, opened."""
    answer = visitor.client.get(f"{EXPORT}{asked}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == "attachment; filename=disputes-2027-03-01.xlsx"
    assert answer.headers["Cache-Control"] == "no-store"
    return Sheet(answer.data)


def test_it_holds_what_the_filters_show_all_pages_of_it(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        references = [open_dispute(session, cpft, stage="mediation", due=day).reference for day in range(55)]
        open_dispute(session, cpft)
    visitor = visit(cpft.amd)
    visitor.open("/disputes?stage=mediation")
    assert f"{EXPORT}?stage=mediation" in visitor.page.links
    sheet = export(visitor, "?stage=mediation")
    assert [row[0] for row in sheet.rows[2:]] == references
    assert sheet.rows[0] == ["Disputes on 1 March 2027: open disputes in the stage “Mediation”"]
    assert len(export(visitor).rows) == 2 + 56
    with store() as session:
        acts = session.scalars(select(Act).where(Act.kind == "disputes_exported").order_by(Act.number))
        assert [(act.who_id, act.details) for act in acts] == [
            (cpft.amd.id, {"disputes": 55}),
            (cpft.amd.id, {"disputes": 56}),
        ]


def test_dates_are_dates_and_days_are_numbers(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        case = open_dispute(session, cpft, stage="mediation", due=12, held_by=[cpft.medical_director])
        book(session, case, "mediation", on=TODAY + timedelta(days=8))
        write_fact(session, case, "disputed", [{"element": "friday", "title": "Friday list"}])
    [row] = export(visit(cpft.amd)).rows[2:]
    assert row[5:10] == [
        "Mediation", "Book mediation", "Dr Farah Siddiqui", "Mediation meeting", (date(2027, 3, 13) - EPOCH).days,
    ]  # fmt: skip
    assert row[10:] == [12, (date(2027, 3, 9) - EPOCH).days, "Mediation", "Friday list"]


def test_text_that_looks_like_a_formula_stays_text(cpft: House, visit: Visit, store: Store) -> None:
    evil = '=HYPERLINK("https://evil.example","Click")'
    with store() as session:
        case = open_dispute(session, cpft)
        case.title = evil
        write_fact(session, case, "disputed", [{"element": "a", "title": "+1-1"}, {"element": "b", "title": "@x"}])
    sheet = export(visit(cpft.amd))
    assert b"<f>" not in sheet.xml
    assert b"hyperlink" not in sheet.xml.lower()
    for text in (evil, "+1-1; @x"):
        assert sheet.style_of(text).get("quotePrefix") == "1"


def test_a_chief_executive_takes_out_no_more_than_they_read(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        open_dispute(session, cpft, stage="appeal_panel")
        case = open_dispute(session, cpft, stage="appeal_panel", held_by=[cpft.chief_executive])
        write_fact(session, case, "disputed", [{"element": "friday", "title": "Friday list"}])
        reference = case.reference
    [row] = export(visit(cpft.chief_executive)).rows[2:]
    assert (row[0], row[-1]) == (reference, "1 part of the job plan")


def test_only_followers_take_it_out(cpft: House, visit: Visit) -> None:
    visit(cpft.doctor).open(EXPORT, status=403)


def test_it_asks_no_more_of_the_database_however_many_there_are(cpft: House, visit: Visit, store: Store) -> None:
    visitor = visit(cpft.amd)
    with store() as session:
        open_dispute(session, cpft, due=1)
    export(visitor)
    with counted() as one:
        export(visitor)
    with store() as session:
        for _ in range(20):
            open_dispute(session, cpft, due=1)
    with counted() as many:
        export(visitor)
    assert len(many) == len(one)
