"""What of a thread goes to the journal: every entry of a period, with who took it out and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from i18n.formatting import COPENHAGEN
from portal.domain.periods import Period
from portal.services.conversation import Entry, with_files
from portal.store import thread_entries
from portal.store.people import Citizen


@dataclass(frozen=True)
class Record:
    """``entries`` in the order in which they stand in the thread."""

    citizen_name: str
    first_name: str
    team: str
    office: str
    exported_by: str
    exported_at: datetime
    period: Period
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Exporter:
    name: str
    office: str
    now: datetime


def record(session: Session, citizen: Citizen, period: Period, exporter: Exporter) -> Record:
    """``citizen`` with her team, already reached; the reading is written down by who reaches her."""
    begin, end = period.moments(COPENHAGEN)
    rows = thread_entries.rows_between(session, citizen.id, begin, end)
    return Record(
        citizen_name=f"{citizen.first_name} {citizen.last_name}",
        first_name=citizen.first_name,
        team=citizen.team.name,
        office=exporter.office,
        exported_by=exporter.name,
        exported_at=exporter.now,
        period=period,
        entries=with_files(session, citizen.id, rows),
    )
