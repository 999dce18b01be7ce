"""The audit log of the demo: who signed in, read and sent, over the last weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.services.demo.days import Days, chance
from portal.services.demo.measurements import Asked
from portal.services.demo.people import Resident
from portal.store.audit import AuditEvent
from portal.store.people import Staff

DAYS_BACK = 30
READ_EACH_DAY = 3


def add_traces(
    session: Session,
    staff: Sequence[Staff],
    residents: Sequence[Resident],
    asked: Sequence[Asked],
    days: Days,
) -> None:
    rng = chance("traces")
    events = [_sent(each) for each in asked if each.ask.asked_at > days.at(DAYS_BACK, 0)]
    for day in range(1, DAYS_BACK):
        morning = days.at_work(day, 8, rng.randint(0, 40))
        for person in staff:
            events.append(_event("session.began", morning, person, f"staff {person.id}"))
            theirs = [each for each in residents if each.row.caseworker_id == person.id]
            for each in rng.sample(theirs, min(READ_EACH_DAY, len(theirs))):
                morning += timedelta(minutes=rng.randint(3, 40))
                events.append(_event("citizen.read", morning, person, None, each.row.id))
    events.sort(key=lambda event: event.at)
    session.add_all(events)


def _sent(asked: Asked) -> AuditEvent:
    citizen = asked.resident.row
    return _event("questionnaire.send", asked.ask.asked_at, citizen.caseworker, None, citizen.id)


def _event(
    action: str, at: datetime, person: Staff, subject: str | None, citizen_id: int | None = None
) -> AuditEvent:
    return AuditEvent(action=action, at=at, staff_id=person.id, citizen_id=citizen_id, subject=subject)
