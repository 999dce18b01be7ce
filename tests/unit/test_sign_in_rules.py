"""When wrong tries lock an account, and when a session is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.sign_in import (
    LOCKED_FOR,
    LONGEST_SESSION,
    TRIES,
    SessionState,
    SessionTimes,
    Tries,
    after_wrong_try,
    session_state,
    should_note,
)

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
IDLE = timedelta(minutes=30)


def after(tries: int, state: Tries = Tries(), at: datetime = NOW) -> Tries:  # noqa: B008 — it is frozen
    for _ in range(tries):
        state = after_wrong_try(state, at)
    return state


def test_four_wrong_tries_do_not_lock() -> None:
    assert not after(TRIES - 1).is_locked(NOW)


def test_the_fifth_wrong_try_locks_for_a_quarter_of_an_hour() -> None:
    locked = after(TRIES)
    assert locked.is_locked(NOW)
    assert locked.is_locked(NOW + LOCKED_FOR - timedelta(seconds=1))
    assert not locked.is_locked(NOW + LOCKED_FOR)


def test_tries_on_a_locked_account_do_not_make_the_lock_longer() -> None:
    locked = after(TRIES)
    assert after_wrong_try(locked, NOW + timedelta(minutes=14)) == locked


def test_after_the_lock_counting_begins_anew() -> None:
    later = NOW + LOCKED_FOR
    assert after_wrong_try(after(TRIES), later) == Tries(wrong=1)
    assert after(TRIES, after(TRIES), later).is_locked(later)


@given(gaps=st.lists(st.integers(0, 3600), min_size=1, max_size=60))
def test_nobody_gets_more_than_five_tries_in_a_quarter_of_an_hour(gaps: list[int]) -> None:
    state, at, heard = Tries(), NOW, []
    for gap in gaps:
        at += timedelta(seconds=gap)
        if not state.is_locked(at):
            heard.append(at)
        state = after_wrong_try(state, at)
    locks = [time for index, time in enumerate(heard) if index % TRIES == TRIES - 1]
    for lock in locks:
        assert not [time for time in heard if lock < time < lock + LOCKED_FOR]


@pytest.mark.parametrize(
    ("created", "seen", "ended", "state"),
    [
        (0, 0, None, SessionState.OPEN),
        (60, 29, None, SessionState.OPEN),
        (60, 30, None, SessionState.IDLE),
        (12 * 60 - 1, 1, None, SessionState.OPEN),
        (12 * 60, 1, None, SessionState.TOO_OLD),
        (5, 1, 1, SessionState.ENDED),
    ],
)
def test_a_session_ends_when_idle_too_old_or_ended(
    created: int, seen: int, ended: int | None, state: SessionState
) -> None:
    ended_at = None if ended is None else NOW - timedelta(minutes=ended)
    times = SessionTimes(NOW - timedelta(minutes=created), NOW - timedelta(minutes=seen), ended_at)
    assert session_state(times, NOW, IDLE) is state


@given(minutes=st.integers(0, 3000), seen=st.integers(0, 3000))
def test_no_session_lives_longer_than_a_working_day(minutes: int, seen: int) -> None:
    created = NOW - timedelta(minutes=minutes)
    times = SessionTimes(created, max(created, NOW - timedelta(minutes=seen)))
    if session_state(times, NOW, IDLE) is SessionState.OPEN:
        assert NOW - created < LONGEST_SESSION


def test_the_last_use_is_written_at_most_once_a_minute() -> None:
    assert not should_note(SessionTimes(NOW, NOW - timedelta(seconds=59)), NOW)
    assert should_note(SessionTimes(NOW, NOW - timedelta(seconds=60)), NOW)
