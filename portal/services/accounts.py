"""Staff accounts: add, change, deactivate, unlock, reset. Every change is written to the audit log."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy.exc import IntegrityError

from database.engine import Database
from database.tenancy import TenantSession
from portal.domain.access import Role
from portal.domain.sign_in import Tries
from portal.services import credentials
from portal.services.sign_in import email_index
from portal.store import accounts, audit, teams
from portal.store.people import Staff, Team

STAFF_ROLES = (Role.CASEWORKER, Role.MANAGER, Role.TRANSLATOR, Role.APPROVER, Role.ADMINISTRATOR)
LONGEST_NAME = 80
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")


class Problem(StrEnum):
    """What stands in the way; the value is a key of the catalogs."""

    NAME = "errors.field.required"
    EMAIL = "errors.field.email"
    EMAIL_TAKEN = "staff.accounts.email_taken"
    ROLE = "errors.field.choose"
    TEAM = "staff.accounts.team_needed"
    PASSWORD_WRONG = "staff.account.password_wrong"  # noqa: S105
    PASSWORD_SHORT = "staff.account.password_short"  # noqa: S105
    OWN_ACCOUNT = "staff.accounts.not_oneself"
    OWN_ROLE = "beginning.account.own_role"
    TEAM_FIRST = "beginning.account.team_first"
    CITIZENS_FIRST = "beginning.account.citizens_first"
    TAKER = "beginning.move.choose"


@dataclass(frozen=True)
class Wanted:
    name: str
    email: str
    role: str
    team_id: int | None


@dataclass(frozen=True)
class PasswordChange:
    """``session_id``: the session that stays open."""

    municipality_id: int
    staff_id: int
    session_id: int | None
    current: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True)
class Credentials:
    """Shown once, on the page that made them; only the hash and the encrypted secret are kept."""

    name: str
    email: str
    password: str = field(repr=False)
    totp_secret: str = field(repr=False)
    totp_uri: str = field(repr=False)


@dataclass(frozen=True)
class Refused:
    problems: dict[str, Problem]
    """By the name of the form's field."""


def add_account(
    session: TenantSession, wanted: Wanted, by: int | None, now: datetime
) -> Credentials | Refused:
    """``by`` is None for the first administrator, whom a command adds."""
    problems = _problems(session, wanted)
    if problems:
        return Refused(problems)
    staff = Staff(
        name=wanted.name.strip(),
        email=wanted.email.strip(),
        email_index=email_index(wanted.email),
        role=wanted.role,
        team_id=wanted.team_id,
        created_at=now,
    )
    given = _give_credentials(staff)
    try:
        with session.begin_nested():
            session.add(staff)
    except IntegrityError:  # the address may be in use in a municipality that this session cannot see
        return Refused({"email": Problem.EMAIL_TAKEN})
    _record(session, "account.added", staff, by, now)
    return given


def change_account(
    session: TenantSession, staff: Staff, wanted: Wanted, by: int, now: datetime
) -> dict[str, Problem]:
    """Name, address and role; the team has a page of its own. What is wrong, by field; nothing is kept then. ``staff``
    is held."""
    problems = _wrong_person(wanted)
    problem = _wrong_role(session, staff, wanted.role, by)
    if problem is not None:
        problems["role"] = problem
    if problems:
        return problems
    before = (staff.name, staff.email, staff.role)
    try:
        with session.begin_nested():
            staff.name, staff.email, staff.role = wanted.name.strip(), wanted.email.strip(), wanted.role
            staff.email_index = email_index(wanted.email)
    except IntegrityError:  # as above
        return {"email": Problem.EMAIL_TAKEN}
    if before[:2] != (staff.name, staff.email):
        _record(session, "account.renamed", staff, by, now)
    if before[2] != staff.role:
        _record(session, "account.role_changed", staff, by, now)
    return {}


def reset_account(session: TenantSession, staff_id: int, by: int | None, now: datetime) -> Credentials | None:
    """A new password and a new secret; whoever is signed in with the old ones is out. ``by`` is None for a command."""
    staff = accounts.hold_staff(session, staff_id)
    if staff is None:
        return None
    given = _give_credentials(staff)
    _forget_tries(staff)
    accounts.end_sessions(session, staff_id, now)
    _record(session, "account.reset", staff, by, now)
    return given


def set_active(
    session: TenantSession, staff_id: int, active: bool, by: int, now: datetime
) -> Staff | Problem | None:
    """Nobody deactivates herself: a municipality would be left without an administrator. Who comes back after her
    team was closed gets another first."""
    if staff_id == by:
        return Problem.OWN_ACCOUNT
    staff = accounts.hold_staff(session, staff_id)
    if staff is not None and active and not has_right_team(staff.role, staff.team):
        return Problem.TEAM
    if staff is not None:
        staff.is_active = active
        accounts.end_sessions(session, staff_id, now)
        _record(session, "account.activated" if active else "account.deactivated", staff, by, now)
    return staff


def unlock(session: TenantSession, staff_id: int, by: int, now: datetime) -> Staff | None:
    staff = accounts.hold_staff(session, staff_id)
    if staff is not None:
        _forget_tries(staff)
        _record(session, "account.unlocked", staff, by, now)
    return staff


def change_password(database: Database, change: PasswordChange, now: datetime) -> Problem | None:
    """Ends the person's other sessions. None when it is done."""
    with database.read(change.municipality_id) as session:
        stored = session.get_one(Staff, change.staff_id).password_hash
    # Hashing is slow on purpose, and SQLite has one writer at a time: so before the transaction.
    if not credentials.password_fits(stored, change.current):
        return Problem.PASSWORD_WRONG
    if not SHORTEST_PASSWORD <= len(change.new) <= LONGEST_PASSWORD:
        return Problem.PASSWORD_SHORT
    hashed = credentials.hash_password(change.new)
    with database.write(change.municipality_id) as session:
        staff = accounts.hold_staff(session, change.staff_id)
        if staff is None or staff.password_hash != stored:
            return Problem.PASSWORD_WRONG
        staff.password_hash = hashed
        accounts.end_sessions(session, staff.id, now, but=change.session_id)
        _record(session, "account.password_changed", staff, staff.id, now)
    return None


def is_locked(staff: Staff, now: datetime) -> bool:
    return Tries(staff.failed_sign_ins, staff.locked_until).is_locked(now)


def wrong_person(wanted: Wanted) -> tuple[Problem, ...]:
    """What is wrong with the name and the address by themselves."""
    return tuple(_wrong_person(wanted).values())


def _wrong_person(wanted: Wanted) -> dict[str, Problem]:
    problems: dict[str, Problem] = {}
    if not 0 < len(wanted.name.strip()) <= LONGEST_NAME:
        problems["name"] = Problem.NAME
    if not _EMAIL.fullmatch(wanted.email.strip()):
        problems["email"] = Problem.EMAIL
    return problems


def _problems(session: TenantSession, wanted: Wanted) -> dict[str, Problem]:
    problems = _wrong_person(wanted)
    if wanted.role not in {role.value for role in STAFF_ROLES}:
        problems["role"] = Problem.ROLE
    team = teams.hold(session, wanted.team_id) if wanted.team_id else None
    if (team is None and wanted.team_id) or not has_right_team(wanted.role, team):
        problems["team_id"] = Problem.TEAM
    return problems


def _wrong_role(session: TenantSession, staff: Staff, role: str, by: int) -> Problem | None:
    """Nobody changes her own: a municipality would be left without an administrator."""
    if role == staff.role:
        return None
    if staff.id == by:
        return Problem.OWN_ROLE
    if role not in {each.value for each in STAFF_ROLES}:
        return Problem.ROLE
    if not has_right_team(role, staff.team):
        return Problem.TEAM_FIRST
    return Problem.CITIZENS_FIRST if teams.citizens_of(session, staff.id) else None


def has_right_team(role: str, team: Team | None) -> bool:
    """A caseworker without a team would reach nobody."""
    return team is not None or role != Role.CASEWORKER.value


def _give_credentials(staff: Staff) -> Credentials:
    password, secret = credentials.temporary_password(), credentials.new_totp_secret()
    staff.password_hash = credentials.hash_password(password)
    staff.totp_secret, staff.totp_last_step = secret, 0
    return Credentials(staff.name, staff.email, password, secret, credentials.totp_uri(secret, staff.email))


def _forget_tries(staff: Staff) -> None:
    staff.failed_sign_ins, staff.locked_until = 0, None


def _record(session: TenantSession, action: str, staff: Staff, by: int | None, now: datetime) -> None:
    audit.record(session, action, now, staff_id=by, subject=f"staff {staff.id}")
