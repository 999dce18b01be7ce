"""Who may see a note, and how long a deleted one can be taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.diary import SAME_WRITING, UNDO_WITHIN, NoteState, is_same_writing, state
from tests.conftest import NOW

SECOND = timedelta(seconds=1)
moments = st.integers(0, 500_000).map(lambda minutes: NOW - timedelta(minutes=minutes))


def test_a_note_is_private_until_it_is_shared() -> None:
    assert state(None, None, NOW) is NoteState.PRIVATE
    assert state(NOW, None, NOW) is NoteState.SHARED


@given(st.none() | moments, moments, moments)
def test_what_is_deleted_is_never_shared(
    shared_at: datetime | None, deleted_at: datetime, now: datetime
) -> None:
    assert state(shared_at, deleted_at, now) in {NoteState.DELETED, NoteState.GONE}


def test_a_deleted_note_can_be_taken_back_for_an_hour_and_no_longer() -> None:
    assert state(None, NOW - UNDO_WITHIN + SECOND, NOW) is NoteState.DELETED
    assert state(None, NOW - UNDO_WITHIN, NOW) is NoteState.GONE


def test_the_same_words_within_two_minutes_are_one_tap_too_many() -> None:
    assert is_same_writing("En tur", NOW - SAME_WRITING + SECOND, "En tur", NOW)
    assert not is_same_writing("En tur", NOW - SAME_WRITING, "En tur", NOW)
    assert not is_same_writing("En tur", NOW, "En tur mere", NOW)
