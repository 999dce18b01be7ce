"""Check-ins by SMS: what was composed, who was asked, and what they answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime, enum_as_text
from portal.domain.check_ins import AskState
from portal.domain.replies import ReplyKind
from portal.store.people import Citizen, Staff

SHIPPED = "checkins.question."
"""What the keys of questions that ship begin with."""


class CheckIn(Owned, Base):
    """One to three questions in a row. It can be asked of many, and again."""

    __tablename__ = "check_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    questions: Mapped[list[CheckInQuestion]] = relationship(order_by="CheckInQuestion.position")


class CheckInQuestion(Owned, Base):
    """A question that ships (``template``), worded in her language when it is sent; or the caseworker's own words
    (``text``), which go out as they were written."""

    __tablename__ = "check_in_questions"
    __table_args__ = (UniqueConstraint("check_in_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_ins.id"))
    position: Mapped[int]
    kind: Mapped[ReplyKind] = mapped_column(enum_as_text(ReplyKind))
    template: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str | None] = mapped_column(Encrypted)
    indicator: Mapped[str | None] = mapped_column(String(40))

    @property
    def words(self) -> str:
        """Her own words, or the key under which the catalogs have the shipped ones."""
        return f"{SHIPPED}{self.template}" if self.template else self.text or ""


class CheckInAsk(Owned, Base):
    """A check-in asked of one citizen. At most one is open at a time: her next SMS answers that one."""

    __tablename__ = "check_in_asks"
    __table_args__ = (
        Index("uq_check_in_asks_open", "citizen_id", unique=True, sqlite_where=text("state = 'open'"),
              postgresql_where=text("state = 'open'")),
        Index("ix_check_in_asks_closes_at", "closes_at", sqlite_where=text("state = 'open'"),
              postgresql_where=text("state = 'open'")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_ins.id"), index=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    state: Mapped[AskState] = mapped_column(enum_as_text(AskState), default=AskState.PLANNED)
    reason: Mapped[str | None] = mapped_column(String(24))
    """Why it closed: one of ``Closed``, or why its SMS was not sent."""
    position: Mapped[int] = mapped_column(default=0)
    """Of the question that is asked now."""
    repeated: Mapped[bool] = mapped_column(default=False)
    """The question has been repeated once, and will not be again."""
    language: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The time the caseworker chose; None: at once."""
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the question that is asked now went out; an SMS from before that does not answer it."""
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_messages.id"), index=True)
    """The SMS with the first question."""

    check_in: Mapped[CheckIn] = relationship()
    citizen: Mapped[Citizen] = relationship()
    asker: Mapped[Staff] = relationship()

    @property
    def question(self) -> CheckInQuestion:
        """The one that is asked now."""
        return self.check_in.questions[self.position]


class CheckInAnswer(Owned, Base):
    """What was understood of a reply. ``value``: yes, no or 1 to 5; free words are encrypted in ``text``."""

    __tablename__ = "check_in_answers"
    __table_args__ = (UniqueConstraint("ask_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ask_id: Mapped[int] = mapped_column(ForeignKey("check_in_asks.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("check_in_questions.id"), index=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    kind: Mapped[ReplyKind] = mapped_column(enum_as_text(ReplyKind))
    value: Mapped[str | None] = mapped_column(String(4))
    text: Mapped[str | None] = mapped_column(Encrypted)
    mode: Mapped[str] = mapped_column(String(8), default="sms")
    """How it was given: never measured against an answer given in another way."""
    language: Mapped[str] = mapped_column(String(8))
    """Of the question."""
    entry_id: Mapped[int] = mapped_column(ForeignKey("thread_entries.id"), unique=True)
    """The reply as she wrote it."""
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    question: Mapped[CheckInQuestion] = relationship()
