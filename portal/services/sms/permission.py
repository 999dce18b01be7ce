"""May this SMS go now? Gathers what is known of the citizen at this moment, and asks the one policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from database.base import Municipality
from i18n.formatting import COPENHAGEN
from messaging import policy, public_holidays
from messaging.policy import A_WEEK, WEEKLY_CAP, Decision, Facts, Pause, Purpose, WaitReason, Wishes
from messaging.sending_window import SendingWindow, any_hour
from portal.domain.ageing import Standing
from portal.domain.contact_wishes import HOURS, days_of
from portal.store import sending_facts
from portal.store.people import Addressee, Citizen

WINDOW = SendingWindow(COPENHAGEN, is_holiday=public_holidays.danish())
ALWAYS = any_hour(COPENHAGEN)


@dataclass(frozen=True)
class Matter:
    """What the policy asks of the message itself. ``answered`` and ``cancelled`` are about what it asks for;
    ``message_id`` is its own row, where it has one, and is not counted against it."""

    purpose: Purpose
    answered: bool = False
    cancelled: bool = False
    too_late_at: datetime | None = None
    message_id: int | None = None


def window_of(municipality: Municipality) -> SendingWindow:
    return ALWAYS if municipality.send_always else WINDOW


def pause_of(citizen: Citizen | Addressee) -> Pause | None:
    return Pause(citizen.reminders_paused_until) if citizen.reminders_paused_at else None


def wishes_of(citizen: Citizen | Addressee) -> Wishes:
    """Where she has chosen nothing, the municipality's own hours alone hold."""
    nothing = Wishes()
    start, end = HOURS[citizen.sms_hours] if citizen.sms_hours else (nothing.start, nothing.end)
    days = days_of(citizen.sms_days) if citizen.sms_days else nothing.days
    return Wishes(days, start, end, min(citizen.sms_cap or WEEKLY_CAP, WEEKLY_CAP))


def decision(
    session: Session, citizen: Citizen | Addressee, municipality: Municipality, matter: Matter, now: datetime
) -> Decision:
    window = window_of(municipality)
    return policy.decide(_facts(session, citizen, matter, window, now), matter.purpose, window, now)


def _facts(
    session: Session, citizen: Citizen | Addressee, matter: Matter, window: SendingWindow, now: datetime
) -> Facts:
    waits = policy.waits_of(matter.purpose)
    is_capped = WaitReason.WEEKLY_CAP in waits
    if is_capped and matter.message_id is not None:
        sending_facts.hold_others(session, citizen.id)
    return Facts(
        opted_out=citizen.opted_out_at is not None,
        number_frozen=citizen.frozen_at is not None,
        number_failed=citizen.number_failed_at is not None,
        exempt=citizen.standing == Standing.EXEMPT.value,
        dropped_out=citizen.standing == Standing.DROPPED_OUT.value,
        pause=pause_of(citizen),
        answered=matter.answered,
        cancelled=matter.cancelled,
        too_late_at=matter.too_late_at,
        unanswered=WaitReason.UNANSWERED in waits and sending_facts.awaits_reply(session, citizen.id),
        sent_at=_sent_at(session, citizen.id, matter, window, now) if is_capped else (),
        wishes=wishes_of(citizen),
    )


def _sent_at(
    session: Session, citizen_id: int, matter: Matter, window: SendingWindow, now: datetime
) -> tuple[datetime, ...]:
    since = start_of_week(window, now)
    return sending_facts.left_since(session, citizen_id, since, now, but=matter.message_id)


def start_of_week(window: SendingWindow, now: datetime) -> datetime:
    """When the seven days begin for which the cap counts."""
    return datetime.combine(window.local_day(now) - A_WEEK + timedelta(days=1), time.min, window.tz)
