"""What follows from each message of a citizen, by SMS or in the portal, once it stands in her thread."""

from __future__ import annotations

from datetime import datetime

from database.tenancy import TenantSession
from portal.services import check_ins, crisis, opening_hours
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry


def heard(session: TenantSession, citizen: Citizen, entry: ThreadEntry, now: datetime) -> None:
    """At most one of these answers her, the weightiest first. ``now`` is when the message came to us."""
    if crisis.take_alarm(session, citizen, entry, now):
        return
    if check_ins.take_reply(session, citizen, entry, now):
        return
    opening_hours.answer_if_closed(session, citizen, entry, now)
