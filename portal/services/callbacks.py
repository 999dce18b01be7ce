"""What a provider hands us, kept before anything is decided."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from database.tenancy import EVERYONE
from messaging import inbound, whatsapp
from messaging.gateway import InboundSms, Receipt
from portal.runtime import Portal
from portal.services.receipts import take_receipt
from portal.store import municipalities


class Taken(StrEnum):
    STORED = "stored"
    KNOWN = "known"
    """Handed over before: nothing was done again."""
    NOBODYS = "nobodys"
    """The number that was written to belongs to no municipality."""


def take_sms(portal: Portal, sms: InboundSms, now: datetime) -> Taken:
    with portal.database.read(EVERYONE) as session:
        if whatsapp.is_address(sms.to):
            municipality_id = municipalities.id_by_whatsapp_number(session, whatsapp.number_of(sms.to))
        else:
            municipality_id = municipalities.id_by_reply_number(session, sms.to)
    if municipality_id is None:
        return Taken.NOBODYS
    with portal.write(municipality_id) as session:
        is_new = inbound.store(session, sms, now).is_new
    return Taken.STORED if is_new else Taken.KNOWN


def take_status(portal: Portal, receipt: Receipt, now: datetime) -> None:
    """A receipt for nothing we know does no harm."""
    with portal.write(EVERYONE) as session:
        take_receipt(session, receipt, now)
