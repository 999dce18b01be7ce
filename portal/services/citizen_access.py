"""The citizen's own PIN, as her caseworker helps her with it: chosen at a meeting, or by a letter's one-time code."""

from __future__ import annotations

import secrets
from datetime import datetime

from portal.domain.pins import (
    LETTER_CODE_ALPHABET,
    LETTER_CODE_LENGTH,
    LETTER_CODE_LIFETIME,
    PinVerdict,
    judge_pin,
    tidy_pin,
)
from portal.services.credentials import hash_password
from portal.store.people import Citizen


def set_pin(citizen: Citizen, typed: str, now: datetime) -> PinVerdict:
    """Only a good PIN is kept; it opens a lock, and a letter code that is still on its way loses its use."""
    pin = tidy_pin(typed)
    verdict = judge_pin(pin)
    if verdict is PinVerdict.GOOD:
        citizen.pin_hash, citizen.pin_set_at = hash_password(pin), now
        unlock(citizen)
        citizen.letter_code_hash = citizen.letter_code_expires_at = None
    return verdict


def unlock(citizen: Citizen) -> None:
    """The same PIN works again."""
    citizen.pin_failures, citizen.pin_locked_at = 0, None


def make_letter_code(citizen: Citizen, now: datetime) -> str:
    """A one-time code for a letter. It is told here and never again: only its hash is kept."""
    code = "".join(secrets.choice(LETTER_CODE_ALPHABET) for _ in range(LETTER_CODE_LENGTH))
    citizen.letter_code_hash = hash_password(code)
    citizen.letter_code_expires_at = now + LETTER_CODE_LIFETIME
    return code
