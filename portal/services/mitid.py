"""Whose page a MitID opens: bound once, by her short code with her PIN or a letter's code, and undone by her or staff.

Staff never bind: nobody can open a page to a MitID but who holds the page's own secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from database.engine import Database
from database.tenancy import EVERYONE, TenantSession
from messaging.once import add_once
from portal.domain.pins import tidy_pin
from portal.services import pins
from portal.services.pins import CitizenIn, Refused
from portal.store import audit, mitid, ways_in
from portal.store.mitid import MitIdBinding, Proof
from portal.store.thread import EventKind, ThreadEntry


@dataclass(frozen=True)
class Proven:
    """Whose code and PIN, or letter, was right a moment ago."""

    who: CitizenIn
    by: Proof


@dataclass(frozen=True)
class MitIdIn:
    """Who has come in with MitID; the session ends with the binding."""

    citizen_id: int
    municipality_id: int
    binding_id: int


class Taken(StrEnum):
    """Why a MitID is not bound: a word for the catalogs."""

    SUBJECT = "subject"
    """It opens another page in this municipality."""
    CITIZEN = "citizen"
    """The page is opened by another MitID."""


def pages_of(database: Database, subject_index: str) -> list[MitIdIn]:
    """One for each municipality in which the MitID is bound."""
    with database.read(EVERYONE) as session:
        return [_in(binding) for binding in mitid.by_subject(session, subject_index)]


def prove(database: Database, short_code: str, secret: str, now: datetime) -> Proven | Refused:
    """``secret``: her PIN, which is digits alone, or a letter's code. A wrong one counts as any wrong PIN does."""
    is_pin = tidy_pin(secret).isdecimal()
    check, proof = (pins.sign_in, Proof.PIN) if is_pin else (pins.check_letter, Proof.LETTER)
    who = check(database, short_code, secret, now)
    return who if isinstance(who, Refused) else Proven(who, proof)


def bind(session: TenantSession, proven: Proven, subject_index: str, now: datetime) -> MitIdIn | Taken:
    """A letter's code is spent by it."""
    proof, citizen = proven.by, ways_in.hold_citizen(session, proven.who.citizen_id)
    earlier = mitid.of_citizen(session, citizen.id)
    if earlier is not None:
        return _in(earlier) if earlier.subject_index == subject_index else Taken.CITIZEN
    new = MitIdBinding(citizen_id=citizen.id, subject_index=subject_index, proof=proof, bound_at=now)
    binding, is_new = add_once(
        session, lambda: next(iter(mitid.by_subject(session, subject_index)), None), lambda: new
    )
    if not is_new:
        return Taken.SUBJECT
    if proof is Proof.LETTER:
        citizen.letter_code_hash = citizen.letter_code_expires_at = None
    audit.record(session, "mitid.bound", now, citizen_id=citizen.id, subject=proof.value)
    _mark(session, citizen.id, EventKind.MITID_BOUND, None, now)
    return _in(binding)


def unbind(session: TenantSession, citizen_id: int, now: datetime, staff_id: int | None = None) -> bool:
    """By herself, or by staff; ends every session that was opened with it. False when none was bound."""
    if mitid.of_citizen(session, citizen_id) is None:
        return False
    mitid.forget(session, citizen_id)
    audit.record(session, "mitid.unbound", now, staff_id=staff_id, citizen_id=citizen_id)
    _mark(session, citizen_id, EventKind.MITID_UNBOUND, staff_id, now)
    return True


def still_in(session: TenantSession, who: MitIdIn) -> str | None:
    """The citizen's language while her MitID is bound as it was; None once it is not."""
    return mitid.language_of_bound(session, who.citizen_id, who.binding_id)


def binding_of(session: TenantSession, citizen_id: int) -> MitIdBinding | None:
    return mitid.of_citizen(session, citizen_id)


def _mark(
    session: TenantSession, citizen_id: int, kind: EventKind, staff_id: int | None, now: datetime
) -> None:
    session.add(
        ThreadEntry(
            citizen_id=citizen_id,
            kind=kind,
            author="citizen" if staff_id is None else "staff",
            staff_id=staff_id,
            channel="portal",
            created_at=now,
        )
    )


def _in(binding: MitIdBinding) -> MitIdIn:
    return MitIdIn(binding.citizen_id, binding.municipality_id, binding.id)
