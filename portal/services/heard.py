"""What follows from each message of a citizen, by SMS or in the portal, once it stands in her thread."""

from __future__ import annotations

from datetime import datetime

from database.tenancy import TenantSession
from portal.services import check_ins, crisis, not_by_sms, opening_hours
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry


def heard(session: TenantSession, citizen: Citizen, entry: ThreadEntry, now: datetime) -> None:
    """The weightiest first: who writes of crisis gets that answer alone. ``now`` is when the message came to us."""
    if crisis.take_alarm(session, citizen, entry, now):
        return
    not_by_sms.answer(session, citizen, entry, now)
    asking = check_ins.awaited(session, citizen, entry, now)
    if asking is not None and check_ins.take_reply(session, citizen, asking, entry, now):
        return
    if opening_hours.answer_if_closed(session, citizen, entry, now):
        return  # when a person answers matters more than the question, which can be repeated another time
    if asking is not None:
        check_ins.ask_again(session, asking, entry, now)
