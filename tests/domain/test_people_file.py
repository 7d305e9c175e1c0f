"""A list of people as a file: what is read, what is refused, and that what is written is read back as it was."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.people_file import COLUMNS, LARGEST, Line, Problem, Unreadable, plain, read, safe, text_of, write

TITLES = {"practitioner": "Senior doctor", "amd": "Divisional Director", "medical_director": "Divisional Director"}
HEAD = "Employee Number,Name,E-mail Address"
ROW = "1001,Dr Nia Rowe,nia.rowe@trust.example"


def lines(text: str) -> list[Line]:
    found, problems = read(text, TITLES)
    assert problems == []
    return found


def problems(text: str) -> list[Problem]:
    return read(text, TITLES)[1]


def test_a_line_is_read_by_its_headings_in_any_order_and_spelling() -> None:
    head, row = (
        "e-mail address;NAME;employee_number;Role;Post Start",
        "nia@trust.example;Dr Nia Rowe;1001;senior DOCTOR",
    )
    text = f"{head}\n{row};01/04/2027\n"
    [line] = lines(text)
    assert line.number == 2
    assert line.get("name") == "Dr Nia Rowe"
    assert (line.get("role"), line.get("post_start")) == ("practitioner", date(2027, 4, 1))


@pytest.mark.parametrize("said", ["2027-04-01", "01/04/2027", "1/4/2027", "01-Apr-2027", "01-APR-2027"])
def test_dates_are_read_as_payroll_writes_them(said: str) -> None:
    [line] = lines(f"{HEAD},Leaving Date\n{ROW},{said}\n")
    assert line.get("left_on") == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("heading", "cell", "says"),
    [
        ("Leaving Date", "31/02/2027", "is not a date"),
        ("Leaving Date", "01/04/1066", "is not a date"),
        ("PAs", "ten", "is not a number of PAs"),
        ("PAs", "0", "is not a number of PAs"),
        ("PAs", "1e9", "is not a number of PAs"),
        ("PAs", "NaN", "is not a number of PAs"),
        ("PAs", "7.12345", "is not a number of PAs"),
        ("Grade", "Emperor", "is not known"),
        ("Contract Kind", "zero hours", "is not known"),
        ("Role", "king", "is not known"),
        ("Role", "Divisional Director", "is not known"),
        ("Not Medical", "perhaps", "is neither Yes nor No"),
        ("Payroll Number", "=1+1", "formula"),
        ("Payroll Number", "@SUM(A1)", "formula"),
        ("Payroll Number", "+44", "formula"),
        ("Payroll Number", "-1", "formula"),
        ("Payroll Number", "x" * 400, "longer than 300"),
        ("Payroll Number", '"a\nb"', "sign that cannot be kept"),
    ],
)
def test_a_cell_that_cannot_be_right_is_told_with_line_column_and_a_sentence(
    heading: str, cell: str, says: str
) -> None:
    [problem] = problems(f"{HEAD},{heading}\n1000,Dr A,a@b.example,\n{ROW},{cell}\n")
    assert (problem.line, problem.column) == (3, heading)
    assert says in problem.sentence


def test_headings_that_are_missing_twice_or_unknown_are_told() -> None:
    told = problems("Name,Name,Shoe Size\nDr A,Dr A,43\n")
    assert [(problem.line, problem.column) for problem in told] == [
        (1, "Name"),
        (1, "Shoe Size"),
        (1, "Employee Number"),
        (1, "E-mail Address"),
    ]


def test_a_line_with_more_cells_than_columns_is_told() -> None:
    assert problems(f"{HEAD}\n{ROW},too,much\n")[0].line == 2


def test_short_lines_and_empty_ones_are_read() -> None:
    assert [line.number for line in lines(f"{HEAD},Role\n\n{ROW}\n,,,\n")] == [3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_is_read_in_the_encodings_that_offices_write(encoding: str) -> None:
    text = text_of(f"{HEAD}\n1001,Dr Zoë O’Brien,zoe@trust.example\n".encode(encoding))
    assert lines(text)[0].get("name") == "Dr Zoë O’Brien"


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", "Name".encode("utf-16"), b"PK\x03\x04\0\0", b"x" * (LARGEST + 1), b"\x81\x8d\x8f"],
    ids=["empty", "blank", "utf-16", "workbook", "too large", "no encoding"],
)
def test_what_is_no_list_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        text_of(data)


@pytest.mark.parametrize("text", ["only one heading\n", f'{HEAD}\n"never closed', "\n\n"])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text, TITLES)


def test_a_file_with_too_many_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.domain.people_file.MOST_LINES", 3)
    with pytest.raises(Unreadable, match="more than 3 lines"):
        read(f"{HEAD}\n{(ROW + chr(10)) * 4}", TITLES)


def test_problems_come_to_an_end() -> None:
    assert len(problems(f"{HEAD},PAs\n" + f"{ROW},ten\n" * 1000)) == 200


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=40))
def test_whatever_is_written_is_read_back_and_is_no_formula(said: str) -> None:
    said = said.strip(" \u00a0")
    cell = safe(said)
    assert not cell or cell[0] not in "=+-@\t\r"
    assert (plain(cell) if cell else "") == said


def test_a_written_list_is_read_back_as_it_was() -> None:
    said = {
        "employee_number": "=1+1",
        "name": "Dr “Quote” O'Neil, MD",
        "email": "a@b.example",
        "not_medical": True,
        "left_on": date(2027, 4, 1),
        "kind": "Local contract",
        "grade": "Staff grade",
        "pas": Decimal("7.500"),
        "role": "Senior doctor",
    }
    text = write([said])
    assert text.splitlines()[0].split(",") == [column.heading for column in COLUMNS]
    assert "'=1+1" in text
    [line] = lines(text)
    assert line.get("employee_number") == "=1+1"
    assert line.get("name") == said["name"]
    assert (line.get("pas"), line.get("left_on"), line.get("not_medical")) == (Decimal("7.5"), date(2027, 4, 1), True)
    assert (line.get("kind"), line.get("role")) == ("local", "practitioner")
