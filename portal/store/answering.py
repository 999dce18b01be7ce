"""Measurements, invitations, links, responses, answers and the scores made of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime
from portal.store.people import Citizen, Staff
from portal.store.questionnaires import Questionnaire, QuestionnaireVersion


class Measurement(Owned, Base):
    """One point in time about one citizen: her own response, and the caseworker's about her."""

    __tablename__ = "measurements"

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    """The citizen's form; the caseworker answers its counterpart, where it has one."""
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)

    citizen: Mapped[Citizen] = relationship()
    questionnaire: Mapped[Questionnaire] = relationship()


class Invitation(Owned, Base):
    """A citizen was asked. When the SMS left and arrived is told by its outbox message."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurements.id"), index=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"), index=True)
    sent_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_messages.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    citizen: Mapped[Citizen] = relationship()
    measurement: Mapped[Measurement] = relationship()
    questionnaire: Mapped[Questionnaire] = relationship()
    sender: Mapped[Staff] = relationship()


class Link(Owned, Base):
    """A magic link; the token itself is never stored, only its blind index."""

    __tablename__ = "links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_index: Mapped[str] = mapped_column(String(43), unique=True)
    purpose: Mapped[str] = mapped_column(String(12))
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    invitation: Mapped[Invitation] = relationship()


class Response(Owned, Base):
    """One party's answers to one version of a questionnaire (an answer set)."""

    __tablename__ = "responses"
    __table_args__ = (
        UniqueConstraint("measurement_id", "respondent"),
        Index("ix_responses_citizen_finished", "citizen_id", "finished_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    """The public name in URLs: random, worth nothing without its grant cookie or a signed-in caseworker."""
    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurements.id"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), index=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"), index=True)
    respondent: Mapped[str] = mapped_column(String(12))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    mode: Mapped[str] = mapped_column(String(8), default="web")
    help: Mapped[str] = mapped_column(String(12), default="alone")
    helper: Mapped[str | None] = mapped_column(String(12))
    """Who helped, where ``help`` says that somebody did and she or staff said who."""
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    """Who typed in the citizen's answers for her."""
    language: Mapped[str] = mapped_column(String(8))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    version: Mapped[QuestionnaireVersion] = relationship()
    measurement: Mapped[Measurement] = relationship()


class Answer(Owned, Base):
    """One answer. Choices, numbers and dates stand in ``value``; free text is encrypted in ``text``."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("response_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"))
    question: Mapped[str] = mapped_column(String(64))
    value: Mapped[str | None] = mapped_column(String(400))
    text: Mapped[str | None] = mapped_column(Encrypted)
    missing: Mapped[str | None] = mapped_column(String(12))
    """dont_know or refused; both are missing, never a middle value."""
    language: Mapped[str] = mapped_column(String(8), default="da")
    """The language the question stood in when it was answered: a person may change language half-way."""
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IndicatorScore(Owned, Base):
    """Made when a response is finished; ``value`` is None where the citizen gave no answer."""

    __tablename__ = "indicator_scores"
    __table_args__ = (UniqueConstraint("response_id", "indicator"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"))
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    indicator: Mapped[str] = mapped_column(String(40))
    value: Mapped[float | None]
    wording: Mapped[str] = mapped_column(String(64))
    """Fingerprint of the question's wording in the language it was answered in."""

    response: Mapped[Response] = relationship()
