"""Pictures that come with an SMS (MMS): we never fetch them. The text is kept, and she is told another way."""

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


def decline(session: TenantSession, citizen: Citizen, entry: ThreadEntry, now: datetime) -> bool:
    """Say, once a day at most, that pictures come by the page. False when the entry came with none."""
    sms = session.get(InboundMessage, entry.inbound_id) if entry.inbound_id is not None else None
    if sms is None or not sms.media_count:
        return False
    day = now.astimezone(COPENHAGEN).date().isoformat()
    key = dedupe_key("no_pictures", citizen.id, day)
    parameters = {"text": "no_pictures"}
    outbox.enqueue(
        session, NewMessage("confirmation", citizen.id, key, parameters, lane=Lane.CONVERSATION), now
    )
    return True
