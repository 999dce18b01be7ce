"""SMS that belong to nobody's thread: shown to the municipality's own caseworkers until one has decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from messaging.inbound import InboundMessage
from portal.domain.access import Resource
from portal.services import crisis, numbers, placing
from portal.services.reach import OutOfReachError, Reader, Reading, glance, reach_citizen
from portal.services.strangers import MAY_BE_BLOCKED, WhyUnplaced
from portal.store import audit, inbox, worklist
from portal.store import crisis as alarms
from portal.store import numbers as number_rows
from portal.store.inbox import DISCARDED, PLACED
from portal.store.people import Citizen, Team
from portal.store.thread import UnplacedMessage

KEPT_IN_SIGHT = timedelta(days=30)
"""So long an SMS that was discarded or put into a thread can be taken back."""
MOST_FOUND = 10


class Discard(StrEnum):
    """Why an SMS needs no thread."""

    WRONG_NUMBER = "wrong_number"
    ADVERTISING = "advertising"
    DEALT_WITH = "dealt_with"
    NOTHING = "nothing"


class Problem(StrEnum):
    NOBODY_CHOSEN = "nobody_chosen"
    NO_REASON = "no_reason"
    NOT_A_PHONE = "not_a_phone"
    SOMEBODYS = "somebodys"
    """A citizen has the number: it can be hers, but not blocked."""


@dataclass(frozen=True)
class Unplaced:
    """``is_urgent``: it holds words of crisis. ``reason`` is why it was discarded."""

    id: int
    why: str
    sender: str
    text: str
    pictures: int
    received_at: datetime
    is_urgent: bool = False
    reason: str | None = None


@dataclass(frozen=True)
class Candidate:
    id: int
    name: str


@dataclass(frozen=True)
class Placed:
    sms: Unplaced
    citizen: Candidate


@dataclass(frozen=True)
class Looked:
    """One SMS with whom it may be from. ``likely`` have or had the number, and are within the reader's reach;
    ``elsewhere`` are the names of other teams that have such a citizen. ``found`` fit what she searched for."""

    sms: Unplaced
    likely: tuple[Candidate, ...]
    elsewhere: tuple[str, ...]
    found: tuple[Candidate, ...]
    may_be_blocked: bool


def list_unplaced(session: Session, reader: Reader, now: datetime) -> tuple[Unplaced, ...]:
    """Words of crisis first, then the newest. A supplier's staff see none: the writer may be anybody's citizen."""
    if is_suppliers(session, reader):
        return ()
    record(session, reader, "inbox.read", now)
    rows = inbox.open_unplaced(session)
    urgent = alarms.open_of_sms(session, [row.inbound_id for row in rows])
    listed = [_unplaced(row, row.inbound_id in urgent) for row in rows]
    return tuple(sorted(listed, key=lambda each: not each.is_urgent))


def list_put_away(session: Session, reader: Reader, now: datetime) -> tuple[Unplaced, ...]:
    if is_suppliers(session, reader):
        return ()
    record(session, reader, "inbox.read", now, "put away")
    return tuple(_unplaced(row, False) for row in inbox.put_away(session, now - KEPT_IN_SIGHT))


def list_placed(session: Session, reader: Reader, now: datetime) -> tuple[Placed, ...]:
    """What has been put into threads of the reader's team; for the page that shows what was put away."""
    if is_suppliers(session, reader) or reader.team_id is None:
        return ()
    rows = inbox.placed(session, reader.team_id, now - KEPT_IN_SIGHT)
    return tuple(Placed(_unplaced(row, False), _candidate(row.citizen)) for row in rows if row.citizen)


def look_at(session: Session, reader: Reader, unplaced_id: int, search: str, now: datetime) -> Looked | None:
    """None for an SMS that is not there for this reader, or is settled."""
    row = open_sms(session, reader, unplaced_id)
    if row is None:
        return None
    sms = row.inbound
    record(session, reader, "inbox.read", now, f"sms {sms.id}")
    known = _owners(session, sms)
    likely = [each for each in known if _reaches(session, reader, each.id, now)]
    return Looked(
        sms=_unplaced(row, bool(alarms.open_of_sms(session, [sms.id]))),
        likely=tuple(_candidate(each) for each in likely),
        elsewhere=tuple(sorted({each.team.name for each in known if each not in likely})),
        found=_found(session, reader, search, {each.id for each in likely}, now),
        may_be_blocked=row.why in MAY_BE_BLOCKED,
    )


def place(
    session: TenantSession,
    reader: Reader,
    unplaced_id: int,
    citizen_id: int,
    now: datetime,
    *,
    is_new_number: bool = False,
) -> int | Problem | None:
    """Put it in a citizen's thread, and give her the number if it is hers now. Her id, or None for no such SMS.

    Raises OutOfReachError for a citizen whom the reader does not reach.
    """
    row = open_sms(session, reader, unplaced_id)
    if row is None:
        return None
    phone = numbers.e164(row.inbound.sender)
    if is_new_number and phone is None:
        return Problem.NOT_A_PHONE
    reading = Reading(Resource.CITIZEN_THREAD, "inbox.placed", f"sms {row.inbound_id}")
    citizen = reach_citizen(session, reader, citizen_id, reading, now)
    if is_new_number and phone is not None:
        numbers.change_number(session, citizen, phone, reader.staff_id, now)
    placing.place(session, citizen, row.inbound, now, reader.staff_id)
    placing.settle_placed(row, citizen, now, reader.staff_id)
    return citizen.id


def discard(
    session: Session, reader: Reader, unplaced_id: int, reason: str, now: datetime
) -> Discard | Problem | None:
    """It needs no thread. None for no such SMS; a second click changes nothing."""
    row = _seen(session, reader, unplaced_id)
    if row is None:
        return None
    if reason not in {each.value for each in Discard}:
        return Problem.NO_REASON
    if row.settled_at is None:
        settle(session, reader, row, DISCARDED, now)
        row.reason = reason
        record(session, reader, "inbox.settled", now, f"sms {row.inbound_id}")
    return Discard(reason)


def take_back(session: Session, reader: Reader, unplaced_id: int, now: datetime) -> bool:
    """What was discarded, or put into the wrong thread by staff or for the name in front of it, stands in the list
    again. False for an SMS that is not there, or is neither. A number that came with it stays.

    Raises OutOfReachError for a thread whose citizen the reader does not reach.
    """
    row = _seen(session, reader, unplaced_id)
    if row is None or row.outcome not in (DISCARDED, PLACED):
        return False
    action, subject = "inbox.taken_back", f"sms {row.inbound_id}"
    if row.outcome == DISCARDED:
        record(session, reader, action, now, subject)
    elif row.citizen_id is None:
        return False
    else:
        reach_citizen(session, reader, row.citizen_id, Reading(Resource.CITIZEN_THREAD, action, subject), now)
        placing.take_out(session, row.inbound, now)
        row.why = WhyUnplaced.SHARED_NUMBER if row.why == WhyUnplaced.NAMED else row.why
    row.settled_at = row.settled_by = row.outcome = row.reason = row.citizen_id = None
    return True


def urgent(session: Session, reader: Reader) -> int:
    """How many SMS in the list hold words of crisis; none for who does not see the list."""
    return alarms.strangers_waiting(session, reader.team_id)


def settle(session: Session, reader: Reader, row: UnplacedMessage, outcome: str, now: datetime) -> None:
    """Somebody has decided about it; words of crisis in it are dealt with too."""
    row.settled_at, row.settled_by, row.outcome = now, reader.staff_id, outcome
    crisis.handle_strangers(session, row.inbound_id, reader.staff_id, now)


def _seen(session: Session, reader: Reader, unplaced_id: int) -> UnplacedMessage | None:
    return None if is_suppliers(session, reader) else inbox.unplaced(session, unplaced_id)


def open_sms(session: Session, reader: Reader, unplaced_id: int) -> UnplacedMessage | None:
    """One that waits for a decision, and that this reader may see."""
    row = _seen(session, reader, unplaced_id)
    return None if row is None or row.settled_at is not None else row


def _owners(session: Session, sms: InboundMessage) -> list[Citizen]:
    """Who has the number, else who had it last."""
    owners = inbox.citizens_with_number(session, sms.sender_index)
    return owners or number_rows.former_owners(session, sms.sender_index)


def _found(
    session: Session, reader: Reader, search: str, without: set[int], now: datetime
) -> tuple[Candidate, ...]:
    """Of the reader's own team: nobody is searched for beyond her reach."""
    words = search.casefold().split()
    if not words or reader.team_id is None:
        return ()
    rows = worklist.citizens_of_team(session, reader.team_id, now)
    fits: Iterable[Candidate] = (
        Candidate(row.id, row.name)
        for row in rows
        if row.id not in without and all(word in row.name.casefold() for word in words)
    )
    return tuple(sorted(fits, key=lambda each: each.name.casefold())[:MOST_FOUND])


def _reaches(session: Session, reader: Reader, citizen_id: int, now: datetime) -> bool:
    try:
        glance(session, reader, citizen_id, Resource.CITIZEN_THREAD, now)
    except OutOfReachError:
        return False
    return True


def is_suppliers(session: Session, reader: Reader) -> bool:
    """Who works for a supplier sees no SMS that is nobody's: the writer may be anybody's citizen."""
    team = session.get(Team, reader.team_id) if reader.team_id is not None else None
    return team is not None and team.is_supplier


def record(session: Session, reader: Reader, action: str, now: datetime, subject: str | None = None) -> None:
    """Into the audit log, with the request it was done in."""
    audit.record(
        session,
        action,
        now,
        staff_id=reader.staff_id,
        subject=subject,
        request_id=reader.request_id or None,
    )


def _candidate(citizen: Citizen) -> Candidate:
    return Candidate(citizen.id, f"{citizen.first_name} {citizen.last_name}")


def _unplaced(row: UnplacedMessage, is_urgent: bool) -> Unplaced:
    sms = row.inbound
    return Unplaced(
        row.id, row.why, sms.sender, sms.text, sms.media_count, sms.received_at, is_urgent, row.reason
    )
