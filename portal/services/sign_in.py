"""Signing in with e-mail, password and a code; sessions that end."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from database.encryption import blind_index
from database.engine import Database
from database.tenancy import EVERYONE, TenantSession
from portal.domain.access import Role
from portal.domain.sign_in import (
    LONGEST_SESSION,
    SessionState,
    SessionTimes,
    Tries,
    after_wrong_try,
    session_state,
    should_note,
)
from portal.services import credentials
from portal.store import accounts, audit
from portal.store.people import Staff, StaffSession

TOKEN_PURPOSE = "staff session"  # noqa: S105 — the index's purpose, not a token
EMAIL_PURPOSE = "email"


@dataclass(frozen=True)
class Attempt:
    email: str
    password: str = field(repr=False)
    code: str = field(repr=False)
    device: str = ""
    """What the person will know the browser by in the list of sessions."""


@dataclass(frozen=True)
class SignedIn:
    token: str = field(repr=False)
    role: Role


@dataclass(frozen=True)
class Visitor:
    """Whose session a token opens."""

    session_id: int
    staff_id: int
    municipality_id: int
    municipality: str
    team_id: int | None
    role: Role
    name: str
    times: SessionTimes


def email_index(email: str) -> str:
    return blind_index(EMAIL_PURPOSE, email.strip().casefold())


def sign_in(database: Database, attempt: Attempt, now: datetime) -> SignedIn | None:
    """None for every refusal alike: who may not come in learns nothing of the account."""
    with database.read(EVERYONE) as session:  # whose municipality it is, the account tells
        account = accounts.staff_by_email(session, email_index(attempt.email))
    # Before the transaction: hashing is slow on purpose, and SQLite has one writer at a time.
    fits = credentials.password_fits(account.password_hash if account else None, attempt.password)
    if account is None:
        return None
    with database.write(account.municipality_id) as session:
        staff = accounts.hold_staff(session, account.id)
        # The password that was checked may have been changed since by another transaction.
        fits = fits and staff is not None and staff.password_hash == account.password_hash
        return _judge(session, staff, attempt, fits, now) if staff else None


def find_visitor(database: Database, token: str, now: datetime, idle: timedelta) -> Visitor | None:
    """Who holds this token, when the session is open and the account active."""
    with database.read(EVERYONE) as session:
        found = accounts.session_by_token(session, blind_index(TOKEN_PURPOSE, token))
    if found is None or not found.staff.is_active:
        return None
    times = _times(found.session)
    if session_state(times, now, idle) is not SessionState.OPEN:
        return None
    staff = found.staff
    return Visitor(
        session_id=found.session.id,
        staff_id=staff.id,
        municipality_id=staff.municipality_id,
        municipality=found.municipality,
        team_id=staff.team_id,
        role=Role(staff.role),
        name=staff.name,
        times=times,
    )


def note_use(database: Database, visitor: Visitor, now: datetime) -> None:
    """Keeps the session from ending idle; writes at most once a minute."""
    if should_note(visitor.times, now):
        with database.write(visitor.municipality_id) as session:
            accounts.note_seen(session, visitor.session_id, now)


def open_sessions(
    session: TenantSession, staff_id: int, now: datetime, idle: timedelta
) -> Sequence[StaffSession]:
    """A person's sessions that still let in, the last used first."""
    rows = accounts.open_sessions(session, staff_id, now - LONGEST_SESSION)
    return [row for row in rows if session_state(_times(row), now, idle) is SessionState.OPEN]


def end_session(session: TenantSession, staff_id: int, session_id: int, now: datetime) -> bool:
    """False when the person has no such session: another's cannot be ended from here."""
    ended = accounts.end_session(session, staff_id, session_id, now)
    if ended:
        audit.record(session, "session.ended", now, staff_id=staff_id, subject=f"session {session_id}")
    return ended


def _judge(
    session: TenantSession, staff: Staff, attempt: Attempt, fits: bool, now: datetime
) -> SignedIn | None:
    tries = Tries(staff.failed_sign_ins, staff.locked_until)
    if tries.is_locked(now) or not staff.is_active:
        return None
    code = attempt.code.replace(" ", "")
    step = credentials.fresh_step(staff.totp_secret, code, now, staff.totp_last_step)
    if not fits or step is None:
        _count_wrong_try(session, staff, tries, now)
        return None
    staff.failed_sign_ins, staff.locked_until, staff.totp_last_step = 0, None, step
    if credentials.needs_new_hash(staff.password_hash):
        staff.password_hash = credentials.hash_password(attempt.password)
    return _open_session(session, staff, attempt.device, now)


def _count_wrong_try(session: TenantSession, staff: Staff, tries: Tries, now: datetime) -> None:
    tries = after_wrong_try(tries, now)
    staff.failed_sign_ins, staff.locked_until = tries.wrong, tries.locked_until
    action = "account.locked" if tries.locked_until else "sign_in.refused"
    audit.record(session, action, now, staff_id=staff.id, subject=f"staff {staff.id}")


def _open_session(session: TenantSession, staff: Staff, device: str, now: datetime) -> SignedIn:
    token = secrets.token_urlsafe(32)
    session.add(
        StaffSession(
            staff_id=staff.id,
            token_index=blind_index(TOKEN_PURPOSE, token),
            device=device[:120],
            created_at=now,
            last_seen_at=now,
        )
    )
    audit.record(session, "session.began", now, staff_id=staff.id, subject=f"staff {staff.id}")
    return SignedIn(token, Role(staff.role))


def _times(row: StaffSession) -> SessionTimes:
    return SessionTimes(row.created_at, row.last_seen_at, row.ended_at)
