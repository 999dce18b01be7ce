"""How much a municipality's sending is in use at this moment: for who is about to change where its SMS come from."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.check_ins import AskState
from portal.store.check_ins import CheckInAsk
from portal.store.thread import ThreadEntry


class SmsUse(NamedTuple):
    conversations: int
    """Citizens with an SMS in their thread, theirs or ours."""
    open_questions: int
    """Questions by SMS that wait for an answer."""
    queued: int
    """Messages that have not left yet."""


def now(session: Session) -> SmsUse:
    by_sms = select(func.count(ThreadEntry.citizen_id.distinct())).where(ThreadEntry.channel == "sms")
    asked = select(func.count(CheckInAsk.id)).where(CheckInAsk.state == AskState.OPEN)
    waiting = select(func.count(OutboxMessage.id)).where(
        OutboxMessage.due_at.is_not(None), OutboxMessage.status == Status.QUEUED
    )
    return SmsUse(*(session.scalar(query) or 0 for query in (by_sms, asked, waiting)))
