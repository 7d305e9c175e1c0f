"""Meetings as calendar files (RFC 5545): what goes with an e-mail (RFC 5546), and what a page hands out."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

from workflows.domain.meetings import Meeting
from workflows.notices.letters import Site, one_line

PRODUCT = "-//Accord//Job planning//EN"


def file_of(kept: str, *, site: Site, now: datetime) -> tuple[str, str]:
    """The calendar file of an e-mail, and its method: an invitation, or word that the meeting is off."""
    meeting = Meeting.from_json(kept)
    method = "CANCEL" if meeting.off else "REQUEST"
    return calendar_of(meeting, site=site, method=method, now=now), method


def calendar_of(meeting: Meeting, *, site: Site, method: str, now: datetime) -> str:
    """A calendar with the one meeting, in the time of London. A file to keep (PUBLISH) names nobody but us."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event = Event()
    event.add("uid", uid_of(meeting, site))
    event.add("sequence", meeting.number)
    event.add("dtstamp", now)
    event.add("last-modified", meeting.said_at)
    event.add("dtstart", meeting.starts_at or meeting.on)
    event.add("dtend", meeting.ends_at or meeting.on + timedelta(days=1))
    event.add("summary", one_line(meeting.title))
    event.add("location", one_line(meeting.place))
    event.add("description", f"{site.address}/cases/{meeting.case}")
    event.add("status", "CANCELLED" if meeting.off else "CONFIRMED")
    event["organizer"] = person("Accord", site.sender_address)
    if method != "PUBLISH":
        for name, address in meeting.people:
            invited = person(name, address)
            invited.params["role"] = vText("REQ-PARTICIPANT")
            invited.params["rsvp"] = vText("FALSE")
            event.add("attendee", invited, encode=False)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    file: bytes = calendar.to_ical()
    return file.decode()


def uid_of(meeting: Meeting, site: Site) -> str:
    """The same for the same meeting, whenever it is: calendars then move it."""
    return f"{meeting.key}.{meeting.case}@{site.host}".lower()


def person(name: str, address: str) -> vCalAddress:
    """Somebody in a calendar. A parameter may hold no quotation mark."""
    found = vCalAddress(f"mailto:{one_line(address)}")
    found.params["cn"] = vText(one_line(name).replace('"', "’"))
    return found
