"""Who saw or changed what, and when. Holds ids and names of actions, never content."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.lean import insert_rows
from database.types import UtcDateTime


class AuditEvent(Owned, Base):
    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_citizen_id_at", "citizen_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    citizen_id: Mapped[int | None] = mapped_column(ForeignKey("citizens.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str | None] = mapped_column(String(80))
    """The id or key of what was touched, such as "response 41" or "text citizen.start.title"."""
    request_id: Mapped[str | None] = mapped_column(String(32))


def record(
    session: Session,
    action: str,
    now: datetime,
    *,
    staff_id: int | None = None,
    citizen_id: int | None = None,
    subject: str | None = None,
    request_id: str | None = None,
) -> None:
    session.add(
        AuditEvent(
            at=now,
            staff_id=staff_id,
            citizen_id=citizen_id,
            action=action,
            subject=subject,
            request_id=request_id,
        )
    )


def record_each(
    session: Session,
    action: str,
    now: datetime,
    citizen_ids: Collection[int],
    *,
    staff_id: int,
    subject: str | None = None,
    request_id: str | None = None,
) -> None:
    """The same of several citizens, in one statement."""
    same = {"at": now, "staff_id": staff_id, "action": action, "subject": subject, "request_id": request_id}
    insert_rows(session, AuditEvent, [{**same, "citizen_id": citizen_id} for citizen_id in citizen_ids])
