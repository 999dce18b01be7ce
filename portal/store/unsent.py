"""Every SMS of a team's citizens that was not sent, did not arrive, or is held back until somebody does something."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from messaging.message import Status
from messaging.outbox import OutboxMessage
from messaging.policy import StopReason, WaitReason
from portal.store.people import Citizen
from portal.store.sending_facts import TO_STRANGERS

MOST = 300
NOT_NEEDED = (StopReason.ANSWERED, StopReason.CANCELLED)
"""Nothing is amiss, and nothing is to be done."""
HELD = (WaitReason.PAUSED, WaitReason.UNANSWERED, WaitReason.WEEKLY_CAP, WaitReason.HER_CAP)


class UnsentRow(NamedTuple):
    citizen_id: int
    first_name: str
    last_name: str
    caseworker_id: int
    kind: str
    status: Status
    reason: str | None
    created_at: datetime
    due_at: datetime | None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def of_team(session: Session, team_id: int, since: datetime) -> list[UnsentRow]:
    """The newest first. What a later SMS has made good (it arrived) is left out."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Citizen.id,
            Citizen.first_name,
            Citizen.last_name,
            Citizen.caseworker_id,
            OutboxMessage.kind,
            OutboxMessage.status,
            OutboxMessage.reason,
            OutboxMessage.created_at,
            OutboxMessage.due_at,
        )
        .join(OutboxMessage, OutboxMessage.recipient_ref == Citizen.id)
        .where(Citizen.team_id == team_id, OutboxMessage.created_at >= since)
        .where(OutboxMessage.kind != TO_STRANGERS, or_(_is_held(), and_(_came_to_nothing(), ~_made_good())))
        .order_by(OutboxMessage.id.desc())
        .limit(MOST)
    )
    return [UnsentRow(*row) for row in session.execute(query)]


def _is_held() -> ColumnElement[bool]:
    return and_(OutboxMessage.status == Status.QUEUED, OutboxMessage.reason.in_(HELD))


def _came_to_nothing() -> ColumnElement[bool]:
    withheld = and_(OutboxMessage.status == Status.WITHHELD, OutboxMessage.reason.not_in(NOT_NEEDED))
    lost = OutboxMessage.status.in_((Status.FAILED, Status.UNDELIVERED, Status.UNKNOWN))
    return or_(withheld, lost)


def _made_good() -> ColumnElement[bool]:
    later = aliased(OutboxMessage)
    return exists().where(
        later.recipient_ref == OutboxMessage.recipient_ref,
        later.id > OutboxMessage.id,
        later.kind != TO_STRANGERS,
        later.status == Status.DELIVERED,
    )
