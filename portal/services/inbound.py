"""The portal's part of incoming SMS (``messaging.inbound.InboundHandler``): whose thread one belongs to.

Times are those at which the SMS came in, so that one which had to wait stands in the thread as of then.
"""

from __future__ import annotations

from collections.abc import Sequence

from database.tenancy import TenantSession
from messaging import outbox
from messaging.inbound import InboundMessage
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage
from portal.services import reachability, strangers
from portal.services.heard import heard
from portal.services.strangers import WhyUnplaced
from portal.store import inbox
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry


class Inbox:
    """STOP and START are about the number, and hold for everybody who has it. Words are one person's: where
    nobody can know whose, staff decide."""

    def stop(self, session: TenantSession, message: InboundMessage) -> None:
        citizens = inbox.citizens_with_number(session, message.sender_index)
        changed = [
            reachability.opt_out(session, citizen, message.received_at, inbound_id)
            for citizen, inbound_id in _each(citizens, message)
        ]
        if not citizens:
            strangers.stop(session, message)
        _conclude(session, citizens, message, "stop_confirmation" if any(changed) else None)

    def start(self, session: TenantSession, message: InboundMessage) -> None:
        citizens = inbox.citizens_with_number(session, message.sender_index)
        changed = [
            reachability.opt_in(session, citizen, message.received_at, inbound_id)
            for citizen, inbound_id in _each(citizens, message)
        ]
        if not citizens:
            strangers.start(session, message)
        _conclude(session, citizens, message, "start_confirmation" if any(changed) else None)

    def reply(self, session: TenantSession, message: InboundMessage) -> None:
        citizens = inbox.citizens_with_number(session, message.sender_index)
        why = strangers.why_unplaced(session, citizens, message)
        if why is None:
            _place(session, citizens[0], message)
        else:
            strangers.take(session, citizens, message, why)


def _each(citizens: Sequence[Citizen], message: InboundMessage) -> list[tuple[Citizen, int | None]]:
    """One SMS stands in one thread; the others who have the number get a mark without it."""
    return [(citizen, message.id if place == 0 else None) for place, citizen in enumerate(citizens)]


def _conclude(
    session: TenantSession, citizens: Sequence[Citizen], message: InboundMessage, text: str | None
) -> None:
    """An answer when something has changed; a command from a number that is nobody's gets none."""
    if not citizens:
        why = strangers.why_unplaced(session, citizens, message) or WhyUnplaced.UNKNOWN_SENDER
        strangers.set_aside(session, message, why)
    elif text is not None:
        parameters = {"text": text, "to": message.sender}
        key = dedupe_key("confirmation", message.id)
        new = NewMessage("confirmation", citizens[0].id, key, parameters, lane=Lane.CONVERSATION)
        outbox.enqueue(session, new, message.received_at)


def _place(session: TenantSession, citizen: Citizen, message: InboundMessage) -> None:
    channel = inbox.channel_of(message)
    if channel == inbox.SMS:
        reachability.number_works(citizen)
    entry = ThreadEntry(
        citizen_id=citizen.id,
        author="citizen",
        channel=channel,
        body=message.text,
        inbound_id=message.id,
        created_at=message.received_at,
    )
    session.add(entry)
    session.flush()
    heard(session, citizen, entry, message.received_at)
