"""Messages that hold words of crisis, until a person has seen to them; and a municipality's own lists of words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, exists, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import UtcDateTime
from messaging.inbound import InboundMessage
from portal.domain.check_ins import AskState
from portal.store.check_ins import CheckInAsk
from portal.store.people import Team
from portal.store.thread import EventKind, ThreadEntry


class CrisisAlarm(Owned, Base):
    """About an entry of a citizen's thread, or about an SMS that is in nobody's thread."""

    __tablename__ = "crisis_alarms"
    __table_args__ = (
        Index("ix_crisis_alarms_open", "municipality_id", "citizen_id", sqlite_where=text("handled_at IS NULL"),
              postgresql_where=text("handled_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int | None] = mapped_column(ForeignKey("citizens.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("thread_entries.id"), unique=True)
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_messages.id"), unique=True)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the numbers to call were given; None when an earlier message had just got them."""
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class CrisisList(Owned, Base):
    """The municipality's own list in a language, in the place of the one that ships."""

    __tablename__ = "crisis_lists"
    __table_args__ = (UniqueConstraint("municipality_id", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(8))
    phrases: Mapped[list[str]] = mapped_column(JSON)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def own_lists(session: Session) -> dict[str, CrisisList]:
    """By language; a language without one has the list that ships."""
    return {row.locale: row for row in session.scalars(_OWN_LISTS)}


_OWN_LISTS = select(CrisisList)


def last_answered_at(session: Session, citizen_id: int) -> datetime | None:
    found: datetime | None = session.scalar(
        select(func.max(CrisisAlarm.answered_at)).where(CrisisAlarm.citizen_id == citizen_id)
    )
    return found


def open_of(session: Session, citizen_id: int) -> list[CrisisAlarm]:
    """The oldest first, locked in a writing session: two who see to them at once take their turns."""
    query = (
        select(CrisisAlarm)
        .where(CrisisAlarm.citizen_id == citizen_id, CrisisAlarm.handled_at.is_(None))
        .order_by(CrisisAlarm.id)
        .with_for_update()
    )
    return list(session.scalars(query))


def newest_open_and_planned(session: Session, citizen_id: int) -> tuple[int | None, bool]:
    """The newest open alarm about this citizen, by its id; and whether a question by SMS waits for its time. In one
    question, for the page of a thread asks many."""
    planned = select(func.count(CheckInAsk.id)).where(
        CheckInAsk.citizen_id == citizen_id, CheckInAsk.state == AskState.PLANNED
    )
    query = select(func.max(CrisisAlarm.id), planned.scalar_subquery()).where(
        CrisisAlarm.citizen_id == citizen_id, CrisisAlarm.handled_at.is_(None)
    )
    alarm_id, number = session.execute(query).one()
    return alarm_id, number > 0


def answers_in_thread(session: Session, alarm: CrisisAlarm) -> Sequence[ThreadEntry]:
    """Where the thread says that the numbers to call were given."""
    query = select(ThreadEntry).where(
        ThreadEntry.citizen_id == alarm.citizen_id,
        ThreadEntry.kind == EventKind.CRISIS_ANSWER,
        ThreadEntry.created_at == alarm.answered_at,
    )
    return session.scalars(query).all()


def of_sms(session: Session, inbound_id: int) -> CrisisAlarm | None:
    return session.scalars(select(CrisisAlarm).where(CrisisAlarm.inbound_id == inbound_id)).one_or_none()


def stranger_last_answered_at(session: Session, sender_index: str) -> datetime | None:
    found: datetime | None = session.scalar(
        select(func.max(CrisisAlarm.answered_at))
        .join(InboundMessage, InboundMessage.id == CrisisAlarm.inbound_id)
        .where(InboundMessage.sender_index == sender_index)
    )
    return found


def strangers_waiting(session: Session, team_id: int | None) -> int:
    """How many SMS that are nobody's hold such words and wait for a person; none for a supplier's team."""
    is_supplier = exists().where(Team.id == team_id, Team.is_supplier)
    query = select(func.count(CrisisAlarm.id)).where(
        CrisisAlarm.citizen_id.is_(None), CrisisAlarm.handled_at.is_(None), ~is_supplier
    )
    return session.scalar(query) or 0


def open_of_sms(session: Session, inbound_ids: Collection[int]) -> set[int]:
    """Those of the SMS that hold such words and wait for a person."""
    query = select(CrisisAlarm.inbound_id).where(
        CrisisAlarm.inbound_id.in_(inbound_ids), CrisisAlarm.handled_at.is_(None)
    )
    return {inbound_id for inbound_id in session.scalars(query) if inbound_id is not None}
