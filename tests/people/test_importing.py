"""A list of people is imported whole or not at all, and twice is as good as once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.factories import NOW, World, add_person
from tests.people.conftest import By
from workflows.people import Checked, check_file, export, import_file, import_text
from workflows.people.appointing import LastOfTheDirectorate
from workflows.people.importing import ImportedAlready, NoSuchFile, NotAsChecked
from workflows.people.keeping import NotYoursToKeep
from workflows.store.models import Act, CareGroup, Contract, PeopleFile, Person, Post, Team

HEAD = (
    "Employee Number,Name,E-mail Address,Registration Number,Not Medical,Leaving Date,Contract Kind,Grade,PAs,"
    "Payroll Number,Contract Start,Contract End,Care Group,Team,Role,Post Start,Post End"
)
ROWE = (
    "1001,Dr Nia Rowe,nia.rowe@cpft.example,7012345,,,sas_2021,Specialty doctor,8,55,2027-01-04,,"
    "Mental health,Penrith community team,practitioner,2027-01-04,"
)
MOSS = "1002,Ivy Moss,ivy.moss@cpft.example,,Yes,,,,,,,,Children,Kendal team,Clinical Manager,2027-02-01,"


def listed(*rows: str) -> bytes:
    """A file of these lines."""
    return "\n".join([HEAD, *rows, ""]).encode()


def check(session: Session, by: By, *rows: str) -> Checked:
    return check_file(session, by=by, name="people.csv", data=listed(*rows), now=NOW)


def sentences(session: Session, by: By, *rows: str) -> list[str]:
    """What is wrong with these lines, as people read it."""
    found = check(session, by, *rows).comparison.problems
    return [f"{problem.line} {problem.column}: {problem.sentence}" for problem in found]


def person(session: Session, name: str) -> Person:
    return session.scalars(select(Person).where(Person.name == name)).one()


def counts(session: Session) -> list[int]:
    return [len(list(session.scalars(select(table)))) for table in (Person, Contract, Post, Team, CareGroup)]


def test_a_checked_list_says_what_it_would_do_and_does_nothing(session: Session, office: By) -> None:
    before = counts(session)
    found = check(session, office, ROWE, MOSS)
    assert found.file_id is not None
    assert [(item.line, item.does, item.words) for item in found.comparison.items] == [
        (2, "added", "Dr Nia Rowe"),
        (2, "added", "Dr Nia Rowe: contract from 4 January 2027 (Specialty doctor, 8 PAs)"),
        (2, "added", "Dr Nia Rowe: Practitioner, Penrith community team from 4 January 2027"),
        (3, "added", "Ivy Moss"),
        (3, "added", "Care group Children"),
        (3, "added", "Team Kendal team, Children"),
        (3, "added", "Ivy Moss: Clinical Manager, Kendal team from 1 February 2027"),
    ]
    assert counts(session) == before


def test_a_confirmed_list_is_imported_and_repeated_changes_nothing(session: Session, office: By) -> None:
    file_id = check(session, office, ROWE, MOSS).file_id or 0
    done = import_file(session, by=office, file_id=file_id, now=NOW)
    assert done.counts == {"added": 7, "changed": 0, "ended": 0}
    rowe, moss = person(session, "Dr Nia Rowe"), person(session, "Ivy Moss")
    assert (rowe.employee_number, rowe.registration, rowe.not_medical) == ("1001", "7012345", False)
    assert moss.not_medical
    [contract] = session.scalars(select(Contract).where(Contract.person_id == rowe.id))
    assert (contract.kind, contract.programmed_activities) == ("sas_2021", Decimal(8))
    [post] = session.scalars(select(Post).where(Post.person_id == moss.id))
    assert (post.role, post.care_group_id) == (
        "clinical_manager",
        session.scalars(select(Team.care_group_id).where(Team.name == "Kendal team")).one(),
    )
    row = session.get_one(PeopleFile, file_id)
    assert (row.status, row.text) == ("imported", ""), "the personal data is not kept twice"
    again = check(session, office, ROWE, MOSS).comparison
    assert again.items == []
    assert again.unchanged == 5
    before = counts(session)
    import_text(session, by=office, text=listed(ROWE, MOSS).decode(), now=NOW)
    assert counts(session) == before
    assert [act.kind for act in session.scalars(select(Act))] == ["people_imported"]


def test_one_wrong_line_keeps_the_whole_list_out(session: Session, office: By) -> None:
    before = counts(session)
    wrong = MOSS.replace("Clinical Manager", "practitioner")
    checked = check(session, office, ROWE, wrong)
    assert checked.file_id is None
    assert [problem.line for problem in checked.comparison.problems] == [3]
    with pytest.raises(NotAsChecked):
        import_text(session, by=office, text=listed(ROWE, wrong).decode(), now=NOW)
    assert counts(session) == before


def test_a_list_changes_and_ends_what_it_names_and_leaves_the_rest(session: Session, office: By) -> None:
    import_text(session, by=office, text=listed(ROWE, MOSS).decode(), now=NOW)
    changed = ROWE.replace(",8,55,", ",9.5,55,").replace(
        "practitioner,2027-01-04,", "practitioner,2027-01-04,2027-03-31"
    )
    found = check(session, office, changed).comparison
    assert [(item.does, item.words) for item in found.items] == [
        ("changed", "Dr Nia Rowe: contract from 4 January 2027 (Specialty doctor, 9.5 PAs): pas"),
        ("ended", "Dr Nia Rowe: Practitioner, Penrith community team from 4 January 2027 ends on 31 March 2027"),
    ]
    done = import_text(session, by=office, text=listed(changed).decode(), now=NOW)
    assert done.area.team_ids
    assert person(session, "Ivy Moss").left_on is None
    leaves = "1002,Ivy Moss,ivy.moss@cpft.example,,Yes,30/06/2027,,,,,,,,,,,"
    import_text(session, by=office, text=listed(leaves).decode(), now=NOW)
    assert person(session, "Ivy Moss").left_on == date(2027, 6, 30)


def test_columns_that_the_file_does_not_have_change_nothing(session: Session, office: By) -> None:
    import_text(session, by=office, text=listed(ROWE).decode(), now=NOW)
    text = "Employee Number,Name,E-mail Address\n1001,Dr Nia Rowe-Smith,nia.rowe@cpft.example\n"
    import_text(session, by=office, text=text, now=NOW)
    assert person(session, "Dr Nia Rowe-Smith").registration == "7012345"


def test_somebody_without_a_number_is_known_by_their_address_and_gets_one(session: Session, office: By) -> None:
    row = "777,Dr Amina Osei,Amina.Osei@cpft.example,,,,,,,,,,,,,,"
    import_text(session, by=office, text=listed(row).decode(), now=NOW)
    assert person(session, "Dr Amina Osei").employee_number == "777"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (ROWE.replace("7012345", ""), "2 Role: There is no GMC or GDC number for Dr Nia Rowe."),
        (ROWE.replace("Specialty doctor", "Foundation doctor"), "2 Role: Dr Nia Rowe is employed as: Foundation"),
        (ROWE.replace("2027-01-04,,Mental", "2027-02-04,,Mental"), "2 Role: Dr Nia Rowe has no contract with the"),
        (ROWE.replace(",Penrith community team,", ",,"), "2 Team: A post of this role needs a team."),
        (ROWE.replace("Mental health", "Elsewhere"), "2 Care Group: The team Penrith community team belongs to Mental"),
        (ROWE.replace("55,2027-01-04,,", "55,2027-01-04,2026-01-01,"), "2 Contract End: The last day (1 January 2026)"),
        (ROWE.replace(",55,", ",,"), "2 Payroll Number: A contract needs this too."),
        (ROWE.replace("practitioner,2027-01-04", "practitioner,"), "2 Post Start: A post needs this too."),
        (ROWE.replace("nia.rowe@cpft.example", "amina"), "2 E-mail Address: “amina” is not an e-mail address."),
        (ROWE.replace("Dr Nia Rowe", ""), "2 Name: This cell must not be empty."),
        (ROWE.replace("practitioner", "medical_director"), "2 Team: This role is over the whole trust."),
        (ROWE.replace(",7012345,,,", ",7012345,,2026-12-31,"), "2 Post Start: Dr Nia Rowe has left by then."),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_told_line_by_line(session: Session, office: By, row: str, says: str) -> None:
    assert any(sentence.startswith(says) for sentence in sentences(session, office, row)), sentences(
        session, office, row
    )


def test_lines_that_contradict_one_another_are_told(session: Session, office: By) -> None:
    other = ROWE.replace("Dr Nia Rowe", "Dr Nia Roe")
    assert "Line 2 says something else" in sentences(session, office, ROWE, other)[0]
    twin = ROWE.replace("1001", "1009").replace("Dr Nia Rowe", "Dr Nia Twin")
    assert "Another person of this list has the same address." in sentences(session, office, ROWE, twin)[0]


def test_an_address_of_somebody_else_is_told(session: Session, office: By) -> None:
    import_text(session, by=office, text=listed(ROWE).decode(), now=NOW)
    taken = MOSS.replace("ivy.moss", "nia.rowe")
    assert "Dr Nia Rowe has this address already (employee number: 1001)." in sentences(session, office, taken)[0]


def test_people_of_another_trust_are_neither_found_nor_touched(session: Session, world: World, office: By) -> None:
    import_text(session, by=office, text=listed(ROWE).decode(), now=NOW)
    other = By(world.bth.directorate.id, world.bth.trust.id)
    row = ROWE.replace("Mental health", "Unscheduled care").replace("Penrith community team", "Acute medicine")
    assert check(session, other, row).comparison.counts["added"] == 3
    kept = check(session, office, MOSS).file_id or 0
    with pytest.raises(NoSuchFile):
        import_file(session, by=other, file_id=kept, now=NOW)


def test_what_is_exported_imports_again_and_changes_nothing(session: Session, world: World, office: By) -> None:
    import_text(session, by=office, text=listed(ROWE, MOSS).decode(), now=NOW)
    person(session, "Ivy Moss").name = "=Formula, “Quote”; Name"
    text = export(session, by=office, now=NOW)
    assert "'=Formula" in text
    found = check_file(session, by=office, name="again.csv", data=f"\ufeff{text}".encode(), now=NOW).comparison
    assert (found.problems, found.items) == ([], [])
    assert "Kowalska" not in text


def test_hr_imports_doctors_but_gives_no_post_over_the_whole_trust(session: Session, world: World) -> None:
    hr = By(world.cpft.hr.id, world.cpft.trust.id)
    assert check(session, hr, ROWE).file_id
    row = MOSS.replace("Children,Kendal team,Clinical Manager", ",,medical_directorate")
    assert "given by the Medical Directorate team alone" in sentences(session, hr, row)[0]


@pytest.mark.parametrize("part", ["doctor", "manager", "amd", "medical_director", "finance"])
def test_nobody_else_imports_or_exports(session: Session, world: World, part: str) -> None:
    somebody = By(getattr(world.cpft, part).id, world.cpft.trust.id)
    with pytest.raises(NotYoursToKeep):
        check(session, somebody, ROWE)
    with pytest.raises(NotYoursToKeep):
        export(session, by=somebody, now=NOW)


def test_a_list_never_leaves_the_trust_without_a_directorate(session: Session, world: World, office: By) -> None:
    rows = [
        f",{one.name},{one.email},,,,,,,,,,,,medical_directorate,2020-04-01,2027-02-28"
        for one in (world.cpft.directorate, world.cpft.second_directorate)
    ]
    with pytest.raises(LastOfTheDirectorate):
        import_text(session, by=office, text=listed(*rows).decode(), now=NOW)


def test_a_list_is_imported_once_and_forgotten_when_it_was_left(session: Session, office: By) -> None:
    first = check(session, office, ROWE).file_id or 0
    import_file(session, by=office, file_id=first, now=NOW)
    with pytest.raises(ImportedAlready, match="1 March 2027"):
        import_file(session, by=office, file_id=first, now=NOW)
    left = check(session, office, MOSS).file_id or 0
    check_file(session, by=office, name="x.csv", data=listed(MOSS), now=NOW + timedelta(days=2))
    with pytest.raises(NoSuchFile):
        import_file(session, by=office, file_id=left, now=NOW + timedelta(days=2))


def test_what_has_changed_since_the_check_is_looked_at_again(session: Session, world: World, office: By) -> None:
    kept = check(session, office, ROWE).file_id or 0
    clash = add_person(session, trust=world.cpft.trust, name="Dr Nia Rowe")
    clash.employee_number = "4711"
    session.flush()
    with pytest.raises(NotAsChecked):
        import_file(session, by=office, file_id=kept, now=NOW)


def test_a_large_list_is_compared_in_a_handful_of_statements(session: Session, office: By) -> None:
    rows = [ROWE.replace("1001", str(n)).replace("nia.rowe", f"nia{n}").replace(",55,", f",{n},") for n in range(400)]
    import_text(session, by=office, text=listed(*rows).decode(), now=NOW)
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *call: sent.append(call[2]))
    assert check(session, office, *rows).comparison.items == []
    assert len([one for one in sent if one.startswith("SELECT")]) < 20
