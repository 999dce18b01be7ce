"""The caseworker's list of what was not sent: each with the reason, and what she can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from messaging.message import Status
from portal.services.reach import Reader
from portal.store import audit, ladders, unsent
from portal.store.groups import people_by_id
from portal.store.unsent import UnsentRow

LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True)
class Ended:
    """A ladder that ended without an answer."""

    citizen_id: int
    name: str
    at: datetime


@dataclass(frozen=True)
class Unsent:
    """``to_call``: three SMS and no answer. ``lost`` came to nothing; ``held`` waits for somebody."""

    to_call: tuple[Ended, ...]
    lost: tuple[UnsentRow, ...]
    held: tuple[UnsentRow, ...]


def list_unsent(session: Session, reader: Reader, now: datetime) -> Unsent:
    """Of the reader's team; needs a writing session, as it leaves a trace."""
    if reader.team_id is None:
        return Unsent((), (), ())
    audit.record(
        session,
        "unsent.read",
        now,
        staff_id=reader.staff_id,
        subject=f"team {reader.team_id}",
        request_id=reader.request_id or None,
    )
    rows = unsent.of_team(session, reader.team_id, now - LOOK_BACK)
    held = tuple(row for row in rows if row.status is Status.QUEUED)
    lost = tuple(row for row in rows if row.status is not Status.QUEUED)
    return Unsent(_to_call(session, reader.team_id), lost, held)


def _to_call(session: Session, team_id: int) -> tuple[Ended, ...]:
    ended = ladders.ended_unanswered(session, team_id)
    people = people_by_id(session, team_id, ended)
    found = (Ended(person.id, person.name, ended[person.id]) for person in people)
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))
