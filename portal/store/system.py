"""Rows of the installation itself, that belong to no municipality and hold nothing about anyone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import UtcDateTime


class Heartbeat(Base):
    """The worker writes here regularly, so that /readyz can tell that it lives."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RateLimit(Base):
    """A counter of Flask-Limiter; the key is a keyed hash, never an address in the clear."""

    __tablename__ = "rate_limits"

    key: Mapped[str] = mapped_column(String(43), primary_key=True)
    hits: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
