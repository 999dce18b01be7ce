"""SMS of last evening that a person must look at: one with words from the list, and one from a phone that two share.

They take the very way of every incoming SMS; only the answers are written down as sent, for no worker runs meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from database.encryption import blind_index
from database.tenancy import TenantSession
from i18n.texts import Catalogs
from messaging import simulator
from messaging.inbound import InboundMessage
from messaging.message import Status
from messaging.outbox import OutboxMessage
from messaging.segments import measure
from messaging.simulator import SimulatedMessage
from portal.content import demo_dialogues as dialogues
from portal.content import demo_people as content
from portal.services import numbers
from portal.services.demo import strangers
from portal.services.demo.days import Days, chance
from portal.services.demo.people import Resident
from portal.services.demo.plans import Stand
from portal.services.demo.tokens import token
from portal.services.inbound import Inbox

ANSWERED_AFTER = timedelta(seconds=2)
QUIET = {Stand.STOPPED, Stand.FROZEN, Stand.NUMBER_DEAD, Stand.PHONE_OFF, Stand.NO_RECEIPT, Stand.REFUSED}


def add_alarms(
    session: TenantSession, residents: Sequence[Resident], days: Days, catalogs: Catalogs
) -> list[SimulatedMessage]:
    """Returns what of it stands on phones."""
    rng = chance("alarms")
    hers, one, other = reachable_danes(residents)[:3]
    evening = days.at(1, 21, 40)
    numbers.change_number(session, other.row, one.row.phone, other.row.caseworker_id, days.at(6, 10, 15))
    sms = [
        _heard(session, hers.row.phone, dialogues.IN_NEED, evening, rng),
        _heard(session, one.row.phone, dialogues.SHARED, evening + timedelta(minutes=20), rng),
    ]
    answers = _written_down(session, sms, catalogs, rng)
    return [*(strangers.typed(each) for each in sms), *answers]


def reachable_danes(residents: Sequence[Resident]) -> list[Resident]:
    """Of the first caseworker, in Danish, with phones that are on; none of those whom a visitor is shown by name."""
    first = min(each.row.caseworker_id for each in residents)
    able = [
        each
        for each in residents
        if each.row.caseworker_id == first and each.row.language == "da" and each.plan.stand not in QUIET
    ]
    known = {name.first_name for name in content.KNOWN}
    return [each for each in able if each.row.first_name not in known]


def _heard(session: TenantSession, phone: str, text: str, at: datetime, rng: Random) -> InboundMessage:
    message = strangers.inbound(phone, text, at, rng)
    session.add(message)
    session.flush()
    Inbox().reply(session, message)
    session.flush()
    return message


def _written_down(
    session: TenantSession, sms: Iterable[InboundMessage], catalogs: Catalogs, rng: Random
) -> list[SimulatedMessage]:
    """The answers as they reached the phones."""
    screens = []
    for each in sms:
        query = select(OutboxMessage).where(
            OutboxMessage.created_at == each.received_at, OutboxMessage.status == Status.QUEUED
        )
        for row in session.scalars(query):
            text = catalogs.texts("da")(f"sms.{row.parameters['text']}")
            screens.append(_delivered(row, each, text, rng))
    return screens


def _delivered(row: OutboxMessage, asked: InboundMessage, text: str, rng: Random) -> SimulatedMessage:
    at = asked.received_at + ANSWERED_AFTER
    row.status, row.due_at, row.attempts, row.parts = Status.DELIVERED, None, 1, measure(text).parts
    row.reference, row.gateway = token(rng), simulator.NAME
    row.provider_id = f"SM{rng.randbytes(16).hex()}"
    row.sent_at = row.finished_at = at
    return SimulatedMessage(
        phone_index=blind_index(simulator.PHONE_INDEX, asked.sender),
        to=asked.sender,
        sender=asked.recipient,
        text=text,
        provider_id=row.provider_id,
        reference=row.reference,
        created_at=at,
        arrived_at=at,
    )
