"""May this SMS go now? Gathers what is known of the citizen at this moment, and asks the one policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from database.base import Municipality
from i18n.formatting import COPENHAGEN
from messaging import policy, public_holidays
from messaging.policy import A_WEEK, Decision, Facts, Pause, Purpose, WaitReason
from messaging.sending_window import SendingWindow, any_hour
from portal.domain.ageing import Standing
from portal.store import sending_facts
from portal.store.people import Citizen

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


def pause_of(citizen: Citizen) -> Pause | None:
    return Pause(citizen.reminders_paused_until) if citizen.reminders_paused_at else None


def decision(
    session: Session, citizen: Citizen, municipality: Municipality, matter: Matter, now: datetime
) -> Decision:
    window = window_of(municipality)
    return policy.decide(_facts(session, citizen, matter, window, now), matter.purpose, window, now)


def _facts(session: Session, citizen: Citizen, matter: Matter, window: SendingWindow, now: datetime) -> Facts:
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
    )


def _sent_at(
    session: Session, citizen_id: int, matter: Matter, window: SendingWindow, now: datetime
) -> tuple[datetime, ...]:
    since = start_of_week(window, now)
    return sending_facts.left_since(session, citizen_id, since, now, but=matter.message_id)


def start_of_week(window: SendingWindow, now: datetime) -> datetime:
    """When the seven days begin for which the cap counts."""
    return datetime.combine(window.local_day(now) - A_WEEK + timedelta(days=1), time.min, window.tz)
