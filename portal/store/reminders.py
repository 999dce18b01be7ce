"""Ladders of reminders, the schedules that begin them, and the dates of a citizen's that a schedule counts from."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.base import Base, Owned
from database.types import UtcDateTime, enum_as_text
from portal.domain.schedules import DateKind, ScheduleKind
from portal.store.answering import Invitation
from portal.store.groups import Group
from portal.store.people import Citizen, Staff, Team
from portal.store.questionnaires import Questionnaire


class ReminderLadder(Owned, Base):
    """An invitation that is asked about again. ``taken`` counts the steps, the invitation's own SMS included."""

    __tablename__ = "reminder_ladders"
    __table_args__ = (
        Index("ix_reminder_ladders_check", "check_at", sqlite_where=text("check_at IS NOT NULL"),
              postgresql_where=text("check_at IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), unique=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    taken: Mapped[int] = mapped_column(default=1)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_messages.id"))
    """The newest step's SMS."""
    check_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When to look at it again; None when it has ended."""
    too_late_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """A reminder after this makes no sense: the link has expired, or the meeting is over."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end: Mapped[str | None] = mapped_column(String(40))
    """Why: answered, no_answer, or the reason why a step was not sent."""
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When somebody took it up from there."""
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    invitation: Mapped[Invitation] = relationship()
    citizen: Mapped[Citizen] = relationship()


class ReminderSchedule(Owned, Base):
    """Asks a team's citizens by itself. ``months`` and ``days`` as its kind needs them (``domain.schedules``)."""

    __tablename__ = "reminder_schedules"

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("citizen_groups.id"))
    """One group of the team's; None for everybody in it."""
    kind: Mapped[ScheduleKind] = mapped_column(enum_as_text(ScheduleKind, 20))
    months: Mapped[int | None]
    days: Mapped[int | None]
    starts_on: Mapped[date]
    """Nothing that lies before this day is asked about afterwards."""
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    planned_on: Mapped[date | None]
    """The local day whose planning is done."""

    questionnaire: Mapped[Questionnaire] = relationship()
    team: Mapped[Team] = relationship()
    group: Mapped[Group | None] = relationship()
    maker: Mapped[Staff] = relationship()


class ScheduleOccurrence(Owned, Base):
    """One time that a schedule asked one citizen. The unique key is what makes it once, whoever plans."""

    __tablename__ = "schedule_occurrences"
    __table_args__ = (UniqueConstraint("schedule_id", "citizen_id", "occurrence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(ForeignKey("reminder_schedules.id"))
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    occurrence: Mapped[str] = mapped_column(String(32))
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CitizenDate(Owned, Base):
    """A day that a schedule counts from: when she began, her next meeting, the end of her course."""

    __tablename__ = "citizen_dates"
    __table_args__ = (UniqueConstraint("citizen_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"))
    kind: Mapped[DateKind] = mapped_column(enum_as_text(DateKind))
    day: Mapped[date]
    set_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
