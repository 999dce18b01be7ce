"""How many citizens read each language."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.ageing import Standing
from portal.store.people import Citizen


def by_language(session: Session) -> dict[str, int]:
    """Those whom we write to: who has dropped out meets no text."""
    query = (
        select(Citizen.language, func.count(Citizen.id))
        .where(Citizen.standing != Standing.DROPPED_OUT.value)
        .group_by(Citizen.language)
    )
    rows = session.execute(query)
    return {row[0]: row[1] for row in rows}
