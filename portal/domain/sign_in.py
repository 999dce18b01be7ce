"""Staff sign-in: when wrong tries lock an account, and when a session is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
LONGEST_SESSION = timedelta(hours=12)
"""A working day: after it everyone signs in again, however busy the session was."""
SEEN_EVERY = timedelta(minutes=1)
"""A session's last use is written at most this often: no page should cost a write."""


@dataclass(frozen=True)
class Tries:
    """Wrong tries since the last right one, and until when the account takes none."""

    wrong: int = 0
    locked_until: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until


class SessionState(Enum):
    OPEN = "open"
    ENDED = "ended"
    IDLE = "idle"
    TOO_OLD = "too_old"


@dataclass(frozen=True)
class SessionTimes:
    created_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None = None


def after_wrong_try(tries: Tries, now: datetime) -> Tries:
    """The fifth locks for 15 minutes; then counting begins anew. A locked account counts no further."""
    if tries.is_locked(now):
        return tries
    wrong = tries.wrong + 1 if tries.locked_until is None else 1
    return Tries(wrong, now + LOCKED_FOR if wrong >= TRIES else None)


def session_state(times: SessionTimes, now: datetime, idle: timedelta) -> SessionState:
    if times.ended_at is not None:
        return SessionState.ENDED
    if now - times.created_at >= LONGEST_SESSION:
        return SessionState.TOO_OLD
    if now - times.last_seen_at >= idle:
        return SessionState.IDLE
    return SessionState.OPEN


def should_note(times: SessionTimes, now: datetime) -> bool:
    """Whether it is time to write that the session was used."""
    return now - times.last_seen_at >= SEEN_EVERY
