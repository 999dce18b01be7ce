"""A citizen's phone number: changed by her or by staff, or confirmed. The thread stays hers, with a mark in it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import phonenumbers

from database.encryption import blind_index
from database.tenancy import TenantSession
from messaging.inbound import PHONE_INDEX
from portal.services import reachability
from portal.store import inbox, invitations, numbers
from portal.store.numbers import FormerNumber
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry


class Changed(Enum):
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    """It was hers already; whatever spoke against it is lifted."""


def e164(typed: str) -> str | None:
    """As it is stored and dialled (+4512345678); a number without a country is Danish. None for what is no number."""
    try:
        number = phonenumbers.parse(typed, "DK")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def change_number(
    session: TenantSession, citizen: Citizen, phone: str, staff_id: int | None, now: datetime
) -> Changed:
    """``phone`` in E.164; without ``staff_id`` she has changed it herself.

    Links that went to the old number open nothing more, and an SMS from it is nobody's.
    STOP goes with the person and with the number: she stays opted out, and is, when the new number has said STOP.
    """
    index = blind_index(PHONE_INDEX, phone)
    if index == citizen.phone_index:
        confirm_number(session, citizen, staff_id, now)
        return Changed.CONFIRMED
    stopped = numbers.wants_no_sms(session, index)
    invitations.revoke_links(session, citizen.id, now)
    session.add(FormerNumber(citizen_id=citizen.id, phone_index=citizen.phone_index, until=now))
    numbers.forget_former(session, citizen.id, index)
    numbers.hear_again(session, [index])
    citizen.phone, citizen.phone_index = phone, index
    citizen.frozen_at = citizen.number_failed_at = None
    kind = EventKind.OWN_NUMBER if staff_id is None else EventKind.NUMBER_CHANGED
    _mark(session, citizen, kind, staff_id, now)
    if stopped:
        reachability.opt_out(session, citizen, now)
    return Changed.CHANGED


def confirm_number(session: TenantSession, citizen: Citizen, staff_id: int | None, now: datetime) -> None:
    """The number is hers after all: messages go to it again. Links that were revoked stay so."""
    if citizen.frozen_at is None and citizen.number_failed_at is None:
        return
    citizen.frozen_at = citizen.number_failed_at = None
    _mark(session, citizen, EventKind.NUMBER_CONFIRMED, staff_id, now)


def shares_number(session: TenantSession, citizen: Citizen) -> bool:
    return len(inbox.citizens_with_number(session, citizen.phone_index)) > 1


def _mark(
    session: TenantSession, citizen: Citizen, kind: EventKind, staff_id: int | None, now: datetime
) -> None:
    session.add(
        ThreadEntry(
            citizen_id=citizen.id,
            kind=kind,
            author="citizen" if staff_id is None else "staff",
            staff_id=staff_id,
            channel="portal",
            created_at=now,
        )
    )
