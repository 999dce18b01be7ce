"""What can become of an SMS, as it stands in the outbox and on the phone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from messaging.message import Status


@dataclass(frozen=True)
class End:
    """``left``: the gateway has taken it. ``arrived``: it stands on the phone's screen."""

    status: Status
    reason: str | None = None
    error_code: str | None = None
    left: bool = False
    arrived: bool = False
    awaits_receipt: bool = False


class Fate(Enum):
    DELIVERED = End(Status.DELIVERED, left=True, arrived=True)
    PHONE_OFF = End(Status.SENT, left=True, awaits_receipt=True)
    NO_RECEIPT = End(Status.UNKNOWN, "no_receipt", left=True, awaits_receipt=True)
    NOT_IN_USE = End(Status.UNDELIVERED, "number_not_in_use", "30005", left=True)
    REFUSED = End(Status.FAILED, "number_invalid", "21211")
    UNSURE = End(Status.SENDING, "no_answer")
    PLANNED = End(Status.QUEUED)
    ANSWERED = End(Status.WITHHELD, "answered")
    OPTED_OUT = End(Status.WITHHELD, "opted_out")
    FROZEN = End(Status.WITHHELD, "number_frozen")
