"""The municipality that a session is held to."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.base import Municipality


def own(session: Session) -> Municipality:
    return session.scalars(select(Municipality)).one()
