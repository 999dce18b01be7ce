"""What people say about a text: read back into Danish, asked and answered, tried with citizens. No citizen is named."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime
from portal.domain.texts import Step
from portal.store.texts import LONGEST_KEY, TextRevision


class BackTranslation(Owned, Base):
    """``forms`` is the wording that was read; ``danish`` what somebody else made of it."""

    __tablename__ = "back_translations"
    __table_args__ = (Index("ix_back_translations_text", "municipality_id", "locale", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    forms: Mapped[list[str]] = mapped_column(JSON)
    danish: Mapped[str] = mapped_column(Encrypted)
    agrees: Mapped[bool]
    """Whether it says the same as the Danish."""
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class TextComment(Owned, Base):
    """A question or remark about a text, and the editor's answer."""

    __tablename__ = "text_comments"
    __table_args__ = (Index("ix_text_comments_text", "municipality_id", "locale", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    body: Mapped[str] = mapped_column(Encrypted)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(Encrypted)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TextTrial(Owned, Base):
    """The texts of an area, tried with citizens in a language."""

    __tablename__ = "text_trials"

    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(8))
    area: Mapped[str] = mapped_column(String(80))
    tried_on: Mapped[date]
    citizens: Mapped[int]
    note: Mapped[str] = mapped_column(Encrypted)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def back_translation(session: Session, locale: str, key: str) -> BackTranslation | None:
    """The newest."""
    wanted = (BackTranslation.locale == locale, BackTranslation.key == key)
    query = select(BackTranslation).where(*wanted).order_by(BackTranslation.id.desc()).limit(1)
    return session.scalar(query)


def comments(session: Session, locale: str, key: str) -> list[TextComment]:
    """In the order they were made."""
    wanted = (TextComment.locale == locale, TextComment.key == key)
    return list(session.scalars(select(TextComment).where(*wanted).order_by(TextComment.id)))


def asked(session: Session, locale: str) -> set[tuple[str, str]]:
    """Key and words of every question about the texts of a language."""
    rows = session.execute(select(TextComment.key, TextComment.body).where(TextComment.locale == locale))
    return {(row.key, row.body) for row in rows}


def open_comments(session: Session, locale: str) -> dict[str, int]:
    """Key -> how many that nobody has answered."""
    query = select(TextComment.key, func.count()).where(TextComment.locale == locale)
    rows = session.execute(query.where(TextComment.answered_at.is_(None)).group_by(TextComment.key))
    return {row.key: row[1] for row in rows}


def trials(session: Session) -> list[TextTrial]:
    """The newest first."""
    return list(session.scalars(select(TextTrial).order_by(TextTrial.tried_on.desc(), TextTrial.id.desc())))


def written(session: Session, locale: str, keys: Collection[str]) -> list[TextRevision]:
    """Each step that changed the words of these texts, the newest first."""
    words = TextRevision.step.in_((Step.SAVED, Step.IMPORTED))
    wanted = (TextRevision.locale == locale, TextRevision.key.in_(keys), words)
    return list(session.scalars(select(TextRevision).where(*wanted).order_by(TextRevision.id.desc())))
