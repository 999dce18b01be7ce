"""WhatsApp as a channel of the thread: off until a municipality has a number for it, and open while the citizen has
written there within a day. What goes that way passes through Meta, and is held to the rules of an SMS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from database.base import Municipality
from messaging import whatsapp
from portal.store import thread_entries
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry

KIND = "whatsapp"


class WhyNot(StrEnum):
    NO_WHATSAPP = "no_whatsapp"
    WHATSAPP_CLOSED = "whatsapp_closed"
    OPTED_OUT = "opted_out"
    NUMBER_FROZEN = "number_frozen"


@dataclass(frozen=True)
class Offer:
    """What the form shows beside the channel; ``closes_at``: until when she can be written to there."""

    why_not: WhyNot | None
    closes_at: datetime | None = None


def offer(number: str | None, heard_at: datetime | None, citizen: Citizen, now: datetime) -> Offer | None:
    """``number``: the municipality's; ``heard_at``: when she last wrote to it. None where WhatsApp is off: then
    nobody sees that it exists."""
    if number is None:
        return None
    if citizen.opted_out_at is not None:
        return Offer(WhyNot.OPTED_OUT)
    if citizen.frozen_at is not None:
        return Offer(WhyNot.NUMBER_FROZEN)
    if heard_at is None or not whatsapp.is_open(heard_at, now):
        return Offer(WhyNot.WHATSAPP_CLOSED)
    return Offer(None, heard_at + whatsapp.WINDOW)


def own_and_last_heard(session: Session, citizen_id: int) -> tuple[Municipality, datetime | None]:
    """In one question, for the page of a thread asks many."""
    return thread_entries.own_and_last_written(session, citizen_id, whatsapp.CHANNEL)


def why_not(session: Session, citizen: Citizen, now: datetime) -> WhyNot | None:
    municipality, heard_at = own_and_last_heard(session, citizen.id)
    offered = offer(municipality.whatsapp_number, heard_at, citizen, now)
    return WhyNot.NO_WHATSAPP if offered is None else offered.why_not


def turn_to_portal(session: Session, entry: ThreadEntry, now: datetime) -> None:
    """The window closed while it waited: it is read in the portal, and the thread says why."""
    entry.channel = "portal"
    session.add(
        ThreadEntry(
            citizen_id=entry.citizen_id,
            kind=EventKind.WHATSAPP_CLOSED,
            author="system",
            channel="portal",
            created_at=now,
        )
    )
