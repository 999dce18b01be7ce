"""What a link in a letter or an SMS may still be used for.

A link is not spent by being opened: scanners and previews fetch it, people pause and change device.
It is spent when the form behind it is finished.
"""

import re
import string
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

LIFETIME = timedelta(days=30)

ALPHABET = string.ascii_letters + string.digits
"""No signs: a phone that makes an SMS's address clickable may leave a last - or _ outside the link."""
TOKEN_LENGTH = 22
TOKENS = len(ALPHABET) ** TOKEN_LENGTH
"""So many there are: nearly 131 bits."""
_TOKEN = re.compile(rf"[A-Za-z0-9]{{{TOKEN_LENGTH}}}")


class Purpose(Enum):
    """What the link was made for. A link made for one purpose opens nothing else."""

    ANSWER = "answer"


class LinkVerdict(Enum):
    OPEN = "open"
    EXPIRED = "expired"
    USED = "used"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LinkFacts:
    """All times are aware and UTC. `finished_at` is when the form behind the link was sent in."""

    purpose: Purpose
    created_at: datetime
    expires_at: datetime
    finished_at: datetime | None = None
    revoked_at: datetime | None = None


def judge(facts: LinkFacts | None, purpose: Purpose, now: datetime) -> LinkVerdict:
    """Say what the link is good for at `now` (aware, UTC); `facts` is None when no such link is stored.

    A wrong purpose looks like an unknown link, so that nobody learns from the answer that it exists.
    A finished form comes before expiry: "we have your answers" is kinder and truer than "too late".
    """
    if facts is None or facts.purpose is not purpose:
        return LinkVerdict.UNKNOWN
    if facts.revoked_at is not None:
        return LinkVerdict.REVOKED
    if facts.finished_at is not None:
        return LinkVerdict.USED
    if now >= facts.expires_at:
        return LinkVerdict.EXPIRED
    return LinkVerdict.OPEN


def token_of(number: int) -> str:
    """The token with this number, from 0 up to `TOKENS`: each number gives another."""
    signs = []
    for _ in range(TOKEN_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


def looks_like_token(text: str) -> bool:
    """Whether the text has a token's shape, so that noise never costs a look-up in the database."""
    return _TOKEN.fullmatch(text) is not None
