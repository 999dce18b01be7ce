"""What shipped when the product was last upgraded here, and what each upgrade changed. No municipality's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base
from database.types import UtcDateTime
from portal.store.texts import LONGEST_KEY


class ShippedTexts(Base):
    """``texts``: key -> forms, of one language. ``digest`` tells without reading them whether they have changed."""

    __tablename__ = "shipped_texts"

    locale: Mapped[str] = mapped_column(String(8), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    texts: Mapped[dict[str, list[str]]] = mapped_column(JSON, deferred=True)


class ShippedChange(Base):
    """One text in one language that an upgrade brought (``before`` is empty), changed, or took away."""

    __tablename__ = "shipped_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    """The upgrade: all that it changed has the same moment."""
    locale: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    before: Mapped[list[str]] = mapped_column(JSON)
    after: Mapped[list[str]] = mapped_column(JSON)


def upgrades(session: Session) -> Sequence[datetime]:
    """When an upgrade changed texts, the newest first."""
    query = select(ShippedChange.at).group_by(ShippedChange.at).order_by(ShippedChange.at.desc())
    return session.scalars(query).all()


def counts(session: Session, at: datetime) -> dict[str, int]:
    """Language -> how many texts the upgrade touched."""
    query = select(ShippedChange.locale, func.count()).where(ShippedChange.at == at)
    return {row.locale: row[1] for row in session.execute(query.group_by(ShippedChange.locale))}


def changes(session: Session, at: datetime, locale: str) -> Sequence[ShippedChange]:
    wanted = (ShippedChange.at == at, ShippedChange.locale == locale)
    return session.scalars(select(ShippedChange).where(*wanted).order_by(ShippedChange.key)).all()
