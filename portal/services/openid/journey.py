"""A sign-in with MitID as pages know it. What talks to the broker brings libraries that only an installation with a
broker needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

TIME_TO_SIGN_IN = timedelta(minutes=15)


@dataclass(frozen=True)
class Journey:
    """What the browser keeps while she is away; used once."""

    state: str
    nonce: str
    verifier: str
    began_at: int


class Why(StrEnum):
    """Why she is not signed in: a word for the catalogs."""

    DECLINED = "declined"
    """She turned back."""
    STALE = "stale"
    """No sign-in of this browser, or one that took too long."""
    LEVEL = "level"
    DOWN = "down"
    REFUSED = "refused"
    """What came back is not what the provider should send us."""


class NotProvedError(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
