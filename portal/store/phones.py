"""Whose simulated phone it is; asked in a session that looks across municipalities, as the network does."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.base import Municipality
from portal.store.people import Citizen


class Owner(NamedTuple):
    first_name: str
    last_name: str
    language: str
    reply_number: str | None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


_OWNER = (Citizen.first_name, Citizen.last_name, Citizen.language, Municipality.reply_number)


def owners(session: Session) -> dict[str, Owner]:
    """By the number's index. Only invented people are named: a simulated phone has no lock."""
    rows = session.execute(
        select(Citizen.phone_index, *_OWNER)
        .join(Municipality, Municipality.id == Citizen.municipality_id)
        .where(Municipality.is_demo)
        .order_by(Citizen.id.desc())
    )
    return {row[0]: Owner(*row[1:]) for row in rows}


def owner(session: Session, phone_index: str) -> Owner | None:
    row = session.execute(
        select(*_OWNER)
        .join(Municipality, Municipality.id == Citizen.municipality_id)
        .where(Municipality.is_demo, Citizen.phone_index == phone_index)
        .order_by(Citizen.id)
        .limit(1)
    ).one_or_none()
    return Owner(*row) if row else None
