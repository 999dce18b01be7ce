"""What a citizen's card looks up: her invitations with their messages, and one of her answer sets."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.store.answering import Invitation, Response
from portal.store.people import Staff

SHOWN = 12
"""Invitations on the card: three years of quarters."""


class InvitationRow(NamedTuple):
    id: int
    questionnaire_id: int
    sender: str
    created_at: datetime
    opened_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    cancelled_at: datetime | None
    message_status: Status | None
    message_reason: str | None
    message_due_at: datetime | None
    message_sent_at: datetime | None


def invitations(session: Session, citizen_id: int) -> list[InvitationRow]:
    """The newest first."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Invitation.id,
            Invitation.questionnaire_id,
            Staff.name,
            Invitation.created_at,
            Invitation.opened_at,
            Invitation.started_at,
            Invitation.finished_at,
            Invitation.cancelled_at,
            OutboxMessage.status,
            OutboxMessage.reason,
            OutboxMessage.due_at,
            OutboxMessage.sent_at,
        )
        .join(Staff, Staff.id == Invitation.sent_by)
        .outerjoin(OutboxMessage, OutboxMessage.id == Invitation.message_id)
        .where(Invitation.citizen_id == citizen_id)
        .order_by(Invitation.id.desc())
        .limit(SHOWN)
    )
    return [InvitationRow(*row) for row in session.execute(query)]


def response_by_ref(session: Session, citizen_id: int, ref: str) -> Response | None:
    query = select(Response).where(Response.citizen_id == citizen_id, Response.ref == ref)
    return session.scalars(query).one_or_none()
