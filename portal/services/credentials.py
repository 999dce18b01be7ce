"""Passwords (argon2id) and the codes of an authenticator app (TOTP, RFC 6238)."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import pyotp
import segno
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

ISSUER = "Taletid"
STEP_SECONDS = 30
WINDOW = (-1, 0, 1)
"""A phone's clock may be one step off."""
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's minimum for argon2id: 19 MiB a try, so that eight sign-ins at once do not need half a gigabyte."""
_NOBODYS_HASH = HASHER.hash(secrets.token_hex(16))
_WORDS = (
    *("ahorn", "birk", "bro", "bølge", "due", "eng", "fjord", "fyr", "gren", "hav", "hest", "kaj", "klit"),
    *("krone", "lærke", "mark", "mose", "måge", "næs", "regn", "ro", "sand", "sejl", "sky", "sol", "sten"),
    *("strand", "svale", "tang", "tårn", "ur", "vind"),
)


def password_fits(stored: str | None, password: str) -> bool:
    """Takes the same time for an account that does not exist (``stored`` is None)."""
    try:
        HASHER.verify(stored or _NOBODYS_HASH, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def hash_password(password: str) -> str:
    return HASHER.hash(password)


def needs_new_hash(stored: str) -> bool:
    """Made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def fresh_step(secret: str, code: str, now: datetime, last_used: int) -> int | None:
    """The 30-second step that ``code`` belongs to; None when it is wrong or its step is used already.

    pyotp itself would take the same code again for a minute and a half.
    """
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    current = int(now.timestamp()) // STEP_SECONDS
    for step in (current + offset for offset in WINDOW):
        if step > last_used and hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            return step
    return None


def new_totp_secret() -> str:
    return pyotp.random_base32()


def totp_uri(secret: str, email: str) -> str:
    """What an authenticator app reads from the square code."""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=email, issuer_name=ISSUER)


def temporary_password() -> str:
    """Easy to read aloud: four of 32 words and four digits, 33 bits against a lock after five tries."""
    return "-".join([*(secrets.choice(_WORDS) for _ in range(4)), f"{secrets.randbelow(10_000):04d}"])


def square_code(uri: str) -> str:
    """An SVG element for an authenticator app's camera."""
    return str(segno.make(uri, error="m").svg_inline(scale=5, border=4, light="#fff"))
