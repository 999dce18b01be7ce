"""The diaries and goals of the citizens whom one can sign in as."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from portal.content import demo_own_words as content
from portal.services.demo.days import Days
from portal.services.demo.people import Resident
from portal.services.demo.threads import Threads
from portal.store.diary import DiaryNote
from portal.store.goals import Goal
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry

SHARED_AFTER = timedelta(hours=2)


def add(session: Session, threads: Threads, residents: Sequence[Resident], days: Days) -> None:
    """Before the threads are stored: what was shared stands in them as a line."""
    known = [(each.row, name) for name in content.NOTES for each in residents if each.row.first_name == name]
    for citizen, name in known:
        notes = [_note(citizen, each, days) for each in content.NOTES[name]]
        session.add_all([*notes, *(_goal(citizen, each, days) for each in content.GOALS[name])])
        for note in notes:
            if note.shared_at is not None:
                threads.keep(citizen, _line(note))


def _note(citizen: Citizen, note: content.Note, days: Days) -> DiaryNote:
    at = days.at(note.days_ago, 19)
    shared_at = at + SHARED_AFTER if note.is_shared else None
    return DiaryNote(citizen_id=citizen.id, body=note.text, written_at=at, shared_at=shared_at)


def _goal(citizen: Citizen, aim: content.Aim, days: Days) -> Goal:
    return Goal(
        citizen_id=citizen.id,
        body=aim.text,
        is_shared=aim.is_shared,
        created_at=days.at(aim.days_ago, 19),
        reached_at=None if aim.reached is None else days.at(aim.reached, 20),
    )


def _line(note: DiaryNote) -> ThreadEntry:
    return ThreadEntry(
        citizen_id=note.citizen_id,
        kind=EventKind.NOTE_SHARED,
        author="citizen",
        channel="portal",
        created_at=note.shared_at,
    )
