"""The simulated phones as a citizen holds them: the list, one screen, a reply, the switch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from database.encryption import blind_index
from database.tenancy import EVERYONE
from messaging import simulator
from messaging.inbound import PHONE_INDEX
from messaging.simulator import Phone, PhoneState, SimulatedMessage
from portal.domain.own_links import Piece, pieces
from portal.runtime import Portal
from portal.services import callbacks
from portal.store import phones
from portal.store.phones import Owner

ON_A_PAGE = 20
MAX_TEXT = 1_600
"""Characters of one SMS that is typed on a phone."""


@dataclass(frozen=True)
class PhoneLine:
    phone: Phone
    owner: Owner | None


@dataclass(frozen=True)
class PhoneList:
    """``page`` of ``pages``, both from 1; ``found`` is how many phones fit the search."""

    lines: Sequence[PhoneLine]
    found: int
    page: int
    pages: int


@dataclass(frozen=True)
class Bubble:
    sender: str
    pieces: tuple[Piece, ...]
    at: datetime
    is_reply: bool


@dataclass(frozen=True)
class Screen:
    """``answers_to`` is the number that a reply goes to, None where there is none; ``names`` the senders that
    cannot be answered. ``version`` changes whenever the screen does."""

    number: str
    state: PhoneState
    owner: Owner | None
    bubbles: Sequence[Bubble]
    answers_to: str | None
    names: Sequence[str]
    version: str


def list_phones(session: Session, search: str, page: int) -> PhoneList:
    """The phone that was last written to first. ``search``: part of a name, or of a number."""
    known = phones.owners(session)
    lines = [
        PhoneLine(phone, known.get(blind_index(PHONE_INDEX, phone.number)))
        for phone in simulator.phones(session)
    ]
    fitting = [line for line in lines if _fits(line, search)]
    pages = max(1, -(-len(fitting) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    return PhoneList(fitting[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], len(fitting), page, pages)


def screen(session: Session, number: str, own_addresses: Sequence[str]) -> Screen | None:
    """None for a number that is nobody's; a citizen's phone is there before its first SMS."""
    owner = phones.owner(session, blind_index(PHONE_INDEX, number))
    state = simulator.state_of(session, number) or (PhoneState.ON if owner else None)
    if state is None:
        return None
    messages = simulator.messages_of(session, number)
    senders = dict.fromkeys(message.sender for message in messages if not message.is_reply)
    return Screen(
        number=number,
        state=state,
        owner=owner,
        bubbles=[_bubble(message, own_addresses) for message in messages],
        answers_to=_answers_to([*senders], owner),
        names=[sender for sender in senders if not _is_number(sender)],
        version=_version(state, messages),
    )


def reply(portal: Portal, number: str, text: str, now: datetime) -> None:
    """Write an SMS on the phone and hand it to where a provider's webhook hands its own.

    Raises CannotReplyError when there is no number to answer.
    """
    with portal.database.write(EVERYONE) as session:
        shown = screen(session, number, ())
        if shown is None or shown.answers_to is None:
            raise simulator.CannotReplyError("this phone has no number to answer")
        sms = simulator.reply(session, number, shown.answers_to, text, now)
    callbacks.take_sms(portal, sms, now)


def switch(portal: Portal, number: str, state: PhoneState) -> None:
    """What waited for a phone that is on again arrives when the network looks next, which is at once."""
    with portal.database.write(EVERYONE) as session:
        if screen(session, number, ()) is not None:
            simulator.set_phone_state(session, number, state)
    portal.wake_delivery()


def _fits(line: PhoneLine, search: str) -> bool:
    wanted = search.casefold().strip()
    digits = wanted.replace(" ", "").lstrip("+")
    in_number = digits.isdigit() and digits in line.phone.number
    return in_number or (line.owner is not None and wanted in line.owner.name.casefold()) or not wanted


def _bubble(message: SimulatedMessage, own_addresses: Sequence[str]) -> Bubble:
    at = message.arrived_at or message.created_at
    return Bubble(message.sender, pieces(message.text, own_addresses), at, message.is_reply)


def _answers_to(senders: Sequence[str], owner: Owner | None) -> str | None:
    """The number that wrote last; else the one that the citizen has from her caseworker."""
    numbers = [sender for sender in senders if _is_number(sender)]
    return numbers[-1] if numbers else owner.reply_number if owner else None


def _is_number(sender: str) -> bool:
    return sender.lstrip("+").isdigit()


def _version(state: PhoneState, messages: Sequence[SimulatedMessage]) -> str:
    arrived = [(message.id, message.arrived_at) for message in messages]
    return hashlib.sha256(repr((state.value, arrived)).encode()).hexdigest()[:12]
