"""The reply clock of a thread, and the one answer to what comes in while a team is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from i18n.formatting import COPENHAGEN
from messaging import outbox, public_holidays
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage
from portal.domain import opening_hours as rules
from portal.domain.opening_hours import WORKING_DAYS_TO_REPLY, Clock, Closing, OpeningHours, Span
from portal.services import cover
from portal.services.cover import Answerer
from portal.store import opening_hours, thread_entries
from portal.store.invitations import citizen_for_update
from portal.store.opening_hours import TeamHours
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry

IS_HOLIDAY = public_holidays.danish()
USUAL = OpeningHours(COPENHAGEN, rules.weekdays(time(9), time(15)), is_holiday=IS_HOLIDAY)
"""For the clock of a team that has not said when it is open."""


@dataclass(frozen=True)
class ReplyTime:
    """``by``: the last day for an answer to the message that has waited longest, or, where nobody waits
    (``clock`` is None), to one that came now."""

    by: date
    clock: Clock | None
    answerer: Answerer


@dataclass(frozen=True)
class Hours:
    """A team's own hours; ``are_told`` is False while nobody has set any."""

    opening: OpeningHours = USUAL
    reply_days: int = WORKING_DAYS_TO_REPLY
    are_told: bool = False

    def reply_by(self, received_at: datetime) -> date:
        return rules.expected_reply_by(received_at, self.opening, self.reply_days)

    def clock(self, received_at: datetime, now: datetime) -> Clock:
        return rules.clock(self.reply_by(received_at), now, self.opening.tz)


def hours_of(row: TeamHours | None) -> Hours:
    if row is None:
        return Hours()
    week = {int(day): Span(*map(time.fromisoformat, span)) for day, span in row.week.items()}
    closings = tuple(Closing(*map(date.fromisoformat, days)) for days in row.closings)
    return Hours(OpeningHours(COPENHAGEN, week, closings, IS_HOLIDAY), row.reply_days, True)


def reply_time(session: Session, citizen: Citizen, now: datetime) -> ReplyTime:
    """What her thread promises. Three queries."""
    hours = hours_of(opening_hours.of_team(session, citizen.team_id))
    waiting_since = thread_entries.waiting_since(session, citizen.id)
    return ReplyTime(
        by=hours.reply_by(waiting_since or now),
        clock=hours.clock(waiting_since, now) if waiting_since else None,
        answerer=cover.today(session, now).answers_for(citizen.caseworker),
    )


def answer_if_closed(session: TenantSession, citizen: Citizen, entry: ThreadEntry, now: datetime) -> bool:
    """Answer the first message of a closed period with when to expect a person: by SMS what came by SMS, in the
    thread what was written there. False when no answer was due."""
    hours = hours_of(opening_hours.of_team(session, citizen.team_id))
    if not hours.are_told or rules.is_open(now, hours.opening):
        return False
    citizen_for_update(session, citizen.id)  # two messages in the same moment take turns
    if _is_told(session, citizen, hours, now):
        return False
    event = ThreadEntry(
        citizen_id=citizen.id,
        kind=EventKind.OUT_OF_HOURS,
        author="system",
        channel=entry.channel,
        body=_promise(session, citizen, hours, now).isoformat(),
        created_at=now,
    )
    session.add(event)
    session.flush()
    if entry.channel != "portal":
        key = dedupe_key("out_of_hours", event.id)
        new = NewMessage("out_of_hours", citizen.id, key, {"entry_id": event.id}, lane=Lane.CONVERSATION)
        event.message_id = outbox.enqueue(session, new, now).message.id
    return True


def is_open_for(session: Session, citizen: Citizen, now: datetime) -> bool:
    return rules.is_open(now, hours_of(opening_hours.of_team(session, citizen.team_id)).opening)


def _is_told(session: Session, citizen: Citizen, hours: Hours, now: datetime) -> bool:
    """A closed period is known by the opening that ends it."""
    told_at = thread_entries.newest_of_kind_at(session, citizen.id, EventKind.OUT_OF_HOURS)
    return told_at is not None and rules.next_opening(told_at, hours.opening) > now


def _promise(session: Session, citizen: Citizen, hours: Hours, now: datetime) -> date:
    """The day of the message that has waited longest; a day that has passed is promised no more."""
    waiting_since = thread_entries.waiting_since(session, citizen.id) or now
    is_late = hours.clock(waiting_since, now) is Clock.OVERDUE
    return hours.reply_by(now if is_late else waiting_since)
