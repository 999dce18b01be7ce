"""The municipality's own texts, lying above the catalogs that ship with the product."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, Owned
from database.types import UtcDateTime


class TextOverride(Owned, Base):
    """``forms``: one string, or one for each plural form of the language."""

    __tablename__ = "text_overrides"
    __table_args__ = (UniqueConstraint("municipality_id", "locale", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(120))
    forms: Mapped[list[str]] = mapped_column(JSON)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
