"""Her diary of what went well: write, change, delete with an hour to think again, share and take back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from portal.domain.diary import LONGEST, UNDO_WITHIN, NoteState, is_same_writing, state
from portal.domain.own_words import NotTaken, check, mark_of_change
from portal.services import crisis
from portal.services.crisis_lists import holds_words_of_crisis
from portal.store import diary
from portal.store.diary import DiaryNote
from portal.store.invitations import citizen_for_update
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry

PAGE = 20


@dataclass(frozen=True)
class Note:
    id: int
    body: str
    written_at: datetime
    changed_at: datetime | None
    shared_at: datetime | None
    deleted_at: datetime | None

    @property
    def mark(self) -> str:
        return mark_of_change(self.changed_at)


@dataclass(frozen=True)
class Diary:
    """``notes`` the newest first; ``deleted`` are those that can still be taken back."""

    caseworker: str
    notes: tuple[Note, ...]
    deleted: tuple[Note, ...]
    has_older: bool


@dataclass(frozen=True)
class Kept:
    """``in_need``: the words are such that she should have the numbers to call. Of a private note nobody else is
    told."""

    note_id: int
    in_need: bool


def open_diary(session: Session, citizen_id: int, now: datetime, before_id: int | None = None) -> Diary:
    rows = diary.own_notes(session, citizen_id, PAGE + 1, before_id)
    deleted = diary.deleted_notes(session, citizen_id)
    return Diary(
        caseworker=caseworker_of(session, citizen_id),
        notes=_notes(rows[:PAGE]),
        deleted=_notes(row for row in deleted if _state(row, now) is NoteState.DELETED),
        has_older=len(rows) > PAGE,
    )


def caseworker_of(session: Session, citizen_id: int) -> str:
    """The name of who would read what she shares."""
    return session.get_one(Citizen, citizen_id).caseworker.name


def note_of(session: Session, citizen_id: int, note_id: int) -> Note | None:
    """None for what is not hers, and for what she has deleted."""
    row = _standing(session, citizen_id, note_id)
    return None if row is None else _note(row)


def write(session: Session, citizen_id: int, typed: str, now: datetime) -> Kept | NotTaken:
    """Private. The same words again within two minutes are the same note."""
    words = check(typed, LONGEST)
    if isinstance(words, NotTaken):
        return words
    citizen_for_update(session, citizen_id)  # two taps take their turns
    newest = next(iter(diary.own_notes(session, citizen_id, 1)), None)
    if newest is None or not is_same_writing(newest.body, newest.written_at, words, now):
        newest = DiaryNote(citizen_id=citizen_id, body=words, written_at=now)
        session.add(newest)
        session.flush()
    return Kept(newest.id, holds_words_of_crisis(session, words))


def change(
    session: Session, citizen_id: int, note_id: int, typed: str, now: datetime, *, seen: str = ""
) -> Kept | NotTaken | None:
    """None where the note is not there (any more). A shared note stays shared: the page says so where she writes.

    ``seen``: the mark of the note that she had before her. Where she has changed it since, in another tab, both
    stand: what she types now becomes a note of its own.
    """
    citizen_for_update(session, citizen_id)  # two tabs take their turns
    row, words = _standing(session, citizen_id, note_id), check(typed, LONGEST)
    if row is None:
        return None
    if isinstance(words, NotTaken):
        return words
    if words != row.body and seen != _note(row).mark:
        return write(session, citizen_id, typed, now)
    if words != row.body:
        row.body, row.changed_at = words, now
    return Kept(row.id, holds_words_of_crisis(session, words))


def share(session: TenantSession, citizen_id: int, note_id: int, now: datetime) -> Kept | None:
    """Her caseworker and the team can read it from now on, and the thread says that there is something; what it
    says stands in the note alone, so that taking it back takes back all of it."""
    row = _standing(session, citizen_id, note_id)
    if row is None:
        return None
    in_need = row.shared_at is None and _tell(session, row, now)
    row.shared_at = row.shared_at or now
    return Kept(row.id, in_need)


def take_back(session: Session, citizen_id: int, note_id: int) -> Note | None:
    row = _standing(session, citizen_id, note_id)
    if row is None:
        return None
    row.shared_at = None
    return _note(row)


def remove(session: Session, citizen_id: int, note_id: int, now: datetime) -> None:
    """Staff lose sight of it at once; taken back within the hour, it is private."""
    row = diary.own_note(session, citizen_id, note_id)
    if row is not None and row.deleted_at is None:
        row.deleted_at, row.shared_at = now, None


def bring_back(session: Session, citizen_id: int, note_id: int, now: datetime) -> Note | None:
    """None when the hour is over. Asked twice, it is the same."""
    row = diary.own_note(session, citizen_id, note_id)
    if row is None or _state(row, now) is NoteState.GONE:
        return None
    row.deleted_at = None
    return _note(row)


def forget_now(session: Session, citizen_id: int, note_id: int) -> None:
    """A deleted note, without waiting for the hour to pass."""
    row = diary.own_note(session, citizen_id, note_id)
    if row is not None and row.deleted_at is not None:
        session.delete(row)


def forget_deleted(session: Session, now: datetime) -> None:
    """What was deleted an hour ago or more, of everybody."""
    diary.forget_deleted(session, now - UNDO_WITHIN)


def _tell(session: TenantSession, row: DiaryNote, now: datetime) -> bool:
    """Sharing is telling: words of crisis in it are raised as those in a message are. Whether there are any."""
    entry = ThreadEntry(
        citizen_id=row.citizen_id,
        kind=EventKind.NOTE_SHARED,
        author="citizen",
        channel="portal",
        created_at=now,
    )
    session.add(entry)
    session.flush()
    return crisis.take_alarm(session, session.get_one(Citizen, row.citizen_id), entry, now, said=row.body)


def _standing(session: Session, citizen_id: int, note_id: int) -> DiaryNote | None:
    row = diary.own_note(session, citizen_id, note_id)
    return row if row is not None and row.deleted_at is None else None


def _state(row: DiaryNote, now: datetime) -> NoteState:
    return state(row.shared_at, row.deleted_at, now)


def _notes(rows: Iterable[DiaryNote]) -> tuple[Note, ...]:
    return tuple(_note(row) for row in rows)


def _note(row: DiaryNote) -> Note:
    return Note(row.id, row.body, row.written_at, row.changed_at, row.shared_at, row.deleted_at)
