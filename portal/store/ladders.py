"""Ladders of reminders, looked up and moved on, many at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select, update
from sqlalchemy.orm import Session, aliased

from database.lean import Lookup
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.ladders import NO_ANSWER
from portal.store.answering import Invitation
from portal.store.kept import keep, kept
from portal.store.people import Citizen
from portal.store.reminders import ReminderLadder

SHOWN = 6


class LadderRow(NamedTuple):
    id: int
    invitation_id: int
    citizen_id: int
    taken: int
    finished_at: datetime | None
    cancelled_at: datetime | None
    status: Status
    reason: str | None
    first_at: datetime
    last_at: datetime


def municipalities_to_look_at(session: Session, now: datetime) -> list[int]:
    """For a session that looks across municipalities."""
    query = select(ReminderLadder.municipality_id).where(ReminderLadder.check_at <= now).distinct()
    return list(session.scalars(query))


def to_look_at(session: Session, now: datetime, limit: int) -> list[LadderRow]:
    """The longest due first, locked; those that another worker looks at are left out."""
    first, newest = aliased(OutboxMessage), aliased(OutboxMessage)
    query: Select[*tuple[Any, ...]] = (
        select(
            ReminderLadder.id,
            ReminderLadder.invitation_id,
            ReminderLadder.citizen_id,
            ReminderLadder.taken,
            Invitation.finished_at,
            Invitation.cancelled_at,
            newest.status,
            newest.reason,
            _left_at(first),
            _left_at(newest),
        )
        .join(Invitation, Invitation.id == ReminderLadder.invitation_id)
        .join(first, first.id == Invitation.message_id)
        .join(newest, newest.id == ReminderLadder.message_id)
        .where(ReminderLadder.check_at <= now)
        .order_by(ReminderLadder.check_at, ReminderLadder.id)
        .limit(limit)
        .with_for_update(of=ReminderLadder, skip_locked=True)
    )
    return [LadderRow(*row) for row in session.execute(query)]


def end(session: Session, ended: Mapping[str, Sequence[int]], now: datetime) -> None:
    """Ladders by the reason why they end."""
    for reason, ids in ended.items():
        session.execute(
            update(ReminderLadder)
            .where(ReminderLadder.id.in_(ids))
            .values(check_at=None, ended_at=now, end=reason)
            .execution_options(synchronize_session=False)
        )


def too_late_at(session: Session, invitation_id: int) -> datetime | None:
    found = kept(session, (too_late_at, invitation_id), lambda: _too_late(session, [invitation_id]))
    return found.get(invitation_id)


def look_up_too_late(session: Session, invitation_ids: Sequence[int]) -> None:
    """What ``too_late_at`` will be asked of each."""
    found = _too_late(session, invitation_ids)
    for invitation_id in invitation_ids:
        keep(session, (too_late_at, invitation_id), found)


def _too_late(session: Session, invitation_ids: Sequence[int]) -> Mapping[int, datetime]:
    return dict(_TOO_LATE.fetch(session, invitation_id=invitation_ids))


_TOO_LATE = Lookup(ReminderLadder, ("invitation_id", "too_late_at"), among="invitation_id")


def ended_unanswered(session: Session, team_id: int) -> dict[int, datetime]:
    """Citizen -> when the ladder ended with which she was asked last, unless somebody has taken it up since."""
    query = (
        select(ReminderLadder.citizen_id, func.max(ReminderLadder.ended_at))
        .join(Citizen, Citizen.id == ReminderLadder.citizen_id)
        .where(Citizen.team_id == team_id, *_for_a_person())
        .group_by(ReminderLadder.citizen_id)
    )
    return {row[0]: row[1] for row in session.execute(query) if row[1] is not None}


def ended_for_a_person() -> ScalarSelect[datetime | None]:
    """The same for one citizen of a query about citizens."""
    latest = select(func.max(ReminderLadder.ended_at))
    return latest.where(ReminderLadder.citizen_id == Citizen.id, *_for_a_person()).scalar_subquery()


def settle(session: Session, citizen_id: int, staff_id: int, now: datetime) -> bool:
    """Somebody has taken up what her ladders left; False when there was nothing."""
    settled = session.scalars(
        update(ReminderLadder)
        .where(ReminderLadder.citizen_id == citizen_id, *_for_a_person())
        .values(settled_at=now, settled_by=staff_id)
        .returning(ReminderLadder.id)
        .execution_options(synchronize_session=False)
    )
    return bool(settled.all())


def newest_of(session: Session, citizen_id: int) -> list[tuple[ReminderLadder, int]]:
    """Her last ladders, the newest first, each with its questionnaire."""
    query = (
        select(ReminderLadder, Invitation.questionnaire_id)
        .join(Invitation, Invitation.id == ReminderLadder.invitation_id)
        .where(ReminderLadder.citizen_id == citizen_id)
        .order_by(ReminderLadder.id.desc())
        .limit(SHOWN)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def _for_a_person() -> tuple[ColumnElement[bool], ...]:
    """Ended without an answer, not taken up, and not asked anew."""
    open_still = select(Invitation.id).where(
        Invitation.finished_at.is_(None), Invitation.cancelled_at.is_(None)
    )
    newer = aliased(ReminderLadder)
    asked_since = select(newer.id).where(
        newer.citizen_id == ReminderLadder.citizen_id, newer.id > ReminderLadder.id
    )
    return (
        ReminderLadder.end == NO_ANSWER,
        ReminderLadder.settled_at.is_(None),
        ReminderLadder.invitation_id.in_(open_still),
        ~asked_since.exists(),
    )


def _left_at(message: type[OutboxMessage]) -> ColumnElement[datetime]:
    return func.coalesce(message.sent_at, message.created_at)
