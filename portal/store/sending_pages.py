"""What the pages about sendings ask: the list of a team's, and how far one has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from messaging.outbox import OutboxMessage
from portal.domain.sendings import Progress, RecipientState, SendingState
from portal.store.check_ins import CheckInQuestion
from portal.store.people import Citizen, Staff
from portal.store.sending_lists import LeftOutPerson
from portal.store.sendings import Sending, SendingRecipient

LISTED = 50
NAMED = 200


class SendingRow(NamedTuple):
    sending: Sending
    sender: str
    people: int
    waiting: int


def of_team(session: Session, team_id: int, staff_id: int) -> list[SendingRow]:
    """The newest 50; of the drafts only one's own."""
    newest = (
        select(Sending.id)
        .where(
            Sending.team_id == team_id,
            (Sending.state != SendingState.DRAFT) | (Sending.staff_id == staff_id),
        )
        .order_by(Sending.id.desc())
        .limit(LISTED)
    )
    waits = case((SendingRecipient.state == RecipientState.WAITING, 1), else_=0)
    query = (
        select(Sending, Staff.name, func.count(SendingRecipient.id), func.coalesce(func.sum(waits), 0))
        .join(Staff, Staff.id == Sending.staff_id)
        .outerjoin(SendingRecipient, SendingRecipient.sending_id == Sending.id)
        .where(Sending.id.in_(newest))
        .group_by(Sending.id, Staff.name)
        .order_by(Sending.id.desc())
    )
    return [SendingRow(*row) for row in session.execute(query)]


def of_team_by_id(session: Session, team_id: int, sending_id: int) -> Sending | None:
    query = select(Sending).where(Sending.id == sending_id, Sending.team_id == team_id)
    return session.scalars(query).one_or_none()


def progress(session: Session, sending_id: int) -> Progress:
    query = (
        select(
            SendingRecipient.state,
            SendingRecipient.reason,
            OutboxMessage.status,
            func.count(SendingRecipient.id),
        )
        .outerjoin(OutboxMessage, OutboxMessage.id == SendingRecipient.message_id)
        .where(SendingRecipient.sending_id == sending_id)
        .group_by(SendingRecipient.state, SendingRecipient.reason, OutboxMessage.status)
    )
    waiting, outcomes, left_out = 0, dict[str, int](), dict[str, int]()
    for state, reason, status, people in session.execute(query).all():
        if state is RecipientState.WAITING:
            waiting += people
        elif state is RecipientState.LEFT_OUT:
            left_out[reason or ""] = left_out.get(reason or "", 0) + people
        else:
            name = status.value if status else "unknown"
            outcomes[name] = outcomes.get(name, 0) + people
    total = waiting + sum(left_out.values()) + sum(outcomes.values())
    return Progress(total, waiting, outcomes, left_out)


def left_out(session: Session, sending: Sending) -> list[LeftOutPerson]:
    """The first 200, of the team alone."""
    query = (
        select(Citizen.id, Citizen.first_name, Citizen.last_name, SendingRecipient.reason)
        .join(SendingRecipient, SendingRecipient.citizen_id == Citizen.id)
        .where(
            SendingRecipient.sending_id == sending.id,
            SendingRecipient.state == RecipientState.LEFT_OUT,
            Citizen.team_id == sending.team_id,
        )
        .order_by(SendingRecipient.id)
        .limit(NAMED)
    )
    return [LeftOutPerson(*row) for row in session.execute(query)]


def first_questions(session: Session, check_in_ids: Sequence[int]) -> dict[int, CheckInQuestion]:
    query = select(CheckInQuestion).where(
        CheckInQuestion.check_in_id.in_(check_in_ids), CheckInQuestion.position == 0
    )
    return {question.check_in_id: question for question in session.scalars(query)}


def report(session: Session, sending_id: int) -> list[list[Any]]:
    """The rows of the list it came from, each as ``services.sending_drafts`` kept it; none when there was none."""
    found = session.scalars(select(Sending.list_report).where(Sending.id == sending_id)).one_or_none()
    return found or []
