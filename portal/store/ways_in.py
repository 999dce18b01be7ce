"""What a citizen's sign-in looks up."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.store.people import Citizen


class WayIn(NamedTuple):
    citizen_id: int
    municipality_id: int
    language: str
    pin_hash: str | None
    pin_set_at: datetime | None
    letter_code_hash: str | None
    letter_code_expires_at: datetime | None


_COLUMNS = (
    Citizen.id,
    Citizen.municipality_id,
    Citizen.language,
    Citizen.pin_hash,
    Citizen.pin_set_at,
    Citizen.letter_code_hash,
    Citizen.letter_code_expires_at,
)


def by_short_code(session: Session, short_code: str) -> WayIn | None:
    """For a session that looks across municipalities: who types her code has not said which is hers."""
    row = session.execute(select(*_COLUMNS).where(Citizen.short_code == short_code)).one_or_none()
    return None if row is None else WayIn(*row)


def by_id(session: Session, citizen_id: int) -> WayIn | None:
    row = session.execute(select(*_COLUMNS).where(Citizen.id == citizen_id)).one_or_none()
    return None if row is None else WayIn(*row)


def hold_citizen(session: Session, citizen_id: int) -> Citizen:
    """Locked: tries that come at the same moment are counted one by one."""
    return session.scalars(select(Citizen).where(Citizen.id == citizen_id).with_for_update()).one()
