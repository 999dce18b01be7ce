"""Whether SMS reach a citizen: what she wants, and what her number has shown. Each change leaves a mark in the
thread. Work in a session of her municipality, and in one that looks across municipalities."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.services import check_ins
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry


def opt_out(session: Session, citizen: Citizen, now: datetime, inbound_id: int | None = None) -> bool:
    """She gets no more SMS. False when that was so before; what she wrote is kept in the thread all the same."""
    is_new = citizen.opted_out_at is None
    citizen.opted_out_at = citizen.opted_out_at or now
    check_ins.stop(session, citizen, now)
    if is_new or inbound_id is not None:
        _mark(session, citizen, EventKind.OPTED_OUT, now, inbound_id)
    return is_new


def opt_in(session: Session, citizen: Citizen, now: datetime, inbound_id: int | None = None) -> bool:
    """She wants SMS again. False when she got them all along."""
    is_new = citizen.opted_out_at is not None
    citizen.opted_out_at = None
    if is_new or inbound_id is not None:
        _mark(session, citizen, EventKind.OPTED_IN, now, inbound_id)
    return is_new


def number_failed(session: Session, citizen: Citizen, now: datetime) -> None:
    """A provider says that nothing can be sent to her number, today or later."""
    if citizen.number_failed_at is None:
        citizen.number_failed_at = now
        _mark(session, citizen, EventKind.NUMBER_DEAD, now)


def number_works(citizen: Citizen) -> None:
    """An SMS has come through to the number or from it."""
    citizen.number_failed_at = None


def _mark(
    session: Session, citizen: Citizen, kind: EventKind, now: datetime, inbound_id: int | None = None
) -> None:
    session.add(
        ThreadEntry(
            municipality_id=citizen.municipality_id,
            citizen_id=citizen.id,
            kind=kind,
            author="system" if inbound_id is None else "citizen",
            channel="sms",
            inbound_id=inbound_id,
            created_at=now,
        )
    )
