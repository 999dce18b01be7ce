"""A citizen who is signed in with MitID changes her number: a code goes to the new phone, a notice to the old one.

The code is made when its SMS is, so it stands in the SMS alone; we keep its keyed hash.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from database.encryption import blind_index
from database.tenancy import TenantSession
from messaging import outbox
from messaging.inbound import PHONE_INDEX
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage
from portal.domain.pins import tidy_pin
from portal.services import numbers as phone_numbers
from portal.store import audit, number_changes, numbers, ways_in
from portal.store.number_changes import NumberChange
from portal.store.people import Citizen

CODE_DIGITS = 6
CODE_LASTS = timedelta(minutes=15)
TRIES = 5
MOST_A_DAY = 3
"""Codes that one citizen may have sent: each is an SMS to a phone that need not be hers."""
A_DAY = timedelta(days=1)
SAME_TAP = timedelta(minutes=1)
"""Who asks twice so soon has tapped twice: one SMS is on its way."""
KEPT_FOR = timedelta(days=30)
"""So long staff can undo it; then the old number is forgotten."""
CODE_KIND, NOTICE_KIND = "number_code", "number_moved"
CODE_PURPOSE = "number code"


class Answer(StrEnum):
    """What became of a try: a word for the catalogs."""

    SENT = "sent"
    NOT_A_NUMBER = "not_a_number"
    SAME = "same"
    NO_SMS = "no_sms"
    """She has said STOP, or somebody has on the new phone."""
    TOO_MANY = "too_many"
    CHANGED = "changed"
    WRONG = "wrong"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Change:
    """``left``: tries that the code has left."""

    answer: Answer
    left: int = TRIES


@dataclass(frozen=True)
class State:
    """``phone``: the number we write to now; ``waiting_for``: the one whose code she may still type."""

    phone: str
    is_opted_out: bool
    waiting_for: str | None


def state_of(session: TenantSession, citizen_id: int, now: datetime) -> State:
    citizen, change = session.get_one(Citizen, citizen_id), waiting(session, citizen_id, now)
    return State(citizen.phone, citizen.opted_out_at is not None, change.new_phone if change else None)


def ask(session: TenantSession, citizen_id: int, typed: str, now: datetime) -> Answer:
    """Sends a code to the number that was typed; an earlier code no longer works."""
    citizen = ways_in.hold_citizen(session, citizen_id)
    phone = phone_numbers.e164(typed)
    if phone is None:
        return Answer.NOT_A_NUMBER
    asked = waiting(session, citizen.id, now)
    if asked is not None and asked.new_phone == phone and now - asked.asked_at < SAME_TAP:
        return Answer.SENT
    refusal = _refusal(session, citizen, phone, now)
    if refusal is not None:
        return refusal
    change = NumberChange(citizen_id=citizen.id, new_phone=phone, asked_at=now)
    session.add(change)
    session.flush()
    _send(session, CODE_KIND, change, now)
    return Answer.SENT


def waiting(session: TenantSession, citizen_id: int, now: datetime) -> NumberChange | None:
    """The change whose code she may still type."""
    change = number_changes.newest(session, citizen_id)
    if change is None or change.changed_at is not None or change.wrong_tries >= TRIES:
        return None
    ends = change.code_expires_at or change.asked_at + CODE_LASTS
    return change if now < ends else None


def make_code(change: NumberChange, now: datetime) -> str:
    """For its SMS; a second SMS brings a second code, and only the last one works."""
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    change.code_index, change.code_expires_at = _index(change, code), now + CODE_LASTS
    return code


def confirm(session: TenantSession, citizen_id: int, typed: str, now: datetime) -> Change:
    """The right code changes the number, marks the thread and tells the old phone; a second tap changes nothing."""
    citizen = ways_in.hold_citizen(session, citizen_id)
    change = waiting(session, citizen_id, now)
    if change is None:
        newest = number_changes.newest(session, citizen_id)
        was_just_made = newest is not None and _is_just_made(newest, typed, now)
        return Change(Answer.CHANGED if was_just_made else Answer.EXPIRED, 0)
    if not _fits(change, typed):
        change.wrong_tries += 1
        left = TRIES - change.wrong_tries
        return Change(Answer.WRONG if left else Answer.EXPIRED, left)
    _make_it_hers(session, citizen, change, now)
    return Change(Answer.CHANGED)


def undoable(session: TenantSession, citizen: Citizen, now: datetime) -> NumberChange | None:
    """The change that staff can undo: her own latest, while the number is still the one that she gave."""
    change = number_changes.newest_changed(session, citizen.id)
    if change is None or change.changed_at is None or change.undone_at is not None:
        return None
    is_still_so = change.old_phone is not None and change.new_phone == citizen.phone
    return change if is_still_so and now - change.changed_at < KEPT_FOR else None


def undo(session: TenantSession, citizen: Citizen, staff_id: int, now: datetime) -> bool:
    """The old number is hers again. False when there is nothing to undo any more."""
    change = undoable(session, citizen, now)
    if change is None or change.old_phone is None:
        return False
    change.undone_at = now
    phone_numbers.change_number(session, citizen, change.old_phone, staff_id, now)
    return True


def forget_old(session: TenantSession, now: datetime) -> None:
    number_changes.forget_before(session, now - KEPT_FOR)


def _refusal(session: TenantSession, citizen: Citizen, phone: str, now: datetime) -> Answer | None:
    index = blind_index(PHONE_INDEX, phone)
    if index == citizen.phone_index:
        return Answer.SAME
    if citizen.opted_out_at is not None or numbers.wants_no_sms(session, index):
        return Answer.NO_SMS
    if number_changes.asked_since(session, citizen.id, now - A_DAY) >= MOST_A_DAY:
        return Answer.TOO_MANY
    return None


def _make_it_hers(session: TenantSession, citizen: Citizen, change: NumberChange, now: datetime) -> None:
    old_is_hers = citizen.frozen_at is None
    change.old_phone, change.changed_at = citizen.phone, now
    phone_numbers.change_number(session, citizen, change.new_phone, None, now)
    audit.record(session, "citizen.own_number_changed", now, citizen_id=citizen.id)
    if old_is_hers:  # else somebody else holds it, who has told us so
        _send(session, NOTICE_KIND, change, now)


def _send(session: TenantSession, kind: str, change: NumberChange, now: datetime) -> None:
    outbox.enqueue(
        session,
        NewMessage(
            kind,
            change.citizen_id,
            dedupe_key(kind, change.id),
            {"change_id": change.id},
            lane=Lane.CONVERSATION,
        ),
        now,
    )


def _is_just_made(change: NumberChange, typed: str, now: datetime) -> bool:
    is_made = change.changed_at is not None and change.undone_at is None
    return (
        is_made
        and change.changed_at is not None
        and now - change.changed_at < SAME_TAP
        and _fits(change, typed)
    )


def _fits(change: NumberChange, typed: str) -> bool:
    index = _index(change, tidy_pin(typed))
    return change.code_index is not None and secrets.compare_digest(change.code_index, index)


def _index(change: NumberChange, code: str) -> str:
    return blind_index(CODE_PURPOSE, f"{change.id}:{code}")
