"""A message with words of crisis: it goes to the top of the list for a person, and is answered with the numbers
to call, at any hour. The words are a reason to look, never a finding about the citizen."""

from __future__ import annotations

from datetime import datetime

from database.tenancy import TenantSession
from messaging import outbox
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage
from portal.content.crisis_phrases import SHIPPED
from portal.domain.crisis import answers_again, phrases_in
from portal.store import crisis
from portal.store.crisis import CrisisAlarm
from portal.store.invitations import citizen_for_update
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry

ANSWER = "crisis_answer"
"""The text's name in the area sms."""


def holds_words_of_crisis(session: TenantSession, text: str) -> bool:
    """Of any language: nobody chooses a language in need."""
    own = crisis.own_lists(session)
    lists = (own[code].phrases if code in own else shipped for code, shipped in SHIPPED.items())
    return any(phrases_in(text, phrases) for phrases in lists)


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
