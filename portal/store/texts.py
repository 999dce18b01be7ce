"""The municipality's own texts, lying above what ships with the product, and how each came to be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import JSON, ForeignKey, Index, Select, String, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Municipality, Owned
from database.types import UtcDateTime, enum_as_text
from i18n.catalogs import Status
from portal.domain.texts import Step

LONGEST_KEY = 200


class TextOverride(Owned, Base):
    """A text in a language: what is live, and a draft that is not yet.

    Forms are one string, or one for each plural form of the language. ``source``: the Danish that a translation
    was made from; when the Danish has changed since, it is stale and is kept, but not shown. Of a Danish text it is
    the shipped Danish that it took the place of.
    """

    __tablename__ = "text_overrides"
    __table_args__ = (UniqueConstraint("municipality_id", "locale", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    forms: Mapped[list[str]] = mapped_column(JSON)
    """Empty where nothing but a draft is theirs."""
    source: Mapped[list[str]] = mapped_column(JSON)
    live_status: Mapped[Status] = mapped_column(enum_as_text(Status, 16), default=Status.DRAFT)
    draft_forms: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    draft_source: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    status: Mapped[Status] = mapped_column(enum_as_text(Status, 16), default=Status.DRAFT)
    """Of the newest wording: the draft's where there is one."""
    version: Mapped[int] = mapped_column(default=0)
    """Counts the changes, so that nobody overwrites what she has not seen."""
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TextRevision(Owned, Base):
    """One step of a text's history, with the wording as it was after it."""

    __tablename__ = "text_revisions"
    __table_args__ = (Index("ix_text_revisions_text", "municipality_id", "locale", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    step: Mapped[Step] = mapped_column(enum_as_text(Step, 16))
    forms: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[list[str]] = mapped_column(JSON)
    status: Mapped[Status] = mapped_column(enum_as_text(Status, 16))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def find(session: Session, locale: str, key: str) -> TextOverride | None:
    return session.scalar(select(TextOverride).where(TextOverride.locale == locale, TextOverride.key == key))


class KeptText(NamedTuple):
    """A row of `TextOverride` to look at: thousands of them in half the time. The columns of those names."""

    locale: str
    key: str
    forms: list[str]
    source: list[str]
    draft_forms: list[str] | None
    draft_source: list[str] | None
    status: Status
    version: int
    changed_by: int | None
    changed_at: datetime
    approved_by: int | None
    approved_at: datetime | None
    published_at: datetime | None


_KEPT = select(*(getattr(TextOverride, name) for name in KeptText._fields))


def kept_in(session: Session, locales: Collection[str]) -> list[KeptText]:
    return [KeptText(*row) for row in session.execute(_KEPT.where(TextOverride.locale.in_(locales)))]


def in_locales(session: Session, locales: Collection[str]) -> list[TextOverride]:
    """To be changed."""
    return list(session.scalars(select(TextOverride).where(TextOverride.locale.in_(locales))))


def of_keys(session: Session, keys: Collection[str]) -> list[TextOverride]:
    """In every language."""
    return list(session.scalars(select(TextOverride).where(TextOverride.key.in_(keys))))


def remove(session: Session, locale: str, key: str) -> None:
    session.execute(delete(TextOverride).where(TextOverride.locale == locale, TextOverride.key == key))


def hold(session: Session) -> None:
    """Of two who change texts of a municipality at once the second waits, and then sees what the first has done.
    Rows that only refer to the municipality are written meanwhile."""
    session.execute(select(Municipality.id).with_for_update(key_share=True))


def bump_revision(session: Session) -> None:
    """Tells every process that the texts have changed; holds as ``hold`` does."""
    session.execute(update(Municipality).values(texts_revision=Municipality.texts_revision + 1))


def newest_revision(session: Session, locale: str, key: str) -> TextRevision | None:
    return session.scalar(_history(locale, key).limit(1))


def revision(session: Session, revision_id: int) -> TextRevision | None:
    return session.get(TextRevision, revision_id)


def revisions(session: Session, locale: str, key: str, most: int) -> list[TextRevision]:
    """The newest first."""
    return list(session.scalars(_history(locale, key).limit(most)))


def _history(locale: str, key: str) -> Select[TextRevision]:
    wanted = (TextRevision.locale == locale, TextRevision.key == key)
    return select(TextRevision).where(*wanted).order_by(TextRevision.id.desc())
