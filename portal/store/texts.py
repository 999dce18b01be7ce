"""The municipality's own texts, lying above the catalogs that ship with the product."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Municipality, Owned
from database.types import UtcDateTime


class TextOverride(Owned, Base):
    """``forms``: one string, or one for each plural form of the language.

    ``source``: the Danish forms it was made from. When the Danish has changed since, the translation is
    stale and is kept, but not shown.
    """

    __tablename__ = "text_overrides"
    __table_args__ = (UniqueConstraint("municipality_id", "locale", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(120))
    forms: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[list[str]] = mapped_column(JSON)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def find(session: Session, locale: str, key: str) -> TextOverride | None:
    return session.scalar(select(TextOverride).where(TextOverride.locale == locale, TextOverride.key == key))


def in_locales(session: Session, locales: tuple[str, ...]) -> list[TextOverride]:
    return list(session.scalars(select(TextOverride).where(TextOverride.locale.in_(locales))))


def remove(session: Session, locale: str, key: str) -> None:
    session.execute(delete(TextOverride).where(TextOverride.locale == locale, TextOverride.key == key))


def bump_revision(session: Session) -> None:
    """Tells every process that the texts have changed."""
    session.execute(update(Municipality).values(texts_revision=Municipality.texts_revision + 1))
