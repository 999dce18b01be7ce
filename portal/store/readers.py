"""Who reads each language, and who writes to them."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.access import Role
from portal.domain.ageing import Standing
from portal.store.people import Citizen, Staff


class Reader(NamedTuple):
    """What an SMS to a citizen is filled with."""

    first_name: str
    kendeord: str | None
    caseworker: str


def by_language(session: Session) -> dict[str, int]:
    """How many citizens read each. Those whom we write to: who has dropped out meets no text."""
    query = (
        select(Citizen.language, func.count(Citizen.id))
        .where(Citizen.standing != Standing.DROPPED_OUT.value)
        .group_by(Citizen.language)
    )
    rows = session.execute(query)
    return {row[0]: row[1] for row in rows}


def newest(session: Session, locale: str, most: int) -> list[Reader]:
    """Of the language; as above. For counting in memory: no page of a translator's may show one of them."""
    query = (
        select(Citizen.first_name, Citizen.kendeord, Staff.name)
        .join(Staff, Staff.id == Citizen.caseworker_id)
        .where(Citizen.language == locale, Citizen.standing != Standing.DROPPED_OUT.value)
        .order_by(Citizen.id.desc())
        .limit(most)
    )
    return [Reader(*row) for row in session.execute(query)]


def writers(session: Session, most: int) -> list[str]:
    """Names of caseworkers."""
    query = select(Staff.name).where(Staff.role == Role.CASEWORKER.value, Staff.is_active).order_by(Staff.id)
    return list(session.scalars(query.limit(most)))
