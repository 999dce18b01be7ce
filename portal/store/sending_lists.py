"""What recipients are looked up by, and what a draft's page asks of them: never a name more than it shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Case, and_, case, delete, func, or_, select
from sqlalchemy.orm import Session, aliased

from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.ageing import Standing
from portal.domain.sendings import RecipientState, SendingState
from portal.store.people import Citizen, Staff
from portal.store.sending_facts import TO_STRANGERS
from portal.store.sendings import Sending, SendingRecipient


class Findable(NamedTuple):
    id: int
    phone_index: str
    short_code: str
    standing: str
    opted_out: bool
    frozen: bool


class Outlook(NamedTuple):
    """How many of the recipients stand alike; ``reason`` None: nothing is in the way."""

    language: str
    reason: str | None
    people: int


class LeftOutPerson(NamedTuple):
    id: int
    first_name: str
    last_name: str
    reason: str | None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Sample(NamedTuple):
    """What the length of her SMS depends on."""

    language: str
    first_name: str
    kendeord: str | None


class SentBefore(NamedTuple):
    """An earlier sending of the same; ``people``: how many of today's recipients got it."""

    sending_id: int
    sender: str
    confirmed_at: datetime | None
    people: int


MOST_NAMED = 100
SAMPLES = 25


def findable(session: Session, team_id: int) -> list[Findable]:
    query = select(
        Citizen.id,
        Citizen.phone_index,
        Citizen.short_code,
        Citizen.standing,
        Citizen.opted_out_at.is_not(None),
        Citizen.frozen_at.is_not(None),
    ).where(Citizen.team_id == team_id)
    return [Findable(*row) for row in session.execute(query)]


def _reason(sending: Sending, *, asks: bool, by_sms: bool) -> Case[Any]:
    """As the use cases would refuse her now, the weightiest first."""
    whens: list[tuple[Any, Any]] = [(Citizen.team_id != sending.team_id, "other_team")]
    if asks:
        whens.append((Citizen.standing != Standing.ACTIVE.value, Citizen.standing))
    if asks or by_sms:
        whens.append((Citizen.opted_out_at.is_not(None), "opted_out"))
        whens.append((Citizen.frozen_at.is_not(None), "number_frozen"))
    return case(*whens, else_=None)


def outlook(session: Session, sending: Sending, *, asks: bool, by_sms: bool) -> list[Outlook]:
    reason = _reason(sending, asks=asks, by_sms=by_sms).label("reason")
    query = (
        select(Citizen.language, reason, func.count(SendingRecipient.id))
        .join(SendingRecipient, SendingRecipient.citizen_id == Citizen.id)
        .where(SendingRecipient.sending_id == sending.id)
        .group_by(Citizen.language, reason)
        .order_by(func.count(SendingRecipient.id).desc(), Citizen.language)
    )
    return [Outlook(*row) for row in session.execute(query)]


def at_their_cap(session: Session, sending: Sending, since: datetime, cap: int) -> int:
    """How many who are asked have had as many SMS from ``since`` on as they may: ``cap``, or fewer by their own wish.
    As ``sending_facts`` counts them."""
    theirs = (
        select(Citizen.id)
        .join(SendingRecipient, SendingRecipient.citizen_id == Citizen.id)
        .join(OutboxMessage, OutboxMessage.recipient_ref == Citizen.id)
        .where(
            SendingRecipient.sending_id == sending.id,
            _reason(sending, asks=True, by_sms=True).is_(None),
            OutboxMessage.kind != TO_STRANGERS,
            or_(OutboxMessage.sent_at >= since, OutboxMessage.status == Status.SENDING),
        )
        .group_by(Citizen.id, Citizen.sms_cap)
        .having(func.count(OutboxMessage.id) >= case((Citizen.sms_cap < cap, Citizen.sms_cap), else_=cap))
    )
    return session.scalar(select(func.count()).select_from(theirs.subquery())) or 0


def left_out_people(session: Session, sending: Sending, *, asks: bool, by_sms: bool) -> list[LeftOutPerson]:
    """The first hundred of them."""
    reason = _reason(sending, asks=asks, by_sms=by_sms)
    query = (
        select(Citizen.id, Citizen.first_name, Citizen.last_name, reason)
        .join(SendingRecipient, SendingRecipient.citizen_id == Citizen.id)
        .where(
            SendingRecipient.sending_id == sending.id,
            Citizen.team_id == sending.team_id,  # a name of another team is not shown
            reason.is_not(None),
        )
        .order_by(Citizen.id)
        .limit(MOST_NAMED)
    )
    return [LeftOutPerson(*row) for row in session.execute(query)]


def samples(session: Session, sending: Sending) -> list[Sample]:
    """The first 25 recipients of each language."""
    place = func.row_number().over(partition_by=Citizen.language, order_by=Citizen.id).label("place")
    ranked = (
        select(Citizen.id, place)
        .join(SendingRecipient, SendingRecipient.citizen_id == Citizen.id)
        .where(SendingRecipient.sending_id == sending.id)
        .subquery()
    )
    query = (
        select(Citizen.language, Citizen.first_name, Citizen.kendeord)
        .join(ranked, ranked.c.id == Citizen.id)
        .where(ranked.c.place <= SAMPLES)
    )
    return [Sample(*row) for row in session.execute(query)]


def sent_before(session: Session, sending: Sending, since: datetime) -> list[SentBefore]:
    """Sendings of the same since then to some of the same people, the newest first."""
    theirs, ours = aliased(SendingRecipient), aliased(SendingRecipient)
    query = (
        select(Sending.id, Staff.name, Sending.confirmed_at, func.count(theirs.id))
        .join(Staff, Staff.id == Sending.staff_id)
        .join(theirs, theirs.sending_id == Sending.id)
        .join(ours, and_(ours.citizen_id == theirs.citizen_id, ours.sending_id == sending.id))
        .where(
            Sending.fingerprint == sending.fingerprint,
            Sending.id != sending.id,
            Sending.team_id == sending.team_id,
            Sending.confirmed_at >= since,
            Sending.state != SendingState.DRAFT,
            theirs.state != RecipientState.LEFT_OUT,
        )
        .group_by(Sending.id, Staff.name, Sending.confirmed_at)
        .order_by(Sending.confirmed_at.desc())
        .limit(5)
    )
    return [SentBefore(*row) for row in session.execute(query)]


def add_recipients(session: Session, sending_id: int, citizen_ids: Sequence[int]) -> None:
    session.add_all(SendingRecipient(sending_id=sending_id, citizen_id=each) for each in citizen_ids)
    session.flush()


def remove_recipients(session: Session, sending_id: int) -> None:
    session.execute(
        delete(SendingRecipient)
        .where(SendingRecipient.sending_id == sending_id)
        .execution_options(synchronize_session=False)
    )
