"""Files in a thread: kept sealed, and opened for who may read the thread."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from database import sealing
from database.encryption import blind_index
from portal.domain.files import MOST_FILES, MOST_IN_A_DAY, CleanFile, FileKind, FileRefusal
from portal.store import attachments
from portal.store.attachments import Attachment
from portal.store.thread import ThreadEntry

DIGEST_PURPOSE = "attachment"
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Opened:
    """A file as it is served. ``name`` is None when it had none that could be kept."""

    name: str | None
    kind: FileKind
    content: bytes


def too_many(
    session: Session, citizen_id: int, author: str, files: tuple[CleanFile, ...], now: datetime
) -> FileRefusal | None:
    """Whether these are too many, with what ``author`` has put in the thread since yesterday at this hour."""
    if len(files) > MOST_FILES:
        return FileRefusal.TOO_MANY
    before = attachments.count_since(session, citizen_id, author, now - A_DAY)
    return FileRefusal.TOO_MANY_TODAY if before + len(files) > MOST_IN_A_DAY else None


def are_those_of(session: Session, entry_id: int, files: tuple[CleanFile, ...]) -> bool:
    """The very same files in the same order: what is made anew from the same bytes is the same."""
    return attachments.digests(session, entry_id) == [_digest(each) for each in files]


def attach(session: Session, entry: ThreadEntry, files: tuple[CleanFile, ...]) -> None:
    session.add_all(_row(entry, each) for each in files)


def open_file(
    session: Session, citizen_id: int, attachment_id: int, *, preview: bool = False
) -> Opened | None:
    """None when there is no such file in her thread, or no preview of it."""
    row = attachments.of_citizen(session, citizen_id, attachment_id)
    if row is None:
        return None
    kind = FileKind(row.kind)
    if not preview or (row.preview is None and kind.is_image):  # what is small is its own preview
        return Opened(row.name, kind, sealing.unseal(row.content, row.content_key))
    if row.preview is None:
        return None
    return Opened(row.name, FileKind.JPEG, sealing.unseal(row.preview, row.content_key))


def _row(entry: ThreadEntry, each: CleanFile) -> Attachment:
    key = sealing.new_key()
    return Attachment(
        citizen_id=entry.citizen_id,
        entry_id=entry.id,
        kind=each.kind.value,
        name=each.name or None,
        digest=_digest(each),
        size=len(each.content),
        width=each.width,
        height=each.height,
        created_at=entry.created_at,
        content_key=key,
        preview=None if each.preview is None else sealing.seal(each.preview, key),
        content=sealing.seal(each.content, key),
    )


def _digest(each: CleanFile) -> str:
    return blind_index(DIGEST_PURPOSE, hashlib.sha256(each.content).hexdigest())
