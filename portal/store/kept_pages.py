"""Pages that answered a form, kept for an hour so that a browser can come back to them (docs/decisions/0043).

They belong to no municipality: who typed a wrong PIN is nobody's citizen yet. Whose a page is stands in a keyed hash,
and nothing finds it but its own random key.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base
from database.types import EncryptedJson, UtcDateTime

MOST_EACH = 20
"""Of one person or browser; the oldest gives way."""


class KeptPage(Base):
    __tablename__ = "kept_pages"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_index: Mapped[str] = mapped_column(String(43), unique=True)
    owner_index: Mapped[str] = mapped_column(String(43), index=True)
    is_strangers: Mapped[bool]
    """Sent by somebody whom we do not know, or not yet."""
    size: Mapped[int]
    """Characters of the page."""
    page: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def keep(session: Session, page: KeptPage) -> None:
    session.add(page)
    session.flush()
    newest = (
        select(KeptPage.id)
        .where(KeptPage.owner_index == page.owner_index)
        .order_by(KeptPage.id.desc())
        .limit(MOST_EACH)
    )
    older = delete(KeptPage).where(KeptPage.owner_index == page.owner_index, KeptPage.id.not_in(newest))
    session.execute(older.execution_options(synchronize_session=False))


def find(session: Session, key_index: str, owner_index: str, now: datetime) -> dict[str, Any] | None:
    return session.scalar(
        select(KeptPage.page).where(
            KeptPage.key_index == key_index, KeptPage.owner_index == owner_index, KeptPage.expires_at > now
        )
    )


def held_for_strangers(session: Session) -> int:
    """Characters, all of them together."""
    return int(session.scalar(select(func.sum(KeptPage.size)).where(KeptPage.is_strangers)) or 0)


def forget_expired(session: Session, now: datetime) -> None:
    session.execute(delete(KeptPage).where(KeptPage.expires_at <= now))
