"""A message with words of crisis: it goes to the top of the list for a person, and is answered with the numbers
to call, at any hour. The words are a reason to look, never a finding about the citizen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from messaging import outbox
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


def take_alarm(session: TenantSession, citizen: Citizen, entry: ThreadEntry, now: datetime) -> bool:
    """Raise the entry for a person when it holds words of crisis, and answer it. False when it holds none."""
    if not holds_words_of_crisis(session, entry.body or ""):
        return False
    citizen_for_update(session, citizen.id)
    answers = answers_again(crisis.last_answered_at(session, citizen.id), now)
    session.flush()
    session.add(
        CrisisAlarm(
            citizen_id=citizen.id,
            entry_id=entry.id,
            raised_at=now,
            answered_at=now if answers else None,
        )
    )
    if answers:
        _answer(session, citizen, entry, now)
    return True


def handle(session: Session, citizen_id: int, up_to: int, staff_id: int, now: datetime) -> int:
    """A person has seen to the messages that were raised, up to the one she was shown. Gives how many."""
    seen = [alarm for alarm in crisis.open_of(session, citizen_id) if alarm.id <= up_to]
    for alarm in seen:
        alarm.handled_at, alarm.handled_by = now, staff_id
    return len(seen)


def _answer(session: TenantSession, citizen: Citizen, entry: ThreadEntry, now: datetime) -> None:
    """Where she wrote: in the thread, and for an SMS also as one."""
    said = ThreadEntry(
        citizen_id=citizen.id,
        kind=EventKind.CRISIS_ANSWER,
        author="system",
        channel=entry.channel,
        created_at=now,
    )
    if entry.channel == "sms":
        key = dedupe_key("crisis", entry.id)
        new = NewMessage("confirmation", citizen.id, key, {"text": ANSWER}, lane=Lane.CONVERSATION)
        said.message_id = outbox.enqueue(session, new, now).message.id
    session.add(said)
