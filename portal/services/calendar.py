"""A meeting as a phone's calendar takes it (RFC 5545): a neutral title, for others look at a phone as well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from i18n.formatting import COPENHAGEN
from portal.store.meetings import Meeting

PRODUCT = "-//Taletid//Taletid//DA"


@dataclass(frozen=True)
class Words:
    """``host`` makes the meeting's name one of its kind in the world."""

    title: str
    host: str


def calendar_of(meeting: Meeting, words: Words, now: datetime) -> bytes:
    """With the time zone and its changes in it: a meeting at ten stays at ten. A meeting whose hour is not set lasts
    the day. Neither the note nor the interpreter is in it."""
    local = meeting.starts_at.astimezone(COPENHAGEN)
    event = Event()
    event.add("uid", f"meeting-{meeting.id}@{words.host}")
    event.add("dtstamp", now)
    event.add("sequence", meeting.changes)
    event.add("summary", words.title)
    event.add("class", "PRIVATE")
    if meeting.has_time:
        event.add("dtstart", local)
        event.add("dtend", (meeting.starts_at + timedelta(minutes=meeting.minutes)).astimezone(COPENHAGEN))
    else:
        event.add("dtstart", local.date())
        event.add("dtend", local.date() + timedelta(days=1))
    if meeting.place:
        event.add("location", meeting.place)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    near = timedelta(days=400)
    calendar.add_missing_timezones(first_date=(local - near).date(), last_date=(local + near).date())
    return bytes(calendar.to_ical())
