"""The one declarative base, and the municipality that every row belongs to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from database.types import UtcDateTime

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class Municipality(Base):
    """The tenant. Only rules of ``database.tenancy`` may look across several."""

    __tablename__ = "municipalities"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    office_name: Mapped[str] = mapped_column(String(80))
    """What the employment service calls itself; since 2026 it need not be "Jobcenter"."""
    office_phone: Mapped[str] = mapped_column(String(20))
    sms_sender: Mapped[str] = mapped_column(String(11))
    """Alphanumeric sender: at most 11 characters, cannot be answered, may carry a link."""
    reply_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    """The number that conversations run on; never carries a link."""
    whatsapp_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    """Its number on WhatsApp; none: WhatsApp is off."""
    send_always: Mapped[bool] = mapped_column(default=False)
    """A demo sends at any hour; a real municipality keeps to the sending window."""
    is_demo: Mapped[bool] = mapped_column(default=False)
    texts_revision: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Owned:
    """Mixin of every class whose rows belong to a municipality: all but Municipality itself."""

    @declared_attr
    @classmethod
    def municipality_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("municipalities.id"), index=True)
