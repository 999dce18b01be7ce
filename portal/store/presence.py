"""Which of the staff have a page open at this moment: a thread, or a text that is translated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, declared_attr, joinedload, mapped_column, relationship

from database.base import Base, Owned
from database.types import UtcDateTime
from portal.store.people import Staff
from portal.store.texts import LONGEST_KEY


class Presence(Owned):
    """One row for each page somebody has opened; it is written anew, never added to."""

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    writing_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @declared_attr
    @classmethod
    def staff(cls) -> Mapped[Staff]:
        return relationship()


class ThreadPresence(Presence, Base):
    __tablename__ = "thread_presence"
    __table_args__ = (UniqueConstraint("citizen_id", "staff_id"),)

    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"))


class TextPresence(Presence, Base):
    __tablename__ = "text_presence"
    __table_args__ = (UniqueConstraint("municipality_id", "locale", "key", "staff_id"),)

    locale: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))


Row = ThreadPresence | TextPresence


@dataclass(frozen=True)
class Place:
    """A page that several may have open: whose rows tell, and what they have in common."""

    rows: type[Row]
    at: Mapping[str, int | str]

    def row(self, staff_id: int, now: datetime) -> Row:
        return self.rows(staff_id=staff_id, seen_at=now, **self.at)


def thread(citizen_id: int) -> Place:
    return Place(ThreadPresence, {"citizen_id": citizen_id})


def text(locale: str, key: str) -> Place:
    return Place(TextPresence, {"locale": locale, "key": key})


def in_place(session: Session, place: Place, since: datetime, staff_id: int) -> list[Row]:
    """Whoever was seen since; the reader's own row always."""
    rows = place.rows
    query = (
        select(rows)
        .filter_by(**place.at)
        .where((rows.seen_at >= since) | (rows.staff_id == staff_id))
        .options(joinedload(rows.staff))
        .order_by(rows.id)
    )
    return list(session.scalars(query))


def of_one(session: Session, place: Place, staff_id: int) -> Row | None:
    rows: type[Row] = place.rows
    query = select(rows).filter_by(**place.at, staff_id=staff_id)
    return cast("Row | None", session.scalars(query).one_or_none())
