"""The daily e-mail: one a day, at seven in London, with what has not been read or settled."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import NOW, open_case, open_deadline, open_step, plan_firing
from tests.notices.conftest import Office
from workflows.store.models import Notice, Step, StepHolder

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SEVEN = datetime(2027, 3, 2, 7, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def daily(office: Office) -> Office:
    """The doctor and the manager want one e-mail a day; the clock has been running since yesterday."""
    office.wants(office.world.cpft.doctor, "daily")
    office.wants(office.world.cpft.manager, "daily")
    office.send()
    return office


def test_what_was_told_since_is_one_e_mail_at_seven(daily: Office) -> None:
    house = daily.world.cpft
    daily.tell(house.doctor, "First", "It is due on Friday.")
    daily.tell(house.doctor, "Second", "It is late.")
    daily.tell(house.manager, "Third")
    daily.set_clock(SEVEN - MINUTE)
    assert not daily.send()
    assert daily.send(later=MINUTE).done == {"e-mails sent": 2}
    first, second = sorted(daily.server.messages, key=lambda one: str(one["Subject"]))
    assert second["To"].addresses[0].addr_spec == house.doctor.email
    assert second["Subject"] == "Accord today: 2 things you should know"
    text = second.get_content().replace("\r\n", "\n")
    assert text.index("First\nIt is due on Friday.") < text.index("Second\nIt is late.")
    assert first["Subject"] == "Accord today: 1 thing you should know"
    assert not daily.send(later=timedelta(hours=5))


def test_seven_is_seven_in_london_in_summer_too(daily: Office) -> None:
    daily.set_clock(datetime(2027, 7, 1, 12, tzinfo=UTC))
    daily.send()
    daily.tell(daily.world.cpft.doctor)
    daily.set_clock(datetime(2027, 7, 2, 5, 59, tzinfo=UTC))
    assert not daily.send()
    assert daily.send(later=MINUTE).done == {"e-mails sent": 1}


def test_several_clocks_write_it_once(daily: Office) -> None:
    daily.tell(daily.world.cpft.doctor)
    daily.set_clock(SEVEN)
    for clock in (daily.another_clock(), daily.another_clock(), daily.post):
        daily.send(clock)
    assert len(daily.server.messages) == 1


def test_what_comes_later_in_the_day_is_in_tomorrows(daily: Office) -> None:
    doctor = daily.world.cpft.doctor
    daily.tell(doctor, "First")
    daily.set_clock(SEVEN)
    daily.send()
    daily.tell(doctor, "Second")
    assert not daily.send(daily.another_clock(), later=timedelta(hours=1))
    daily.set_clock(SEVEN + DAY)
    daily.send()
    last = daily.server.messages[-1].get_content()
    assert "Second" in last
    assert "First" not in last


@SQLITE
def test_what_was_read_in_accord_is_left_out(daily: Office) -> None:
    doctor = daily.world.cpft.doctor
    key = daily.tell(doctor, "First")
    daily.write(lambda session: session.query(Notice).filter_by(key=key).update({"read_at": NOW}))
    daily.set_clock(SEVEN)
    assert not daily.send()


@SQLITE
def test_the_reminders_of_the_morning_go_first(daily: Office) -> None:
    """They are sent at seven too: the daily e-mail waits for them, but not for ever."""
    doctor = daily.world.cpft.doctor
    daily.tell(doctor, "First")

    def plan(session: object) -> None:
        case = open_case(session, daily.world.cpft)  # type: ignore[arg-type]
        plan_firing(session, open_deadline(session, case), at=SEVEN)  # type: ignore[arg-type]

    daily.write(plan)
    daily.set_clock(SEVEN)
    assert not daily.send()
    assert daily.send(later=10 * MINUTE).done == {"e-mails sent": 1}


@SQLITE
def test_a_reminder_of_a_step_that_is_done_is_left_out(daily: Office) -> None:
    house = daily.world.cpft
    ids: dict[str, int] = {}

    def remind(session: object) -> None:
        for subject in (house.doctor, house.colleague):
            case = open_case(session, house, subject=subject)  # type: ignore[arg-type]
            step = open_step(session, case, held_by=[house.doctor])  # type: ignore[arg-type]
            ids[subject.name] = step.id
            ids[f"case of {subject.name}"] = case.id

    daily.write(remind)
    for subject in (house.doctor, house.colleague):
        case_id = ids[f"case of {subject.name}"]
        daily.tell(house.doctor, f"Reminder: {subject.name}", kind="reminder", case_id=case_id)

    def done(session: object) -> None:
        step = session.get_one(Step, ids[house.colleague.name])  # type: ignore[attr-defined]
        step.status = "done"
        session.query(StepHolder).filter_by(step_id=step.id).update({"status": "done"})  # type: ignore[attr-defined]

    daily.write(done)
    daily.set_clock(SEVEN)
    daily.send()
    text = daily.server.messages[-1].get_content()
    assert f"Reminder: {house.doctor.name}" in text
    assert f"Reminder: {house.colleague.name}" not in text
    assert "https://accord.cpft.example/cases/CPFT-2027-0001" in text


@SQLITE
def test_whoever_changes_to_at_once_gets_what_still_waited(daily: Office) -> None:
    doctor = daily.world.cpft.doctor
    daily.tell(doctor, "First")
    daily.wants(doctor, "at_once")
    daily.tell(doctor, "Second")
    assert daily.send().done == {"e-mails sent": 1}
    daily.set_clock(SEVEN)
    assert daily.send().done == {"e-mails sent": 1}
    assert "First" in daily.server.messages[-1].get_content()
    assert "Second" not in daily.server.messages[-1].get_content()
