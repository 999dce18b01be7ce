"""Check-ins that are being asked, looked up and closed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, or_, select, update
from sqlalchemy.orm import Session, contains_eager, selectinload

from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.check_ins import AskState, Closed
from portal.store.check_ins import CheckIn, CheckInAnswer, CheckInAsk, CheckInQuestion
from portal.store.kept import keep, kept
from portal.store.thread import EventKind, ThreadEntry

LISTED = 100
"""Check-ins of one caseworker that can be looked at and asked again."""
_UNDER_WAY = (AskState.PLANNED, AskState.OPEN)


class NotGone(NamedTuple):
    """One that waits for its time. ``due_at`` is None in a paused sending; ``reason`` a word for the catalogs."""

    asking: CheckInAsk
    due_at: datetime | None
    reason: str | None


def not_gone(session: Session, citizen_id: int, now: datetime) -> list[NotGone]:
    """Hers that are to go out later, the oldest first, with the first question."""
    query = (
        select(CheckInAsk, OutboxMessage.due_at, OutboxMessage.reason)
        .join(OutboxMessage, OutboxMessage.id == CheckInAsk.message_id)
        .join(CheckInAsk.check_in)
        .join(CheckInQuestion, CheckInQuestion.check_in_id == CheckIn.id)
        .where(
            CheckInAsk.citizen_id == citizen_id,
            CheckInAsk.state == AskState.PLANNED,
            OutboxMessage.status == Status.QUEUED,
            or_(OutboxMessage.due_at.is_(None), OutboxMessage.due_at > now),
        )
        .order_by(CheckInAsk.id, CheckInQuestion.position)
        .options(contains_eager(CheckInAsk.check_in).contains_eager(CheckIn.questions))
    )
    return [NotGone(*row) for row in session.execute(query).unique()]


def held_sms(session: Session, citizen_id: int, ask_id: int) -> OutboxMessage | None:
    """The SMS that would ask her, while it is in no worker's hands; locked."""
    query = (
        select(OutboxMessage)
        .join(CheckInAsk, CheckInAsk.message_id == OutboxMessage.id)
        .where(
            CheckInAsk.id == ask_id,
            CheckInAsk.citizen_id == citizen_id,
            CheckInAsk.state == AskState.PLANNED,
            OutboxMessage.status == Status.QUEUED,
            OutboxMessage.claimed_by.is_(None),
        )
        .with_for_update(of=OutboxMessage, skip_locked=True)
    )
    return session.scalars(query).one_or_none()


def under_way(session: Session, citizen_id: int, check_in_id: int) -> CheckInAsk | None:
    """This check-in, already asked of her and not ended."""
    return session.scalars(
        select(CheckInAsk)
        .where(
            CheckInAsk.citizen_id == citizen_id,
            CheckInAsk.check_in_id == check_in_id,
            CheckInAsk.state.in_(_UNDER_WAY),
        )
        .order_by(CheckInAsk.id.desc())
        .limit(1)
    ).one_or_none()


def under_way_with(session: Session, citizen_ids: Sequence[int], check_in_id: int) -> dict[int, int]:
    """Citizen -> the newest asking of this check-in that has not ended, of those who have one."""
    query = (
        select(CheckInAsk.citizen_id, func.max(CheckInAsk.id))
        .where(
            CheckInAsk.citizen_id.in_(citizen_ids),
            CheckInAsk.check_in_id == check_in_id,
            CheckInAsk.state.in_(_UNDER_WAY),
        )
        .group_by(CheckInAsk.citizen_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def open_of(session: Session, citizen_id: int) -> CheckInAsk | None:
    """The one that her next SMS answers, with its questions; locked, so that two SMS take their turns."""
    return session.scalars(_OPEN_OF, {"asked": citizen_id}).one_or_none()


_OPEN_OF = (
    select(CheckInAsk)
    .where(CheckInAsk.citizen_id == bindparam("asked"), CheckInAsk.state == AskState.OPEN)
    .options(
        selectinload(CheckInAsk.check_in).selectinload(CheckIn.questions),
        selectinload(CheckInAsk.asker),
    )
    .with_for_update()
)
"""Every SMS asks; made once, it is narrowed to each municipality once. So it is with the like."""


def with_all(session: Session, ask_id: int) -> CheckInAsk | None:
    """With its questions, its citizen and who asks; locked."""
    query = _with_all([ask_id]).with_for_update()
    return kept(session, (CheckInAsk, ask_id), lambda: session.scalars(query).one_or_none())


def look_up(session: Session, ask_ids: Sequence[int], message_ids: Sequence[int]) -> None:
    """What ``with_all``, ``entry_of`` and ``has_open`` will be asked, of those that nobody else holds just now."""
    found = session.scalars(_with_all(ask_ids).with_for_update(skip_locked=True)).all()
    busy = _who_have_open(session, [asking.citizen_id for asking in found])
    for asking in found:
        keep(session, (CheckInAsk, asking.id), asking)
        keep(session, (has_open, asking.citizen_id), busy)
    for entry in session.scalars(_entries_of(message_ids)):
        keep(session, (entry_of, entry.message_id), entry)


def _with_all(ask_ids: Sequence[int]) -> Select[CheckInAsk]:
    return (
        select(CheckInAsk)
        .where(CheckInAsk.id.in_(ask_ids))
        .order_by(CheckInAsk.id)
        .options(
            selectinload(CheckInAsk.check_in).selectinload(CheckIn.questions),
            selectinload(CheckInAsk.asker),
            selectinload(CheckInAsk.citizen),
        )
    )


def with_questions(session: Session, check_in_id: int) -> CheckIn | None:
    query = select(CheckIn).where(CheckIn.id == check_in_id).options(selectinload(CheckIn.questions))
    return session.scalars(query).one_or_none()


def made_by(session: Session, staff_id: int) -> Sequence[CheckIn]:
    """The newest first, with their questions."""
    query = (
        select(CheckIn)
        .where(CheckIn.made_by == staff_id)
        .options(selectinload(CheckIn.questions))
        .order_by(CheckIn.id.desc())
        .limit(LISTED)
    )
    return session.scalars(query).all()


def answers_to(session: Session, ask_id: int) -> Sequence[CheckInAnswer]:
    """In the order in which they were given."""
    query = select(CheckInAnswer).where(CheckInAnswer.ask_id == ask_id).order_by(CheckInAnswer.id)
    return session.scalars(query).all()


def given_in(session: Session, entry_id: int) -> CheckInAnswer | None:
    """The answer that this entry of a thread was taken for."""
    return session.scalars(select(CheckInAnswer).where(CheckInAnswer.entry_id == entry_id)).one_or_none()


def has_open(session: Session, citizen_id: int) -> bool:
    """She has a question that her next SMS answers."""
    return citizen_id in kept(session, (has_open, citizen_id), lambda: _who_have_open(session, [citizen_id]))


def _who_have_open(session: Session, citizen_ids: Sequence[int]) -> frozenset[int]:
    query = select(CheckInAsk.citizen_id).where(
        CheckInAsk.citizen_id.in_(citizen_ids), CheckInAsk.state == AskState.OPEN
    )
    return frozenset(session.scalars(query))


def close_of_citizen(
    session: Session, citizen_id: int, reason: str, now: datetime, states: Collection[AskState] = _UNDER_WAY
) -> None:
    """Hers that are in one of ``states``; by default all that have not ended."""
    hers = select(CheckInAsk).where(CheckInAsk.citizen_id == citizen_id, CheckInAsk.state.in_(states))
    for asking in session.scalars(hers.with_for_update()):
        asking.state, asking.reason, asking.ended_at = AskState.CLOSED, reason, now
    session.flush()


def close_expired(session: Session, now: datetime) -> None:
    session.execute(
        update(CheckInAsk)
        .where(CheckInAsk.state == AskState.OPEN, CheckInAsk.closes_at <= now)
        .values(state=AskState.CLOSED, reason=Closed.UNANSWERED, ended_at=now)
        .execution_options(synchronize_session=False)
    )


def entry_of(session: Session, message_id: int) -> ThreadEntry | None:
    """The question in the thread whose SMS this is."""
    query = _entries_of([message_id])
    return kept(session, (entry_of, message_id), lambda: session.scalars(query).one_or_none())


def _entries_of(message_ids: Sequence[int]) -> Select[ThreadEntry]:
    return select(ThreadEntry).where(
        ThreadEntry.message_id.in_(message_ids), ThreadEntry.kind == EventKind.CHECK_IN
    )


def cancel_told_by(session: Session, message_ids: Collection[int], reason: str, now: datetime) -> None:
    """The askings whose first SMS these were to be: taken back before she was asked."""
    session.execute(
        update(CheckInAsk)
        .where(CheckInAsk.message_id.in_(message_ids), CheckInAsk.state == AskState.PLANNED)
        .values(state=AskState.CLOSED, reason=reason, ended_at=now)
        .execution_options(synchronize_session=False)
    )
