"""What every SMS gateway promises, and the shapes in which providers talk to us."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from messaging.message import Status
from messaging.segments import BASIC


class Trouble(StrEnum):
    """Why a message did not get through, in words that do not belong to one provider."""

    OPTED_OUT = "opted_out"
    NUMBER_INVALID = "number_invalid"
    NUMBER_NOT_IN_USE = "number_not_in_use"
    NUMBER_CANNOT_RECEIVE = "number_cannot_receive"
    PHONE_UNREACHABLE = "phone_unreachable"
    BLOCKED = "blocked"
    FILTERED = "filtered"
    REFUSED = "refused"
    CREDENTIALS = "credentials"
    SENDER_SETUP = "sender_setup"
    TOO_MANY_REQUESTS = "too_many_requests"
    PROVIDER_DOWN = "provider_down"
    NO_CONNECTION = "no_connection"
    NO_ANSWER = "no_answer"
    WINDOW_CLOSED = "window_closed"
    """WhatsApp takes no free words any more: it is more than a day since hers."""


@dataclass(frozen=True)
class OutgoingSms:
    """`to` is E.164; `sender` a number or a name of at most 11 characters. On WhatsApp both are its addresses.

    `callback_reference` names our row and comes back with every receipt, also with one that overtakes the
    provider's answer. `perhaps_at` is the gateway that may have it from an earlier try (empty: it is not known which);
    None where no try is open.
    """

    to: str
    sender: str
    text: str
    callback_reference: str
    perhaps_at: str | None = None


@dataclass(frozen=True)
class Accepted:
    """`by`, here and below: which of several gateways answered; empty where there is only one."""

    provider_id: str
    by: str = ""


@dataclass(frozen=True)
class Refused:
    """The provider will not send this message; asking again is useless.

    `permanent`: nothing can be sent to this number until somebody changes something. `opted_out`: the citizen
    has told the provider to stop.
    """

    code: str
    reason: Trouble
    permanent: bool = False
    opted_out: bool = False
    by: str = ""


@dataclass(frozen=True)
class Busy:
    """Certainly not taken; try again. `alarm`: it takes a person at our end (wrong credentials, say).

    `others_may_go`: it is about this message, or its sender; the gateway takes others.
    """

    reason: Trouble
    retry_after: timedelta | None = None
    code: str = ""
    alarm: bool = False
    others_may_go: bool = False
    by: str = ""


@dataclass(frozen=True)
class Unsure:
    """Perhaps taken, perhaps not: a receipt may tell."""

    reason: Trouble
    by: str = ""


Outcome = Accepted | Refused | Busy | Unsure


class Gateway(Protocol):
    """A way out to the phones. `send` never raises for what a provider or a network can do."""

    @property
    def name(self) -> str: ...

    def send(self, sms: OutgoingSms) -> Outcome: ...


@dataclass(frozen=True)
class Receipt:
    """What a provider says about a message it has taken; `reference` is our own, where it came back.

    `permanent`: the number itself cannot be reached, today or later.
    """

    provider: str
    provider_id: str
    status: Status
    error_code: str = ""
    reason: Trouble | None = None
    permanent: bool = False
    reference: str = ""


@dataclass(frozen=True)
class InboundSms:
    """An SMS as a provider hands it over; `provider_id` is the same when it is handed over again.

    `from_` is always a phone's number; `to` is an address of WhatsApp where the message came that way.
    """

    provider: str
    provider_id: str
    from_: str
    to: str
    text: str
    media_count: int = 0


class BadCallback(ValueError):
    """A callback that does not say what it must; the message names the field, never its content."""


LONGEST_NAME = 11
"""Characters of an alphanumeric sender (3GPP TS 23.040 §9.1.2.5: ten octets of seven bits each)."""


def is_number(sender: str) -> bool:
    """Whether a sender can be answered: an E.164 number, or a short code."""
    figures = sender.removeprefix("+")
    return figures.isascii() and figures.isdigit() and 3 <= len(figures) <= 15


def wrong_sender(sender: str) -> Busy | None:
    """What no network takes for a sender: our own setting, so the message waits until a person has mended it."""
    is_name = sender.strip() != "" and len(sender) <= LONGEST_NAME and BASIC.issuperset(sender)
    if is_name or is_number(sender):
        return None
    return Busy(Trouble.SENDER_SETUP, code="sender", alarm=True)
