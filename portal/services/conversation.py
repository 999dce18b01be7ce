"""The thread as its two readers see it: who wrote what, by which way, how far it came and whether it was read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from messaging.message import Status
from portal.domain.files import PREVIEW_SIDE, FileKind
from portal.domain.replies import ReplyKind
from portal.store import attachments, thread_entries
from portal.store.attachments import Attachment
from portal.store.check_ins import SHIPPED
from portal.store.thread import NAMES_A_DAY, EventKind
from portal.store.thread_entries import EntryRow, Mark

PAGE = 50
"""Entries shown at once; what can change of an older one changes unseen."""
SAID = frozenset({"message", EventKind.CHECK_IN, EventKind.CHECK_IN_ANSWER})


class Reader(StrEnum):
    """The two sides of a thread; the words are those of ``thread_entries.author``."""

    CITIZEN = "citizen"
    STAFF = "staff"

    @property
    def other(self) -> Reader:
        return Reader.STAFF if self is Reader.CITIZEN else Reader.CITIZEN


@dataclass(frozen=True)
class Delivery:
    """Of the SMS itself, or of the one that told of a message in the portal. ``reason`` is a word for the
    catalogs: why it waits, was not sent or did not get through."""

    status: Status
    reason: str | None


class Crisis(StrEnum):
    """The message holds words of crisis: a person has seen to it, or not yet."""

    OPEN = "open"
    HANDLED = "handled"


@dataclass(frozen=True)
class FileShown:
    """A file as it is named in the thread; ``size`` in bytes, ``width`` and ``height`` in pixels of an image."""

    id: int
    kind: FileKind
    name: str | None
    size: int
    width: int
    height: int

    @property
    def preview_size(self) -> tuple[int, int]:
        """Width and height of the small picture in the thread, so that nothing jumps when it comes."""
        scale = min(1.0, PREVIEW_SIDE / max(self.width, self.height, 1))
        return round(self.width * scale), round(self.height * scale)


@dataclass(frozen=True)
class Entry:
    """``kind`` is message or one of ``EventKind``; ``body`` is None for most events. ``staff_name`` is the
    writer, where it was staff. ``read_at`` is when the other side saw it."""

    id: int
    kind: str
    author: str
    staff_name: str | None
    channel: str
    body: str | None
    pictures: int
    created_at: datetime
    read_at: datetime | None
    delivery: Delivery | None
    crisis: Crisis | None = None
    files: tuple[FileShown, ...] = ()
    answered: ReplyKind | None = None
    """What a check-in asked for, when this is the reply; ``understood`` is the answer, None for free words."""
    understood: str | None = None

    @property
    def shipped(self) -> str | None:
        """The key of a shipped question that has not gone out: it is worded in her language when it does."""
        is_key = self.kind == EventKind.CHECK_IN and (self.body or "").startswith(SHIPPED)
        return self.body if is_key else None

    @property
    def is_said(self) -> bool:
        """Whether somebody said it, and nothing merely happened."""
        return self.kind in SAID

    @property
    def promised(self) -> date | None:
        """The day that an event names: by which a person answers, or of a meeting."""
        return date.fromisoformat(self.body) if self.kind in NAMES_A_DAY and self.body else None


@dataclass(frozen=True)
class Conversation:
    """``state`` tells apart two looks at the thread between which something has changed; what comes after
    ``known_id`` is news to this page."""

    entries: tuple[Entry, ...]
    has_earlier: bool
    state: str = ""
    known_id: int = 0

    @property
    def last_id(self) -> int:
        return self.entries[-1].id if self.entries else 0

    @property
    def ends_without_reply(self) -> bool:
        return _ends_without_reply(self.entries)


@dataclass(frozen=True)
class News:
    """``new`` came after what is shown; ``shown`` is the rest, as it now stands."""

    new: tuple[Entry, ...]
    shown: tuple[Entry, ...]
    state: str
    last_id: int

    @property
    def ends_without_reply(self) -> bool:
        return _ends_without_reply((*self.shown, *self.new))


def entries(session: Session, citizen_id: int, after_id: int | None = None) -> tuple[Entry, ...]:
    """The newest entries, or those after ``after_id``, oldest first: at most 50."""
    if after_id is None:
        rows = thread_entries.newest_rows(session, citizen_id, PAGE)
    else:
        rows = thread_entries.rows_after(session, citizen_id, after_id, PAGE)
    return with_files(session, citizen_id, rows)


def conversation(session: Session, citizen_id: int, before_id: int | None = None) -> Conversation:
    rows = thread_entries.newest_rows(session, citizen_id, PAGE + 1, before_id)
    return Conversation(with_files(session, citizen_id, rows[-PAGE:]), len(rows) > PAGE)


def state(session: Session, citizen_id: int) -> str:
    """A short word that changes when an entry comes, its SMS gets further, or it is read."""
    return _state(thread_entries.newest_marks(session, citizen_id, PAGE))


def has_changed(session: Session, citizen_id: int, after_id: int, shown_state: str) -> bool:
    """Whether a page that shows the thread up to ``after_id``, as it was at ``shown_state``, is behind. An entry
    that came between its two looks, at the entries and at the state, counts too."""
    marks = thread_entries.newest_marks(session, citizen_id, PAGE)
    return _state(marks) != shown_state or (bool(marks) and marks[0].entry_id > after_id)


def news(session: Session, citizen_id: int, after_id: int) -> News:
    """What a page that shows the thread up to ``after_id`` does not show yet."""
    shown = tuple(entry for entry in entries(session, citizen_id) if entry.id <= after_id)
    new = entries(session, citizen_id, after_id)
    return News(new, shown, state(session, citizen_id), new[-1].id if new else after_id)


def open_thread(
    session: Session, citizen_id: int, reader: Reader, now: datetime, before_id: int | None = None
) -> Conversation:
    """The thread's end, or a piece of it before ``before_id``; what is shown counts as read."""
    shown = conversation(session, citizen_id, before_id)
    mark_read(session, citizen_id, reader, shown.last_id, now)
    marks = thread_entries.newest_marks(session, citizen_id, PAGE)
    known_id = marks[0].entry_id if before_id is not None and marks else shown.last_id
    return replace(shown, state=_state(marks), known_id=known_id)


def hear_news(session: Session, citizen_id: int, reader: Reader, after_id: int, now: datetime) -> News:
    """As ``news``; what is new counts as read."""
    heard = news(session, citizen_id, after_id)
    mark_read(session, citizen_id, reader, heard.last_id, now)
    return replace(heard, state=state(session, citizen_id))


def mark_read(session: Session, citizen_id: int, reader: Reader, up_to_id: int, now: datetime) -> None:
    """The reader has been shown the other's messages up to ``up_to_id``."""
    thread_entries.mark_read(session, citizen_id, reader.other, up_to_id, now)


def with_files(session: Session, citizen_id: int, rows: Sequence[EntryRow]) -> tuple[Entry, ...]:
    """The rows as they are shown; one look for the files of all of them."""
    if not rows:
        return ()
    found = attachments.of_entries(session, citizen_id, rows[0].entry.id, rows[-1].entry.id)
    return tuple(_entry(row, found.get(row.entry.id, ())) for row in rows)


def _entry(row: EntryRow, files: Sequence[Attachment]) -> Entry:
    entry = row.entry
    return Entry(
        id=entry.id,
        kind=entry.kind,
        author=entry.author,
        staff_name=row.staff_name,
        channel=entry.channel,
        body=entry.body,
        pictures=row.pictures or 0,
        created_at=entry.created_at,
        read_at=entry.read_at,
        delivery=Delivery(row.status, row.reason) if row.status else None,
        crisis=_crisis(row),
        files=tuple(
            FileShown(each.id, FileKind(each.kind), each.name, each.size, each.width, each.height)
            for each in files
        ),
        answered=row.answered,
        understood=row.understood,
    )


def _ends_without_reply(entries: Sequence[Entry]) -> bool:
    """Whether the last thing that a person did was to see that no answer is needed."""
    by_people = (entry for entry in reversed(entries) if entry.author != "system")
    newest = next(by_people, None)
    return newest is not None and newest.kind == EventKind.NO_REPLY


def _crisis(row: EntryRow) -> Crisis | None:
    if row.raised_at is None:
        return None
    return Crisis.OPEN if row.handled_at is None else Crisis.HANDLED


def _state(marks: list[Mark]) -> str:
    return hashlib.blake2s(repr([tuple(mark) for mark in marks]).encode(), digest_size=6).hexdigest()
