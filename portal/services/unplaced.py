"""SMS that belong to nobody's thread: shown to the municipality's own caseworkers until one has seen to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.services.reach import Reader
from portal.store import audit, inbox
from portal.store.people import Team
from portal.store.thread import UnplacedMessage


@dataclass(frozen=True)
class Unplaced:
    id: int
    why: str
    sender: str
    text: str
    pictures: int
    received_at: datetime


def list_unplaced(session: Session, reader: Reader, now: datetime) -> tuple[Unplaced, ...]:
    """The newest first. A supplier's staff see none: the writer may be anybody's citizen."""
    if _is_suppliers(session, reader):
        return ()
    audit.record(session, "inbox.read", now, staff_id=reader.staff_id, request_id=reader.request_id or None)
    return tuple(map(_unplaced, inbox.open_unplaced(session)))


def settle(session: Session, reader: Reader, unplaced_id: int, now: datetime) -> bool:
    """Somebody has seen to it. False when there is no such SMS for this reader; a second click changes nothing."""
    message = None if _is_suppliers(session, reader) else inbox.unplaced(session, unplaced_id)
    if message is None:
        return False
    if message.settled_at is None:
        message.settled_at, message.settled_by = now, reader.staff_id
        audit.record(
            session,
            "inbox.settled",
            now,
            staff_id=reader.staff_id,
            subject=f"sms {message.inbound_id}",
            request_id=reader.request_id or None,
        )
    return True


def _is_suppliers(session: Session, reader: Reader) -> bool:
    team = session.get(Team, reader.team_id) if reader.team_id is not None else None
    return team is not None and team.is_supplier


def _unplaced(row: UnplacedMessage) -> Unplaced:
    sms = row.inbound
    return Unplaced(row.id, row.why, sms.sender, sms.text, sms.media_count, sms.received_at)
