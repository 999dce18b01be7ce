"""What a message is called, how far it has come, and what makes two requests the same message."""

from enum import IntEnum, StrEnum


class Status(StrEnum):
    """How far an outgoing message has come. Order: QUEUED < SENDING < SENT < UNKNOWN < the final ones."""

    QUEUED = "queued"
    """Waits for its time or for a worker; the provider has not got it."""
    SENDING = "sending"
    """Handed to the provider, whose answer we do not have: it may have been taken."""
    SENT = "sent"
    """The provider has taken it."""
    UNKNOWN = "unknown"
    """No receipt within 72 hours. A later receipt is still believed."""
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    WITHHELD = "withheld"
    """Not sent, by our own decision; the reason stands beside it."""


class Lane(IntEnum):
    """Who goes first when more is due than can be sent: the lowest."""

    CONVERSATION = 0
    """Somebody waits for it: an answer to what a person just wrote or asked for."""
    SINGLE = 1
    """One person is sent one thing."""
    BULK = 2
    """One of many: sendings and reminders."""


FINAL = frozenset({Status.DELIVERED, Status.UNDELIVERED, Status.FAILED, Status.WITHHELD})

_RANK = {Status.QUEUED: 0, Status.SENDING: 1, Status.SENT: 2, Status.UNKNOWN: 3} | dict.fromkeys(FINAL, 4)


def advance(current: Status, new: Status) -> Status:
    """The status after hearing `new`: the one further along; never a step back.

    Receipts come late, doubled and out of order, so whatever is older than what we know changes nothing.
    What the provider has taken can no longer be withheld.
    """
    if new is Status.WITHHELD and _RANK[current] >= _RANK[Status.SENT]:
        return current
    return new if _RANK[new] > _RANK[current] else current


MAX_DEDUPE_KEY = 200


def dedupe_key(kind: str, *parts: int | str) -> str:
    """The name under which a message exists once per municipality, such as `invitation:17:0`.

    Built from the kind and what the message is about (row ids, a step, a date): never from the clock, so that
    a repeated click or a repeated task gives the same key, and never from personal data, for keys are stored
    in the clear. Parts may not be empty nor hold a colon: two different lists of parts never give one key.
    Raises ValueError for such a part and for a key longer than 200 characters.
    """
    names = [kind, *map(str, parts)]
    if any(not name or ":" in name for name in names):
        raise ValueError("a part of a dedupe key is empty or holds a colon")
    key = ":".join(names)
    if len(key) > MAX_DEDUPE_KEY:
        raise ValueError(f"a dedupe key is longer than {MAX_DEDUPE_KEY} characters")
    return key
