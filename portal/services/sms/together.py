"""Several SMS that are rendered in one transaction: what they ask of the database is asked once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from database.tenancy import TenantSession
from messaging.outbox import Message
from portal.services.sms import asking, check_ins
from portal.store import kept, people, sending_facts
from portal.store.kept import House
from portal.store.sending_facts import TO_STRANGERS


def prepare(
    session: TenantSession, messages: Sequence[Message], now: datetime, house: House
) -> Sequence[Message]:
    """Those that may be rendered together: one for each citizen, whom nobody else holds just now. Her next is
    decided when this one is committed, and counts it."""
    if len(messages) == 1 and messages[0].kind not in asking.KINDS:
        return messages
    kept.start(session, house)
    first = {each.recipient_ref: each for each in reversed(messages) if each.kind != TO_STRANGERS}
    held = sending_facts.hold(session, [*first])
    ready = [message for citizen_id, message in first.items() if citizen_id in held]
    asking.look_ahead(session, [each for each in ready if each.kind in asking.KINDS], now)
    check_ins.look_ahead(session, [each for each in ready if each.kind == "check_in"], now)
    people.load(session, [each.recipient_ref for each in ready if each.kind not in asking.KINDS])
    return ready
