"""The language that a citizen is met in, as she chooses it herself: on our pages, and in what we send her."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from i18n.locales import LOCALES
from portal.store import audit
from portal.store.people import Citizen


def choose(session: Session, citizen_id: int, code: str, now: datetime) -> None:
    """Holds from the next SMS and page on. Raises LookupError for nobody, or a language we do not speak."""
    citizen = session.get(Citizen, citizen_id)
    if citizen is None or code not in LOCALES:
        raise LookupError(code)
    if citizen.language != code:
        citizen.language = code
        audit.record(session, "citizen.changed", now, citizen_id=citizen_id, subject="language")
