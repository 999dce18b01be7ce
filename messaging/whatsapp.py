"""WhatsApp through Twilio: its addresses, and the hours in which we may write.

Free words may go to somebody for 24 hours after her own last message; afterwards WhatsApp takes approved templates
only, which we do not use (https://www.twilio.com/docs/whatsapp/key-concepts#the-24-hour-window).
"""

from datetime import datetime, timedelta

CHANNEL = "whatsapp"
WINDOW = timedelta(hours=24)
_PREFIX = "whatsapp:"


def address(number: str) -> str:
    """A number in E.164, as Twilio names it on WhatsApp."""
    return _PREFIX + number


def is_address(name: str) -> bool:
    return name.startswith(_PREFIX)


def number_of(name: str) -> str:
    """The number behind an address; any other name stays as it is."""
    return name.removeprefix(_PREFIX)


def is_open(heard_at: datetime | None, now: datetime) -> bool:
    """Whether free words may go now, where her last message came at `heard_at` (None: she has never written)."""
    return heard_at is not None and now < heard_at + WINDOW
