"""What an incoming SMS looks up, and the list of those that are nobody's yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from messaging import whatsapp
from messaging.inbound import InboundMessage
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry, UnplacedMessage

PLACED, DISCARDED, BLOCKED = "placed", "discarded", "blocked"
"""What became of an SMS that was nobody's (``UnplacedMessage.outcome``)."""
SMS = "sms"


def channel_of(message: InboundMessage) -> str:
    """How it came, as a thread's entry names it."""
    return whatsapp.CHANNEL if whatsapp.is_address(message.recipient) else SMS


def citizens_with_number(session: Session, phone_index: str) -> list[Citizen]:
    """In the order of their ids; normally one. Locked, so that STOP and START take their turns."""
    return list(session.scalars(_WITH_NUMBER, {"number": phone_index}))


_WITH_NUMBER = (
    select(Citizen).where(Citizen.phone_index == bindparam("number")).order_by(Citizen.id).with_for_update()
)


def citizens_with_numbers(session: Session, phone_indices: Collection[str]) -> list[Citizen]:
    """Who has any of them, in the order of their ids."""
    query = select(Citizen).where(Citizen.phone_index.in_(phone_indices)).order_by(Citizen.id)
    return list(session.scalars(query))


def how_many_have(session: Session, phone_index: str) -> int:
    query = select(func.count()).select_from(Citizen).where(Citizen.phone_index == phone_index)
    return session.scalar(query) or 0


def open_unplaced(session: Session, limit: int = 100) -> list[UnplacedMessage]:
    """The newest first."""
    query = (
        select(UnplacedMessage)
        .where(UnplacedMessage.settled_at.is_(None))
        .options(joinedload(UnplacedMessage.inbound))
        .order_by(UnplacedMessage.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def unplaced_from(session: Session, sender_index: str, since: datetime, but: str) -> list[UnplacedMessage]:
    """What came from the number after ``since`` and could not be placed by itself, settled or not; without those that
    are here for the reason ``but``."""
    query = (
        select(UnplacedMessage)
        .join(InboundMessage, InboundMessage.id == UnplacedMessage.inbound_id)
        .where(
            InboundMessage.sender_index == sender_index,
            InboundMessage.received_at >= since,
            UnplacedMessage.why != but,
        )
        .options(joinedload(UnplacedMessage.inbound))
        .order_by(UnplacedMessage.id)
    )
    return list(session.scalars(query))


def open_from(session: Session, sender_index: str) -> list[UnplacedMessage]:
    query = (
        select(UnplacedMessage)
        .join(InboundMessage, InboundMessage.id == UnplacedMessage.inbound_id)
        .where(InboundMessage.sender_index == sender_index, UnplacedMessage.settled_at.is_(None))
    )
    return list(session.scalars(query))


def put_away(session: Session, since: datetime, limit: int = 50) -> list[UnplacedMessage]:
    """What staff have discarded, the latest first."""
    query = (
        select(UnplacedMessage)
        .where(UnplacedMessage.outcome == DISCARDED, UnplacedMessage.settled_at >= since)
        .options(joinedload(UnplacedMessage.inbound))
        .order_by(UnplacedMessage.settled_at.desc(), UnplacedMessage.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def placed(session: Session, team_id: int, since: datetime, limit: int = 50) -> list[UnplacedMessage]:
    """What staff, or a name in front of it, have put into a thread of the team, the latest first."""
    query = (
        select(UnplacedMessage)
        .join(UnplacedMessage.citizen)
        .where(
            UnplacedMessage.outcome == PLACED,
            UnplacedMessage.settled_at >= since,
            Citizen.team_id == team_id,
        )
        .options(joinedload(UnplacedMessage.inbound), contains_eager(UnplacedMessage.citizen))
        .order_by(UnplacedMessage.settled_at.desc(), UnplacedMessage.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def placed_entries(session: Session, inbound_id: int) -> list[ThreadEntry]:
    """The SMS in the thread that it was put into, and the mark above it."""
    entry = session.scalars(select(ThreadEntry).where(ThreadEntry.inbound_id == inbound_id)).one()
    mark = (
        select(ThreadEntry)
        .where(
            ThreadEntry.citizen_id == entry.citizen_id,
            ThreadEntry.kind.in_((EventKind.PLACED, EventKind.NAMED)),
            ThreadEntry.id < entry.id,
        )
        .order_by(ThreadEntry.id.desc())
        .limit(1)
    )
    return [entry, *session.scalars(mark)]


def unplaced(session: Session, unplaced_id: int) -> UnplacedMessage | None:
    return session.get(UnplacedMessage, unplaced_id, with_for_update=True)
