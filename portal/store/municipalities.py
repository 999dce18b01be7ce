"""The municipality that a session is held to."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.base import Municipality


def own(session: Session) -> Municipality:
    return session.scalars(select(Municipality)).one()


def id_by_reply_number(session: Session, number: str) -> int | None:
    """For a session that looks across municipalities: only the number says whose SMS it is."""
    return session.scalar(select(Municipality.id).where(Municipality.reply_number == number))
