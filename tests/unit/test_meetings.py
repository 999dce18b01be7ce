"""Meetings: when they are near, and what of them a calendar gets."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from portal.domain.meetings import NEXT_BEFORE, Way, day_before, is_near, start_of, starts_on
from portal.services.calendar import Words, calendar_of
from portal.services.sms.permission import WINDOW
from portal.store.meetings import Meeting
from tests.windows import DENMARK, any_moment, local

WORDS = Words("Aftale", "svar.aakoebing")
NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)
days = st.dates(date(2024, 1, 1), date(2034, 1, 1))


@pytest.mark.parametrize(
    ("meeting", "before"),
    [
        (date(2026, 11, 19), date(2026, 11, 18)),
        (date(2026, 11, 23), date(2026, 11, 20)),  # Monday, after a weekend
        (date(2026, 4, 7), date(2026, 4, 1)),  # the Tuesday after Easter, which closes on Maundy Thursday
    ],
)
def test_the_day_before_a_meeting_is_the_last_on_which_somebody_works(meeting: date, before: date) -> None:
    assert day_before(meeting, WINDOW.opens_on) == before


@given(days)
def test_between_the_day_before_and_the_meeting_nobody_works(meeting: date) -> None:
    before = day_before(meeting, WINDOW.opens_on)
    assert before < meeting and WINDOW.opens_on(before)
    closed = [before + timedelta(days=n) for n in range(1, (meeting - before).days)]
    assert not any(WINDOW.opens_on(day) for day in closed)


@given(days)
@example(date(2026, 4, 7))
def test_the_whole_of_the_next_working_day_lies_within_reach_of_the_day_before(meeting: date) -> None:
    before = start_of(day_before(meeting, WINDOW.opens_on), DENMARK)
    assert start_of(meeting + timedelta(days=1), DENMARK) <= before + NEXT_BEFORE


def test_a_meeting_is_near_from_the_day_before_to_its_own_day() -> None:
    monday = date(2026, 11, 23)
    near = [day for n in range(-6, 4) if is_near(monday, day := monday + timedelta(days=n), WINDOW.opens_on)]
    assert near == [date(2026, 11, day) for day in (20, 21, 22, 23)]


@given(any_moment)
def test_a_day_begins_at_its_own_midnight(moment: datetime) -> None:
    day = starts_on(moment, DENMARK)
    assert start_of(day, DENMARK) <= moment < start_of(day + timedelta(days=1), DENMARK)


def meeting(starts_at: datetime, **values: object) -> Meeting:
    known = {"id": 7, "has_time": True, "minutes": 45, "way": Way.PLACE, "changes": 2, "place": "Torvet 1"}
    row = Meeting(starts_at=starts_at.astimezone(UTC))
    for name, value in {**known, **values}.items():
        setattr(row, name, value)
    return row


def parts(row: Meeting, *names: str) -> list[Any]:
    """The first of each kind in the calendar's file."""
    calendar: Any = Calendar.from_ical(calendar_of(row, WORDS, NOW))
    return [calendar.walk(name)[0] for name in names]


@pytest.mark.parametrize("day", ["2026-10-23", "2026-10-26", "2027-03-26", "2027-03-29"])
def test_a_meeting_at_ten_is_at_ten_in_the_calendar_on_both_sides_of_a_change_of_the_clock(day: str) -> None:
    starts_at = local(f"{day}T10:00")
    event, zone = parts(meeting(starts_at), "VEVENT", "VTIMEZONE")
    assert event["DTSTART"].params["TZID"] == "Europe/Copenhagen" == str(zone["TZID"])
    assert event["DTSTART"].dt == starts_at
    assert (event["DTSTART"].dt.hour, event["DTEND"].dt - event["DTSTART"].dt) == (10, timedelta(minutes=45))
    offsets = {str(each["TZOFFSETTO"].to_ical()) for each in zone.subcomponents}
    assert offsets == {"+0100", "+0200"}


@given(any_moment)
def test_any_moment_comes_back_from_the_calendar_as_it_was(moment: datetime) -> None:
    starts_at = moment.replace(second=0, microsecond=0)
    (event,) = parts(meeting(starts_at), "VEVENT")
    # RFC 5545: of the hour that a clock put back gives twice, the first is meant.
    assert starts_at - event["DTSTART"].dt.astimezone(UTC) in {timedelta(), timedelta(hours=1)}


def test_a_meeting_without_an_hour_lasts_its_local_day() -> None:
    row = meeting(start_of(date(2026, 7, 1), DENMARK), has_time=False)
    (event,) = parts(row, "VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 7, 1), date(2026, 7, 2))


def test_a_calendar_that_others_see_says_no_more_than_a_title_the_time_and_the_place() -> None:
    row = meeting(local("2026-11-26T10:00"), note="Husk lægens papirer", interpreter="ar")
    text = calendar_of(row, WORDS, NOW).decode()
    assert "SUMMARY:Aftale" in text and "CLASS:PRIVATE" in text and "SEQUENCE:2" in text
    assert "Husk" not in text and "interpreter" not in text.lower() and "DESCRIPTION" not in text
