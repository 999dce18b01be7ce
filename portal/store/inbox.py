"""What an incoming SMS looks up, and the list of those that are nobody's yet."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.store.people import Citizen
from portal.store.thread import UnplacedMessage


def citizens_with_number(session: Session, phone_index: str) -> list[Citizen]:
    """In the order of their ids; normally one. Locked, so that STOP and START take their turns."""
    query = select(Citizen).where(Citizen.phone_index == phone_index).order_by(Citizen.id).with_for_update()
    return list(session.scalars(query))


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


def unplaced(session: Session, unplaced_id: int) -> UnplacedMessage | None:
    return session.get(UnplacedMessage, unplaced_id, with_for_update=True)
