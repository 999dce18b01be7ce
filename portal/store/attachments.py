"""Files that came with a message, and their look-ups. The contents are read only when somebody asks for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer_group

from database.base import Base, Owned
from database.lean import Lookup
from database.types import Encrypted, UtcDateTime
from portal.store.thread import ThreadEntry

CONTENT = "content"


class Attachment(Owned, Base):
    """``kind`` is a ``domain.files.FileKind``. ``preview`` is there for large images: a small JPEG."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    """Whose thread: the guard's question needs no second table."""
    entry_id: Mapped[int] = mapped_column(ForeignKey("thread_entries.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str | None] = mapped_column(Encrypted)
    """Made safe to show and to save; None when nothing was left of what it was called."""
    digest: Mapped[str] = mapped_column(String(43))
    """A keyed hash of what was kept: the same click twice is known by it."""
    size: Mapped[int]
    """Bytes of the content as it is served."""
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content_key: Mapped[str] = mapped_column(Encrypted)
    preview: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, deferred_group=CONTENT)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_group=CONTENT)
    """Both sealed under ``content_key`` (``database.sealing``)."""


def of_citizen(session: Session, citizen_id: int, attachment_id: int) -> Attachment | None:
    """With its contents; None when it is not in her thread."""
    query = (
        select(Attachment)
        .where(Attachment.id == attachment_id, Attachment.citizen_id == citizen_id)
        .options(undefer_group(CONTENT))
    )
    return session.scalars(query).one_or_none()


def of_entries(
    session: Session, citizen_id: int, first_id: int, last_id: int
) -> Mapping[int, list[Attachment]]:
    """By entry, in the order they were picked; without their contents."""
    query = (
        select(Attachment)
        .where(Attachment.citizen_id == citizen_id, Attachment.entry_id.between(first_id, last_id))
        .order_by(Attachment.id)
    )
    found: defaultdict[int, list[Attachment]] = defaultdict(list)
    for each in session.scalars(query):
        found[each.entry_id].append(each)
    return found


def digests(session: Session, entry_id: int) -> list[str]:
    query = select(Attachment.digest).where(Attachment.entry_id == entry_id).order_by(Attachment.id)
    return list(session.scalars(query))


def with_files(session: Session, entry_ids: Sequence[int]) -> frozenset[int]:
    """Those of the entries that came with any."""
    return frozenset(row.entry_id for row in _OF_ENTRIES.fetch(session, entry_id=entry_ids))


_OF_ENTRIES = Lookup(Attachment, ("entry_id",), among="entry_id")


def count_since(session: Session, citizen_id: int, author: str, since: datetime) -> int:
    """How many files ``author`` (citizen or staff) has put in her thread since then."""
    query = (
        select(func.count(Attachment.id))
        .join(ThreadEntry, ThreadEntry.id == Attachment.entry_id)
        .where(
            Attachment.citizen_id == citizen_id,
            Attachment.created_at >= since,
            ThreadEntry.author == author,
        )
    )
    return session.scalar(query) or 0
