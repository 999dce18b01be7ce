"""What does not belong in an SMS: pictures (MMS), which we never fetch, and digits like a CPR number, which are masked
before anything is stored. Her words are kept, and she is told, each once a day at most."""

from __future__ import annotations

from datetime import datetime

from database.tenancy import TenantSession
from i18n.formatting import COPENHAGEN
from messaging import outbox
from messaging.inbound import InboundMessage
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry


def answer(session: TenantSession, citizen: Citizen, entry: ThreadEntry, now: datetime) -> None:
    sms = session.get(InboundMessage, entry.inbound_id) if entry.inbound_id is not None else None
    if sms is not None and sms.media_count:
        _tell(session, citizen, "no_pictures", now)
    if sms is not None and sms.masked_numbers:
        _tell(session, citizen, "no_personal_numbers", now)


def _tell(session: TenantSession, citizen: Citizen, text: str, now: datetime) -> None:
    key = dedupe_key(text, citizen.id, now.astimezone(COPENHAGEN).date().isoformat())
    new = NewMessage("confirmation", citizen.id, key, {"text": text}, lane=Lane.CONVERSATION)
    outbox.enqueue(session, new, now)
