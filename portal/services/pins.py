"""The citizen's way in without a link: her short code and her PIN, and the letter that lets her choose one.

Hashing is slow on purpose, so it stands outside every transaction (SQLite has one writer at a time).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from database.engine import Database
from database.tenancy import EVERYONE, TenantSession
from portal.domain import pins
from portal.domain.pins import CodeFacts, CodeVerdict, Outcome, PinVerdict, Tries
from portal.services import credentials
from portal.store import audit, ways_in
from portal.store.people import Citizen
from portal.store.ways_in import WayIn


class Refusal(StrEnum):
    WRONG = "wrong"
    LOCKED = "locked"
    EXPIRED = "expired"


@dataclass(frozen=True)
class CitizenIn:
    """``stamp`` changes with the PIN: a session that holds another one has ended."""

    citizen_id: int
    municipality_id: int
    stamp: int


@dataclass(frozen=True)
class Refused:
    """``left``: tries before the lock; None where that is nobody's business."""

    reason: Refusal
    left: int | None = None


def sign_in(database: Database, short_code: str, pin: str, now: datetime) -> CitizenIn | Refused:
    """An unknown code and a wrong PIN are told alike, and take the same time."""
    with database.read(EVERYONE) as session:
        way = ways_in.by_short_code(session, tidy_short_code(short_code))
    fits = credentials.password_fits(way.pin_hash if way else None, pins.tidy_pin(pin))
    if way is None or way.pin_hash is None:
        return Refused(Refusal.WRONG)
    with database.write(way.municipality_id) as session:
        citizen = ways_in.hold_citizen(session, way.citizen_id)
        return _judge(citizen, fits and citizen.pin_hash == way.pin_hash, now)


def check_letter(database: Database, short_code: str, letter_code: str, now: datetime) -> CitizenIn | Refused:
    """The right letter code lets her choose a PIN (``choose_pin``); wrong tries count as wrong PINs do."""
    with database.read(EVERYONE) as session:
        way = ways_in.by_short_code(session, tidy_short_code(short_code))
    fits = credentials.password_fits(way.letter_code_hash if way else None, pins.tidy_code(letter_code))
    if way is None or way.letter_code_hash is None:
        return Refused(Refusal.WRONG)
    with database.write(way.municipality_id) as session:
        citizen = ways_in.hold_citizen(session, way.citizen_id)
        return _judge_letter(citizen, way, fits, now)


def choose_pin(session: TenantSession, citizen_id: int, hashed_pin: str, now: datetime) -> CitizenIn:
    """Her new PIN: opens a locked way in, spends the letter code, ends every session opened with another PIN."""
    citizen = ways_in.hold_citizen(session, citizen_id)
    citizen.pin_hash, citizen.pin_set_at = hashed_pin, now
    citizen.pin_failures, citizen.pin_locked_at = 0, None
    citizen.letter_code_hash = citizen.letter_code_expires_at = None
    audit.record(session, "pin_set", now, citizen_id=citizen_id)
    return _in(citizen)


def judge_and_hash(pin: str) -> str | PinVerdict:
    """The hash of a PIN that may be chosen, or why it may not; in no transaction, because it is slow."""
    tidy = pins.tidy_pin(pin)
    verdict = pins.judge_pin(tidy)
    return credentials.hash_password(tidy) if verdict is PinVerdict.GOOD else verdict


def new_letter_code(session: TenantSession, citizen_id: int, now: datetime) -> str:
    """A one-time code for a letter; it replaces an earlier one and opens a locked way in. Only its hash is kept."""
    code = "".join(secrets.choice(pins.LETTER_CODE_ALPHABET) for _ in range(pins.LETTER_CODE_LENGTH))
    citizen = ways_in.hold_citizen(session, citizen_id)
    citizen.letter_code_hash = credentials.hash_password(code)
    citizen.letter_code_expires_at = now + pins.LETTER_CODE_LIFETIME
    citizen.pin_failures, citizen.pin_locked_at = 0, None
    return code


def still_in(session: TenantSession, who: CitizenIn) -> str | None:
    """The citizen's language while the session stands; None once her PIN has changed."""
    way = ways_in.by_id(session, who.citizen_id)
    return way.language if way is not None and _stamp(way.pin_set_at) == who.stamp else None


def tidy_short_code(typed: str) -> str:
    """As people type it: spaces, hyphens and small letters do not matter, nor a keyboard's own digits."""
    return re.sub("-", "", pins.tidy_pin(typed)).upper()


def _judge(citizen: Citizen, fits: bool, now: datetime) -> CitizenIn | Refused:
    attempt = pins.next_state(Tries(citizen.pin_failures, citizen.pin_locked_at), fits, now)
    citizen.pin_failures, citizen.pin_locked_at = attempt.tries.wrong, attempt.tries.locked_at
    if attempt.outcome is Outcome.LET_IN:
        return _in(citizen)
    if attempt.outcome is Outcome.LOCKED:
        return Refused(Refusal.LOCKED, 0)
    return Refused(Refusal.WRONG, attempt.tries.left)


def _judge_letter(citizen: Citizen, way: WayIn, fits: bool, now: datetime) -> CitizenIn | Refused:
    judged = _judge(citizen, fits and citizen.letter_code_hash == way.letter_code_hash, now)
    if isinstance(judged, Refused) or way.letter_code_expires_at is None:
        return judged
    facts = CodeFacts(way.letter_code_expires_at - pins.LETTER_CODE_LIFETIME)
    return judged if pins.judge_code(facts, now) is CodeVerdict.OPEN else Refused(Refusal.EXPIRED)


def _in(citizen: Citizen) -> CitizenIn:
    return CitizenIn(citizen.id, citizen.municipality_id, _stamp(citizen.pin_set_at))


def _stamp(pin_set_at: datetime | None) -> int:
    return int(pin_set_at.timestamp()) if pin_set_at else 0
