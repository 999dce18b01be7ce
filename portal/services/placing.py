"""An SMS that was nobody's, put into a citizen's thread: by staff, or because the writer said her name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from messaging.inbound import InboundMessage
from portal.services import check_ins
from portal.store import crisis, inbox
from portal.store.inbox import PLACED, channel_of
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry, UnplacedMessage


def place(
    session: Session, citizen: Citizen, sms: InboundMessage, now: datetime, staff_id: int | None = None
) -> ThreadEntry:
    """The entry, as of when the SMS came in, below a mark that says how it got there. An alarm comes with it."""
    mark = ThreadEntry(
        citizen_id=citizen.id,
        kind=EventKind.NAMED if staff_id is None else EventKind.PLACED,
        author="system" if staff_id is None else "staff",
        staff_id=staff_id,
        channel="sms",
        created_at=now,
    )
    session.add(mark)
    session.flush()
    entry = ThreadEntry(
        citizen_id=citizen.id,
        author="citizen",
        channel=channel_of(sms),
        body=sms.text,
        inbound_id=sms.id,
        created_at=sms.received_at,
    )
    session.add(entry)
    session.flush()
    alarm = crisis.of_sms(session, sms.id)
    if alarm is not None:
        alarm.citizen_id, alarm.entry_id = citizen.id, entry.id
    return entry


def take_out(session: Session, sms: InboundMessage, now: datetime) -> None:
    """What ``place`` has put into the wrong thread, and what followed from it there: its alarm is nobody's again, and
    it answers no question any more."""
    alarm = crisis.of_sms(session, sms.id)
    if alarm is not None:
        for said in crisis.answers_in_thread(session, alarm):
            session.delete(said)
        alarm.citizen_id = alarm.entry_id = None
        session.flush()
    entry, *marks = inbox.placed_entries(session, sms.id)
    check_ins.take_back_reply(session, entry, now)
    for each in (entry, *marks):
        session.delete(each)


def settle_placed(row: UnplacedMessage, citizen: Citizen, now: datetime, staff_id: int | None = None) -> None:
    row.outcome, row.citizen_id = PLACED, citizen.id
    row.settled_at, row.settled_by = now, staff_id
