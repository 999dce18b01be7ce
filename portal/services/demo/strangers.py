"""SMS that belong to nobody's thread: from a number that is nobody's we know, and from frozen ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from database.encryption import blind_index
from i18n.texts import Catalogs
from messaging import simulator
from messaging.inbound import PHONE_INDEX, InboundMessage
from messaging.message import Status, dedupe_key
from messaging.outbox import OutboxMessage
from messaging.segments import measure
from messaging.simulator import PhoneState, SimulatedMessage, SimulatedPhone
from portal.content import demo_dialogues as dialogues
from portal.content import demo_people as content
from portal.services.demo.days import Days, chance
from portal.services.demo.people import Resident
from portal.services.demo.plans import Stand
from portal.services.demo.tokens import token
from portal.services.strangers import WhyUnplaced
from portal.store.thread import UnplacedMessage

FROZEN_THAT_WROTE = 2
ANSWERED_AFTER = timedelta(seconds=2)


def add_strangers(
    session: Session, everyone: Session, residents: Sequence[Resident], days: Days, catalogs: Catalogs
) -> list[SimulatedMessage]:
    """Returns what of it stands on phones."""
    rng = chance("strangers")
    phone, at = content.STRANGERS_PHONE, days.at(2, 13, 5)
    everyone.add(
        SimulatedPhone(
            number=phone, number_index=blind_index(simulator.PHONE_INDEX, phone), state=PhoneState.ON
        )
    )
    asked = inbound(phone, dialogues.STRANGER, at, rng)
    written = [(asked, WhyUnplaced.UNKNOWN_SENDER)]
    for each in [each for each in residents if each.plan.stand is Stand.FROZEN][:FROZEN_THAT_WROTE]:
        later = (each.row.frozen_at or at) + timedelta(minutes=12)
        wrote = inbound(each.row.phone, dialogues.NOT_ME, later, rng)
        written.append((wrote, WhyUnplaced.NUMBER_FROZEN))
    session.add_all(sms for sms, _ in written)
    session.flush()
    session.add_all(UnplacedMessage(inbound_id=sms.id, why=why) for sms, why in written)
    answer = _answer(asked, catalogs.texts("da")("sms.unknown_sender"), rng)
    session.add(answer[0])
    return [answer[1], *(typed(sms) for sms, _ in written)]


def inbound(phone: str, text: str, at: datetime, rng: Random) -> InboundMessage:
    return InboundMessage(
        provider=simulator.NAME,
        provider_id=f"SM{rng.randbytes(16).hex()}",
        sender=phone,
        sender_index=blind_index(PHONE_INDEX, phone),
        recipient=content.REPLY_NUMBER,
        text=text,
        masked_numbers=0,
        media_count=0,
        received_at=at,
        processed_at=at + timedelta(seconds=1),
    )


def typed(sms: InboundMessage) -> SimulatedMessage:
    return SimulatedMessage(
        phone_index=blind_index(simulator.PHONE_INDEX, sms.sender),
        to=sms.recipient,
        sender=sms.sender,
        text=sms.text,
        is_reply=True,
        provider_id=sms.provider_id,
        created_at=sms.received_at,
    )


def _answer(asked: InboundMessage, text: str, rng: Random) -> tuple[OutboxMessage, SimulatedMessage]:
    at = asked.received_at + ANSWERED_AFTER
    provider_id, reference = f"SM{rng.randbytes(16).hex()}", token(rng)
    row = OutboxMessage(
        dedupe_key=dedupe_key("unknown_sender", asked.sender_index, at.date().isoformat()),
        kind="unknown_sender",
        recipient_ref=asked.id,
        parameters={"to": asked.sender},
        status=Status.DELIVERED,
        attempts=1,
        parts=measure(text).parts,
        reference=reference,
        gateway=simulator.NAME,
        provider_id=provider_id,
        created_at=asked.received_at,
        sent_at=at,
        finished_at=at,
    )
    shown = SimulatedMessage(
        phone_index=blind_index(simulator.PHONE_INDEX, asked.sender),
        to=asked.sender,
        sender=asked.recipient,
        text=text,
        provider_id=provider_id,
        reference=reference,
        created_at=at,
        arrived_at=at,
    )
    return row, shown
