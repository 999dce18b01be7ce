"""Numbers of nobody's that are not heard any more: blocked for what they wrote, and let in again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.services.reach import Reader
from portal.services.unplaced import Problem, is_suppliers, open_sms, record, settle
from portal.store import inbox
from portal.store import numbers as number_rows
from portal.store.inbox import BLOCKED
from portal.store.numbers import QuietNumber, WhyQuiet


def block(session: Session, reader: Reader, unplaced_id: int, now: datetime) -> bool | Problem:
    """The number is not shown any more and gets no answer; what it wrote so far is put away. False: no such SMS."""
    row = open_sms(session, reader, unplaced_id)
    if row is None:
        return False
    index, phone = row.inbound.sender_index, row.inbound.sender
    if inbox.citizens_with_number(session, index):
        return Problem.SOMEBODYS
    if number_rows.quiet(session, index, WhyQuiet.BLOCKED) is None:
        session.add(
            QuietNumber(
                phone=phone, phone_index=index, why=WhyQuiet.BLOCKED, since=now, staff_id=reader.staff_id
            )
        )
    for each in inbox.open_from(session, index):
        settle(session, reader, each, BLOCKED, now)
    record(session, reader, "inbox.blocked", now, f"sms {row.inbound_id}")
    return True


def list_blocked(session: Session, reader: Reader, now: datetime) -> Sequence[QuietNumber]:
    if is_suppliers(session, reader):
        return ()
    record(session, reader, "inbox.read", now, "blocked")
    return number_rows.blocked_numbers(session)


def unblock(session: Session, reader: Reader, quiet_id: int, now: datetime) -> bool:
    row = None if is_suppliers(session, reader) else session.get(QuietNumber, quiet_id)
    if row is None or row.why != WhyQuiet.BLOCKED:
        return False
    session.delete(row)
    record(session, reader, "inbox.unblocked", now)
    return True
