"""Texts that were tried with citizens: when, by how many, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from i18n.locales import LOCALES
from portal.runtime import Portal
from portal.services.texts.bench import open_bench
from portal.services.texts.history import LONGEST_SUBJECT, Author
from portal.store import audit, text_reviews
from portal.store.text_reviews import TextTrial

LONGEST_NOTE = 2_000
MOST_CITIZENS = 1_000


class TrialRefusal(StrEnum):
    """The value is a key of the catalogs."""

    AREA = "area"
    DAY = "day"
    CITIZENS = "citizens"


@dataclass(frozen=True)
class Trial:
    """The texts of one area in one language; ``day`` is when, ``citizens`` how many."""

    locale: str
    area: str
    day: date | None
    citizens: int | None
    note: str


def keep(portal: Portal, author: Author, trial: Trial, now: datetime) -> TrialRefusal | None:
    with portal.database.write(author.municipality_id) as session:
        if trial.locale not in LOCALES or trial.area not in open_bench(session, portal.catalogs, ()).areas():
            return TrialRefusal.AREA
        if trial.day is None or trial.day > now.date():
            return TrialRefusal.DAY
        if trial.citizens is None or not 1 <= trial.citizens <= MOST_CITIZENS:
            return TrialRefusal.CITIZENS
        row = TextTrial(
            locale=trial.locale,
            area=trial.area,
            tried_on=trial.day,
            citizens=trial.citizens,
            note=trial.note[:LONGEST_NOTE],
            staff_id=author.staff_id,
            at=now,
        )
        session.add(row)
        subject = f"texts {trial.locale} {trial.area}"[:LONGEST_SUBJECT]
        audit.record(session, "texts.tried", now, staff_id=author.staff_id, subject=subject)
    return None


def newest(session: Session) -> dict[tuple[str, str], TextTrial]:
    """(locale, area) -> the last one."""
    return {(each.locale, each.area): each for each in reversed(text_reviews.trials(session))}
