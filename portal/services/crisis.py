"""A message with words of crisis: it goes to the top of the list for a person, and is answered with the numbers
to call, at any hour. The words are a reason to look, never a finding about the citizen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from messaging import outbox
from messaging.inbound import InboundMessage
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage
from portal.domain.crisis import answers_again
from portal.services.crisis_lists import holds_words_of_crisis
from portal.store import crisis
from portal.store.crisis import CrisisAlarm
from portal.store.invitations import citizen_for_update
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry

ANSWER = "crisis_answer"
"""The text's name in the area sms."""


def take_alarm(
    session: TenantSession, citizen: Citizen, entry: ThreadEntry, now: datetime, *, said: str | None = None
) -> bool:
    """Raise the entry for a person when it holds words of crisis, and answer it. False when it holds none. ``said``:
    what the entry tells of, where that does not stand in the thread itself."""
    if not holds_words_of_crisis(session, said or entry.body or ""):
        return False
    citizen_for_update(session, citizen.id)
    answers = answers_again(crisis.last_answered_at(session, citizen.id), now)
    session.flush()
    session.add(
        CrisisAlarm(
            citizen_id=citizen.id,
            entry_id=entry.id,
            inbound_id=entry.inbound_id,
            raised_at=now,
            answered_at=now if answers else None,
        )
    )
    if answers:
        _answer(session, citizen, entry, now)
    return True


def take_strangers_alarm(session: TenantSession, message: InboundMessage) -> CrisisAlarm | None:
    """As above for an SMS that is in nobody's thread; its ``answered_at`` says whether the numbers are due now."""
    if not holds_words_of_crisis(session, message.text):
        return None
    before = crisis.stranger_last_answered_at(session, message.sender_index)
    now = message.received_at
    alarm = CrisisAlarm(
        inbound_id=message.id, raised_at=now, answered_at=now if answers_again(before, now) else None
    )
    session.add(alarm)
    return alarm


def is_raised(session: Session, sms: InboundMessage) -> bool:
    """As above, before anybody knew whose it is."""
    return crisis.of_sms(session, sms.id) is not None


def handle_strangers(session: Session, inbound_id: int, staff_id: int, now: datetime) -> None:
    """The SMS was put away by a person."""
    alarm = crisis.of_sms(session, inbound_id)
    if alarm is not None and alarm.handled_at is None:
        alarm.handled_at, alarm.handled_by = now, staff_id


def handle(session: Session, citizen_id: int, up_to: int, staff_id: int, now: datetime) -> int:
    """A person has seen to the messages that were raised, up to the one she was shown. Gives how many."""
    seen = [alarm for alarm in crisis.open_of(session, citizen_id) if alarm.id <= up_to]
    for alarm in seen:
        alarm.handled_at, alarm.handled_by = now, staff_id
    return len(seen)


def _answer(session: TenantSession, citizen: Citizen, entry: ThreadEntry, now: datetime) -> None:
    """In the thread, and to her phone where she wrote on it."""
    said = ThreadEntry(
        citizen_id=citizen.id,
        kind=EventKind.CRISIS_ANSWER,
        author="system",
        channel=entry.channel,
        created_at=now,
    )
    if entry.channel != "portal":
        key = dedupe_key("crisis", entry.id)
        new = NewMessage("confirmation", citizen.id, key, {"text": ANSWER}, lane=Lane.CONVERSATION)
        said.message_id = outbox.enqueue(session, new, now).message.id
    session.add(said)
