"""What a caseworker does with a citizen's meetings: set, change and call off, and see to what she has asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from database.tenancy import TenantSession
from i18n.formatting import COPENHAGEN
from messaging import outbox
from messaging.content_guard import Words, findings
from messaging.message import dedupe_key
from messaging.outbox import NewMessage
from portal.domain.ageing import local_day
from portal.domain.meetings import INTERPRETERS, MINUTES, Way, start_of, starts_on
from portal.services.sms.draft import house_rules
from portal.store import meetings, schedules
from portal.store.answering import Invitation
from portal.store.meetings import Meeting, NextMeeting
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry

LONGEST_PLACE, LONGEST_NOTE = 120, 300
KIND = "meeting"
"""Of the SMS that tells her that there is news about a meeting."""


class Problem(StrEnum):
    DAY = "day"
    PAST = "past"
    TIME = "time"
    MINUTES = "minutes"
    WAY = "way"
    PLACE = "place"
    INTERPRETER = "interpreter"
    PRIVATE = "private"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Typed:
    """As it came from the page. No ``time``: the hour is not set yet."""

    day: str = ""
    time: str = ""
    minutes: str = "45"
    way: str = Way.PLACE.value
    place: str = ""
    interpreter: str = ""
    note: str = ""


@dataclass(frozen=True)
class By:
    """Who does it and when; ``tell``: she is told by SMS."""

    staff_id: int
    now: datetime
    tell: bool


def typed_of(meeting: Meeting) -> Typed:
    local = meeting.starts_at.astimezone(COPENHAGEN)
    return Typed(
        day=local.date().isoformat(),
        time=local.strftime("%H:%M") if meeting.has_time else "",
        minutes=str(meeting.minutes),
        way=meeting.way.value,
        place=meeting.place or "",
        interpreter=meeting.interpreter or "",
        note=meeting.note or "",
    )


def ahead(session: TenantSession, citizen_id: int, now: datetime) -> list[NextMeeting]:
    """Those of today and later, the next first."""
    return meetings.ahead_of(session, citizen_id, start_of(local_day(now, COPENHAGEN), COPENHAGEN))


def problems(session: TenantSession, typed: Typed, now: datetime) -> dict[str, Problem]:
    """Field -> what is wrong with it."""
    words = house_rules(session).words
    known = {
        "day": _wrong_day(typed, now),
        "time": None if not typed.time or _time(typed.time) else Problem.TIME,
        "minutes": None if typed.minutes in map(str, MINUTES) else Problem.MINUTES,
        "way": None if typed.way in set(Way) else Problem.WAY,
        "place": _wrong_place(typed, words),
        "interpreter": None if typed.interpreter in ("", *INTERPRETERS) else Problem.INTERPRETER,
        "note": _wrong_words(typed.note, LONGEST_NOTE, words),
    }
    return {name: problem for name, problem in known.items() if problem is not None}


def set_meeting(session: TenantSession, citizen: Citizen, typed: Typed, by: By) -> Meeting:
    """For what `problems` has nothing to say of. The same once more is the same click twice."""
    made = Meeting(citizen_id=citizen.id, made_by=by.staff_id, made_at=by.now)
    _fill(made, typed)
    known = (each for each, _ in ahead(session, citizen.id, by.now) if typed_of(each) == typed)
    same = next(known, None)
    if same is not None:
        return same
    session.add(made)
    session.flush()
    _tell(session, citizen, made, EventKind.MEETING_SET, by)
    return made


def change_meeting(session: TenantSession, citizen: Citizen, meeting: Meeting, typed: Typed, by: By) -> bool:
    """Whatever she had asked of it is seen to. False where nothing of it changed."""
    settle(meeting)
    if typed == typed_of(meeting):
        return False
    _fill(meeting, typed)
    meeting.changes += 1
    _tell(session, citizen, meeting, EventKind.MEETING_CHANGED, by)
    return True


def cancel_meeting(session: TenantSession, citizen: Citizen, meeting: Meeting, by: By) -> None:
    """Her agenda for it is asked for no more; what she has sent in stays."""
    if meeting.cancelled_at is not None:
        return
    meeting.cancelled_at = by.now
    settle(meeting)
    if meeting.invitation_id is not None:
        invitation = session.get_one(Invitation, meeting.invitation_id)
        if invitation.finished_at is None:
            invitation.cancelled_at = invitation.cancelled_at or by.now
    _tell(session, citizen, meeting, EventKind.MEETING_CANCELLED, by)


def settle(meeting: Meeting) -> None:
    """A person has seen what she asked."""
    meeting.move_asked_at = meeting.interpreter_asked_at = None


def _tell(session: TenantSession, citizen: Citizen, meeting: Meeting, kind: EventKind, by: By) -> None:
    """In the thread always; the team's schedules look at the day again."""
    entry = ThreadEntry(
        citizen_id=citizen.id,
        kind=kind,
        author="staff",
        staff_id=by.staff_id,
        channel="portal",
        body=starts_on(meeting.starts_at, COPENHAGEN).isoformat(),
        created_at=by.now,
    )
    session.add(entry)
    session.flush()
    if by.tell:
        new = NewMessage(KIND, citizen.id, dedupe_key(KIND, entry.id), {"entry_id": entry.id})
        entry.message_id = outbox.enqueue(session, new, by.now).message.id
    schedules.plan_again(session, citizen.team_id)


def _fill(meeting: Meeting, typed: Typed) -> None:
    day, at = date.fromisoformat(typed.day), _time(typed.time)
    meeting.starts_at = datetime.combine(day, at or time.min, COPENHAGEN)
    meeting.has_time = at is not None
    meeting.minutes = int(typed.minutes)
    meeting.way = Way(typed.way)
    meeting.place = typed.place or None
    meeting.interpreter = typed.interpreter or None
    meeting.note = typed.note or None


def _wrong_day(typed: Typed, now: datetime) -> Problem | None:
    try:
        day = date.fromisoformat(typed.day)
    except ValueError:
        return Problem.DAY
    return Problem.PAST if day < local_day(now, COPENHAGEN) else None


def _wrong_place(typed: Typed, words: Words) -> Problem | None:
    if typed.way == Way.PLACE and not typed.place:
        return Problem.PLACE
    return _wrong_words(typed.place, LONGEST_PLACE, words)


def _wrong_words(text: str, longest: int, words: Words) -> Problem | None:
    """She opens it on a phone that others may look at."""
    if len(text) > longest:
        return Problem.TOO_LONG
    return Problem.PRIVATE if findings(text, takes_replies=False, words=words) else None


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None
