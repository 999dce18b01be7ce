"""Entries of a thread, looked up."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.store.thread import ThreadEntry


def told_by(session: Session, message_id: int) -> list[ThreadEntry]:
    """The entries whose arrival this SMS tells of."""
    query = (
        select(ThreadEntry)
        .where(ThreadEntry.message_id == message_id)
        .options(joinedload(ThreadEntry.staff))
        .order_by(ThreadEntry.id)
    )
    return list(session.scalars(query))


def newest_of(session: Session, citizen_id: int) -> ThreadEntry | None:
    return session.scalars(
        select(ThreadEntry)
        .where(ThreadEntry.citizen_id == citizen_id)
        .order_by(ThreadEntry.id.desc())
        .limit(1)
    ).one_or_none()
