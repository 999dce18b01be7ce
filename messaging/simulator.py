"""The simulator: a gateway, the network behind it and the phones on it, for a demo without a provider.

Messages, receipts and replies take the very same way as a real provider's: through `OutgoingSms`, `Receipt`
and `InboundSms`. The network knows no municipalities, just as a real one knows none.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base
from database.encryption import blind_index
from database.engine import Database
from database.tenancy import EVERYONE, TenantSession
from database.types import Encrypted, UtcDateTime, enum_as_text
from messaging import receipts
from messaging.gateway import Accepted, InboundSms, Outcome, OutgoingSms, Receipt, Trouble
from messaging.message import Status
from messaging.once import add_once

NAME = "simulator"
PHONE_INDEX = "simulated phone"
NOT_IN_USE_CODE = "30005"
"""What Twilio says of an unknown destination."""


TakeReceipt = Callable[[TenantSession, Receipt, datetime], object]
"""Runs in a session that looks across municipalities."""


class PhoneState(StrEnum):
    ON = "on"
    OFF = "off"
    NOT_IN_USE = "not_in_use"


class SimulatedPhone(Base):
    __tablename__ = "simulated_phones"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Encrypted)
    number_index: Mapped[str] = mapped_column(String(43), unique=True)
    state: Mapped[PhoneState] = mapped_column(enum_as_text(PhoneState), default=PhoneState.ON)


class SimulatedMessage(Base):
    """An SMS on a phone's screen: to the phone, or written on it (`is_reply`)."""

    __tablename__ = "simulated_messages"
    __table_args__ = (
        Index("ix_simulated_messages_unanswered", "id", sqlite_where=text("awaits_receipt"),
              postgresql_where=text("awaits_receipt")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    phone_index: Mapped[str] = mapped_column(String(43), index=True)
    """The blind index of the phone's number, whichever way the message goes."""
    to: Mapped[str] = mapped_column(Encrypted)
    sender: Mapped[str] = mapped_column(Encrypted)
    text: Mapped[str] = mapped_column(Encrypted)
    is_reply: Mapped[bool] = mapped_column(default=False)
    provider_id: Mapped[str] = mapped_column(String(34), unique=True)
    reference: Mapped[str] = mapped_column(String(22), default="")
    awaits_receipt: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the phone got it; a phone that is off or not in use has not."""


class CannotReplyError(ValueError):
    """A phone cannot answer a sender that is a name."""


@dataclass(frozen=True)
class Phone:
    number: str
    state: PhoneState
    last_message_at: datetime | None


class SimulatorGateway:
    """Takes every message, as a provider does; what becomes of it shows in the receipt."""

    name = NAME

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def send(self, sms: OutgoingSms) -> Outcome:
        now = self._clock()
        with self._database.write(EVERYONE) as session:
            phone = _phone(session, sms.to)
            message = SimulatedMessage(
                phone_index=phone.number_index,
                to=sms.to,
                sender=sms.sender,
                text=sms.text,
                provider_id=_new_id(),
                reference=sms.callback_reference,
                awaits_receipt=True,
                created_at=now,
                arrived_at=now if phone.state is PhoneState.ON else None,
            )
            session.add(message)
        return Accepted(message.provider_id)


def deliver_receipts(
    database: Database, now: datetime, take: TakeReceipt = receipts.apply, limit: int = 100
) -> int:
    """What the network does by itself: bring waiting messages to phones that are on again, and send receipts.

    `take` hears each receipt in a transaction of its own, as each of a provider's calls is heard. Returns how many
    receipts were sent.
    """
    with database.read(EVERYONE) as session:
        due = session.scalars(
            select(SimulatedMessage.id)
            .join(SimulatedPhone, SimulatedPhone.number_index == SimulatedMessage.phone_index)
            .where(SimulatedMessage.awaits_receipt, SimulatedPhone.state != PhoneState.OFF)
            .order_by(SimulatedMessage.id)
            .limit(limit)
        ).all()
    return sum(_send_receipt(database, message_id, now, take) for message_id in due)


def phones(session: Session) -> list[Phone]:
    """Every phone of the network, the one that was last written to first."""
    last = (
        select(SimulatedMessage.phone_index, func.max(SimulatedMessage.id).label("last_id"))
        .group_by(SimulatedMessage.phone_index)
        .subquery()
    )
    found = session.execute(
        select(SimulatedPhone, SimulatedMessage.created_at)
        .outerjoin(last, last.c.phone_index == SimulatedPhone.number_index)
        .outerjoin(SimulatedMessage, SimulatedMessage.id == last.c.last_id)
        .order_by(last.c.last_id.desc().nulls_last(), SimulatedPhone.id)
    )
    return [Phone(phone.number, phone.state, last_at) for phone, last_at in found]


def messages_of(session: Session, number: str) -> list[SimulatedMessage]:
    """What the phone's screen shows, oldest first: what has arrived and what was written on it."""
    on_screen = SimulatedMessage.is_reply | SimulatedMessage.arrived_at.is_not(None)
    return list(
        session.scalars(
            select(SimulatedMessage)
            .where(SimulatedMessage.phone_index == blind_index(PHONE_INDEX, number), on_screen)
            .order_by(SimulatedMessage.id)
        )
    )


def state_of(session: Session, number: str) -> PhoneState | None:
    """None for a number that the network has not seen yet."""
    index = blind_index(PHONE_INDEX, number)
    return session.scalar(select(SimulatedPhone.state).where(SimulatedPhone.number_index == index))


def set_phone_state(session: Session, number: str, state: PhoneState) -> None:
    """Switch a phone on or off, or take its number out of use; a number not seen before becomes a phone."""
    _phone(session, number).state = state


def reply(session: Session, number: str, to: str, text: str, now: datetime) -> InboundSms:
    """Write an SMS on a phone. The caller hands the result to where a provider's webhook hands its own.

    Raises CannotReplyError when `to` is a name.
    """
    if not to.lstrip("+").isdigit():
        raise CannotReplyError("a sender that is a name cannot be answered")
    message = SimulatedMessage(
        phone_index=_phone(session, number).number_index,
        to=to,
        sender=number,
        text=text,
        is_reply=True,
        provider_id=_new_id(),
        created_at=now,
    )
    session.add(message)
    return InboundSms(NAME, message.provider_id, from_=number, to=to, text=text)


def _send_receipt(database: Database, message_id: int, now: datetime, take: TakeReceipt) -> bool:
    with database.write(EVERYONE) as session:
        found = session.execute(
            select(SimulatedMessage, SimulatedPhone.state)
            .join(SimulatedPhone, SimulatedPhone.number_index == SimulatedMessage.phone_index)
            .where(SimulatedMessage.id == message_id, SimulatedMessage.awaits_receipt)
            .with_for_update(of=SimulatedMessage)
        ).one_or_none()
        if found is None:
            return False
        message, state = found
        take(session, _receipt(message, state), now)
        message.awaits_receipt = False
        if state is PhoneState.ON:
            message.arrived_at = message.arrived_at or now
    return True


def _receipt(message: SimulatedMessage, state: PhoneState) -> Receipt:
    if state is PhoneState.ON:
        return Receipt(NAME, message.provider_id, Status.DELIVERED, reference=message.reference)
    return Receipt(
        NAME,
        message.provider_id,
        Status.UNDELIVERED,
        error_code=NOT_IN_USE_CODE,
        reason=Trouble.NUMBER_NOT_IN_USE,
        permanent=True,
        reference=message.reference,
    )


def _phone(session: Session, number: str) -> SimulatedPhone:
    index = blind_index(PHONE_INDEX, number)
    found, _ = add_once(
        session,
        lambda: session.scalars(
            select(SimulatedPhone).where(SimulatedPhone.number_index == index)
        ).one_or_none(),
        lambda: SimulatedPhone(number=number, number_index=index, state=PhoneState.ON),
    )
    return found


def _new_id() -> str:
    return "SM" + secrets.token_hex(16)
