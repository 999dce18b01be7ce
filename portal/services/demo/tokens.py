"""Random names that are the same each time: references, link tokens, the providers' ids."""

from __future__ import annotations

import base64
from random import Random

from portal.domain.links import ALPHABET, TOKEN_LENGTH


def token(rng: Random, size: int = 16) -> str:
    """As ``secrets.token_urlsafe``: 16 bytes give 22 characters."""
    return base64.urlsafe_b64encode(rng.randbytes(size)).rstrip(b"=").decode()


def link_token(rng: Random) -> str:
    """As a link's own."""
    return "".join(rng.choices(ALPHABET, k=TOKEN_LENGTH))
