"""Meetings of a citizen and her caseworker."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Exists,
    ForeignKey,
    Index,
    ScalarSelect,
    String,
    and_,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime, enum_as_text
from portal.domain.ageing import Standing
from portal.domain.meetings import USUAL_MINUTES, Way
from portal.domain.questionnaires import Respondent
from portal.store.answering import Invitation, Response
from portal.store.people import Citizen, Staff
from portal.store.questionnaires import Questionnaire
from portal.store.responses import FACTS, ResponseFacts


class Meeting(Owned, Base):
    """``starts_at`` of a meeting whose hour is not set yet is the beginning of its local day."""

    __tablename__ = "meetings"
    __table_args__ = (Index("ix_meetings_citizen_id_starts_at", "citizen_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    has_time: Mapped[bool] = mapped_column(default=True)
    minutes: Mapped[int] = mapped_column(default=USUAL_MINUTES)
    way: Mapped[Way] = mapped_column(enum_as_text(Way))
    place: Mapped[str | None] = mapped_column(Encrypted)
    note: Mapped[str | None] = mapped_column(Encrypted)
    """What she should know before; she reads it, so it holds nothing that may not be seen over her shoulder."""
    interpreter: Mapped[str | None] = mapped_column(String(8))
    """The language of the interpreter (``domain.meetings.INTERPRETERS``)."""
    interpreter_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """She has asked for the interpreter, and nobody has seen to it yet."""
    move_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """She has asked for another time, and nobody has seen to it yet."""
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), index=True)
    """To her own agenda for this meeting."""
    changes: Mapped[int] = mapped_column(default=0)
    """Counted, so that a calendar knows the newer of two."""
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    citizen: Mapped[Citizen] = relationship()
    maker: Mapped[Staff] = relationship()
    invitation: Mapped[Invitation | None] = relationship()


class NextMeeting(NamedTuple):
    """``agenda``: what she has sent in about it; None where she has not."""

    meeting: Meeting
    agenda: ResponseFacts | None


def ahead_of(session: Session, citizen_id: int, since: datetime) -> list[NextMeeting]:
    """From ``since`` on, the next first; without those that were cancelled."""
    query = (
        select(Meeting, *FACTS)
        .outerjoin(Invitation, Invitation.id == Meeting.invitation_id)
        .outerjoin(Response, _is_her_agenda())
        .where(Meeting.citizen_id == citizen_id, Meeting.starts_at >= since, Meeting.cancelled_at.is_(None))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [
        NextMeeting(row[0], ResponseFacts._make(row[1:]) if row[1] is not None else None)
        for row in session.execute(query)
    ]


def one_of(session: Session, citizen_id: int, meeting_id: int) -> Meeting | None:
    """Locked: two clicks at once take their turns."""
    query = select(Meeting).where(Meeting.id == meeting_id, Meeting.citizen_id == citizen_id)
    return session.scalars(query.with_for_update()).one_or_none()


def of_invitation(session: Session, invitation_id: int) -> Meeting | None:
    return session.scalars(select(Meeting).where(Meeting.invitation_id == invitation_id)).one_or_none()


def next_at(since: datetime) -> ScalarSelect[datetime]:
    """For each citizen of a query about citizens: when her next meeting from ``since`` on begins."""
    return select(func.min(Meeting.starts_at)).where(*_hers(since)).scalar_subquery()


def has_a_wish(since: datetime) -> Exists:
    """For each citizen of a query about citizens: whether she has asked something about a meeting."""
    asked = or_(Meeting.move_asked_at.is_not(None), Meeting.interpreter_asked_at.is_not(None))
    return exists().where(*_hers(since), asked)


def has_agenda(since: datetime, before: datetime) -> Exists:
    """For each citizen of a query about citizens: whether she has said what she wants to talk about."""
    return exists().where(
        *_hers(since),
        Meeting.starts_at < before,
        Invitation.id == Meeting.invitation_id,
        Invitation.finished_at.is_not(None),
    )


def to_ask(session: Session, form: str, since: datetime, before: datetime) -> list[tuple[int, int, datetime]]:
    """(municipality, meeting, start) of those whose agenda nobody has asked for, of citizens who may be asked by SMS,
    where the form is published. Looks across municipalities."""
    query = (
        select(Meeting.municipality_id, Meeting.id, Meeting.starts_at)
        .join(Citizen, Citizen.id == Meeting.citizen_id)
        .where(
            Meeting.starts_at >= since,
            Meeting.starts_at < before,
            Meeting.cancelled_at.is_(None),
            Meeting.invitation_id.is_(None),
            Citizen.standing == Standing.ACTIVE.value,
            Citizen.opted_out_at.is_(None),
            Citizen.frozen_at.is_(None),
            exists().where(
                Questionnaire.municipality_id == Meeting.municipality_id, Questionnaire.key == form
            ),
        )
        .order_by(Meeting.municipality_id, Meeting.starts_at)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def unanswered_of(session: Session, since: datetime, before: datetime) -> list[int]:
    """The invitations to agendas of meetings in that time that nobody has answered. Looks across municipalities."""
    query = (
        select(Invitation.id)
        .join(Meeting, Meeting.invitation_id == Invitation.id)
        .where(
            Meeting.starts_at >= since,
            Meeting.starts_at < before,
            Invitation.finished_at.is_(None),
            Invitation.cancelled_at.is_(None),
        )
    )
    return list(session.scalars(query))


def _hers(since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Meeting.citizen_id == Citizen.id,
        Meeting.starts_at >= since,
        Meeting.cancelled_at.is_(None),
    )


def _is_her_agenda() -> ColumnElement[bool]:
    return and_(
        Response.measurement_id == Invitation.measurement_id,
        Response.respondent == Respondent.CITIZEN,
        Response.finished_at.is_not(None),
    )
